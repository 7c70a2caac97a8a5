/** Emoji come back from Slack by their names. */
const emojiNames = /:[a-z0-9_+-]+:/g
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/**
 * The letters and digits of a text: what Slack gives back of a message as it was. Marks, blanks and escapes it changes as it
 * likes, so two texts are the same as far as can be told when these are.
 */
export function lettersOf(text: string): string {
  return text.replace(emojiNames, '').replace(/[^\p{L}\p{N}]+/gu, '')
}

/** The same of a text in Slack's own form, with its escapes. */
export function lettersIn(sent: string): string {
  return lettersOf(sent.replace(/&(?:lt|gt|amp);/g, found => entities[found] ?? found))
}
