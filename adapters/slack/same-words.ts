/** Emoji come back from Slack by their names. */
const emojiNames = /:[a-z0-9_+-]+:/g
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/**
 * Whether a message that Slack gives back shows the beginning of a text. Slack keeps words and changes marks, blanks and escapes
 * as it likes, so letters and digits are all that is compared; without any of them nothing can be told.
 */
export function showsBeginningOf(shown: string, text: string): boolean {
  const words = lettersOf(shown.replace(/&(?:lt|gt|amp);/g, found => entities[found] ?? found))
  return words !== '' && lettersOf(text).startsWith(words)
}

/** The letters and digits of a text. */
export function lettersOf(text: string): string {
  return text.replace(emojiNames, '').replace(/[^\p{L}\p{N}]+/gu, '')
}
