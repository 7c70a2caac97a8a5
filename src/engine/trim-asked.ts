import { estimateTokens } from './estimate-tokens.ts'

/** A text that short stays whole; when even such texts do not fit, the server's own words about it decide. */
const neverCutBelow = 400

/**
 * Cuts the texts, the longest first, until together they take at most `room` tokens. What is missing is named in place,
 * so that nobody takes the rest for all.
 */
export function trimAsked(asked: readonly string[], room: number): readonly string[] {
  const texts = [...asked]
  for (;;) {
    const over = texts.reduce((sum, text) => sum + estimateTokens(text), 0) - room
    const longest = texts.reduce((best, text, i) => (text.length > (texts[best]?.length ?? 0) ? i : best), 0)
    const text = texts[longest] ?? ''
    if (over <= 0 || text.length <= neverCutBelow) return texts
    // At most 3/4 stay, so that every round is shorter for sure, the words about what is missing counted.
    const share = Math.min(0.75, Math.max(0, 1 - over / estimateTokens(text)))
    texts[longest] = cutMiddle(text, Math.floor(text.length * share))
  }
}

/** People put the point of a long text at its beginning or its end. */
function cutMiddle(text: string, keep: number): string {
  const head = text.slice(0, Math.ceil(keep * 0.6)).replace(/[\uD800-\uDBFF]$/, '')
  const end = text.slice(text.length - Math.floor(keep * 0.3)).replace(/^[\uDC00-\uDFFF]/, '')
  const missing = text.length - head.length - end.length
  return `${head}\n[${missing} characters of this message did not fit and were left out here]\n${end}`
}
