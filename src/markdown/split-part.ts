import { cutPlace } from './cut-place.ts'
import { openFence, reopeningLine } from './fences.ts'
import { repeatedTableHead } from './table-head.ts'

/**
 * How much of one platform message a part takes, as really sent: with its open fence closed, escaped, wrapped. At most 1
 * fits. Pure, about proportional to the length of the text, and never below what a message of about 250 letters takes
 * for the fence lines alone.
 */
export type Measure = (text: string) => number

/** A part that was full: `head` is frozen, `tail` is the next part: with the fence reopened that was cut through, or the table's head repeated. */
export type Split = Readonly<{ head: string; tail: string }>

/**
 * Divides a part that does not fit; undefined if it does. The head is the part's beginning up to the best place: paragraph
 * before line before sentence before space, in the message's second half if there is one, looking at no character beyond
 * the first that does not fit.
 */
export function splitPart(text: string, measure: Measure, keep = 0): Split | undefined {
  // Leading blanks are not sent; without them a fence on the first line looks here as it does there.
  const begun = text.trimStart()
  if (shareOf(begun, measure) <= 1) return undefined
  const kept = keep - (text.length - begun.length)
  let at = cutPlace(begun, fittingLength(begun, measure), kept)
  // With a fence closed early a shorter head can take more room than the longest that fits.
  for (let most = at; most > 1 && shareOf(begun.slice(0, at), measure) > 1; ) {
    most = Math.floor(most * 0.95)
    at = cutPlace(begun, most, kept)
  }
  const head = text.slice(0, text.length - begun.length + at)
  const again = reopened(begun, at)
  // A tail as long as the part would never come to an end. Only a measure below its promise gets here.
  return { head, tail: (again.length < at ? again : '') + begun.slice(at) }
}

export function shareOf(text: string, measure: Measure): number {
  const begun = text.trimStart()
  const shown = begun.trimEnd()
  if (shown === '') return 0
  if (!/[`~>]$/.test(shown)) return measure(shown)
  // Whether a line of a fence's marks is over decides whether it is code or a closer on its way.
  const behind = begun.slice(shown.length)
  return measure(shown + (behind.includes('\n') ? '\n' : behind.slice(0, 1)))
}

/** The length of the longest beginning that fits, by interpolation, since a measure is nearly a straight line. */
function fittingLength(text: string, measure: Measure): number {
  let low = { at: 0, share: 0 }
  let high = { at: text.length, share: shareOf(text, measure) }
  for (let round = 0; high.at - low.at > 1; round += 1) {
    const ratio = round % 3 === 2 ? 0.5 : (1 - low.share) / (high.share - low.share)
    const guess = low.at + Math.round((high.at - low.at) * ratio)
    const at = Math.min(Math.max(guess, low.at + 1), high.at - 1)
    const share = shareOf(text.slice(0, at), measure)
    if (share <= 1) low = { at, share }
    else high = { at, share }
  }
  return low.at
}

function reopened(text: string, at: number): string {
  // The next character tells whether a quote, and with it the fence, ends here. And a head that looks closed stays so.
  const fence = openFence(text.slice(0, at + 1))
  if (!fence || !openFence(text.slice(0, at))) return fence ? '' : repeatedTableHead(text, at)
  // The rest of a quoted line needs its quote mark again, or it would leave the quote.
  const quote = fence.quotes > 0 && text[at - 1] !== '\n' ? fence.prefix : ''
  return `${reopeningLine(fence)}\n${quote}`
}
