import { isHighSurrogate } from './graphemes.ts'
import { type Measure, shareOf, splitPart } from './split-part.ts'

/** A reply as the messages that show it: `frozen` parts never change again, `live` only grows. */
export type Parts = Readonly<{
  frozen: readonly string[]
  live: string
  /** Up to this many UTF-16 units the live part fits without being measured again. */
  fitsUpTo: number
}>

export const noParts: Parts = { frozen: [], live: '', fitsUpTo: 0 }

// A bigger delta is taken in slices, so that its cost stays in line with its length.
const sliceLength = 1_024
// The most that one more character of the model adds to what is sent, in plain letters: `"` as `&quot;`.
const worstGrowth = 6
// What may come all at once: the closing line of a fence, with the longest prefix and marker.
const suddenGrowth = 80

const plainLetters = 'x'.repeat(64)

/**
 * Lets a reply grow by what the model said next. Depends on the text alone, not on how it is dealt into deltas (but for
 * a measure that shrinks when text is added), and never on text to come. The text stays whole: put together without the
 * lines that reopen a fence at the head of a part, the parts are the text. A live part with blank ends fits; with half a
 * surrogate pair at its end it may be one unit too long, until the next delta, which may be empty. Of the live part the
 * first `keep` units stay where they are: a reader has seen them in this message.
 */
export function growParts(parts: Parts, delta: string, measure: Measure, keep = 0): Parts {
  if (delta === '') return settled(parts, measure, keep)
  let grown = parts
  for (let at = 0; at < delta.length; at += sliceLength) {
    const slice = delta.length > sliceLength ? delta.slice(at, at + sliceLength) : delta
    grown = withSlice(grown, slice, measure, grown.frozen.length === parts.frozen.length ? keep : 0)
  }
  return grown
}

function withSlice(parts: Parts, slice: string, measure: Measure, keep: number): Parts {
  const grown = { ...parts, live: parts.live + slice }
  // Blanks at the end are not sent, so they cannot overflow: what follows is measured with them.
  if (grown.live.length <= parts.fitsUpTo || slice.trim() === '') return grown
  if (!isHighSurrogate(slice.charCodeAt(slice.length - 1))) return settled(grown, measure, keep)
  // Half a surrogate pair is measured with its other half.
  const whole = settled({ ...grown, live: grown.live.slice(0, -1) }, measure, keep)
  return { ...whole, live: whole.live + slice.slice(-1) }
}

function settled(parts: Parts, measure: Measure, keep: number): Parts {
  let { frozen, live } = parts
  for (;;) {
    const share = shareOf(live, measure)
    const cut = share > 1 ? splitPart(live, measure, frozen.length === parts.frozen.length ? keep : 0) : undefined
    if (!cut) return { frozen, live, fitsUpTo: fitsUpTo(live, share, measure) }
    frozen = [...frozen, cut.head]
    live = cut.tail
  }
}

function fitsUpTo(live: string, share: number, measure: Measure): number {
  const letter = measure(plainLetters) / plainLetters.length
  const letters = Math.floor(((1 - share) / letter - suddenGrowth) / worstGrowth)
  return letters > 0 ? live.trimEnd().length + letters : 0
}
