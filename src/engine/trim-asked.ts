import { estimateTokens } from './estimate-tokens.ts'

/** Less than that of a message says nothing; when not even so much is left for each, the oldest ones are left out. */
const leastTokens = 60

/**
 * Cuts texts until together they take at most `room` tokens: the longest ones, each down to the same size. What is missing
 * is named in place, so that nobody takes the rest for all. One pass over the texts.
 */
export function trimAsked(asked: readonly string[], room: number): readonly string[] {
  const leaving = Math.max(0, asked.length - Math.max(1, Math.floor(room / leastTokens)))
  const kept = asked.slice(leaving)
  const costs = kept.map(estimateTokens)
  const most = largestSize(costs, leaving > 0 ? room - leastTokens / 2 : room)
  const texts = kept.map((text, i) => ((costs[i] ?? 0) > most ? cutMiddle(text, most) : text))
  return leaving > 0 ? [`[${leaving} earlier messages did not fit and were left out here]`, ...texts] : texts
}

/** The size that all may have when the small ones leave what they do not need to the large ones. */
function largestSize(costs: readonly number[], room: number): number {
  let left = room
  const rising = costs.toSorted((a, b) => a - b)
  for (const [i, cost] of rising.entries()) {
    const share = left / (rising.length - i)
    if (cost > share) return Math.max(leastTokens / 2, share)
    left -= cost
  }
  return Number.POSITIVE_INFINITY
}

/** People put the point of a long text at its beginning or its end. */
function cutMiddle(text: string, tokens: number): string {
  const noteTokens = 25
  let keep = Math.floor((text.length * Math.max(0, tokens - noteTokens)) / estimateTokens(text))
  for (let tries = 0; ; tries++, keep = Math.floor(keep * 0.8)) {
    const cut = withoutMiddle(text, keep)
    // A text whose ends are denser than its middle takes another round.
    if (estimateTokens(cut) <= tokens || tries === 4) return cut
  }
}

function withoutMiddle(text: string, keep: number): string {
  const head = text.slice(0, Math.ceil(keep * 0.65)).replace(/[\uD800-\uDBFF]$/, '')
  const end = text.slice(text.length - Math.floor(keep * 0.35)).replace(/^[\uDC00-\uDFFF]/, '')
  const missing = text.length - head.length - end.length
  return `${head}\n[${missing} characters of this message did not fit and were left out here]\n${end}`
}
