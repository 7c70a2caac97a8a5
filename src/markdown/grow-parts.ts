import { isHighSurrogate } from './graphemes.ts'
import { type Measure, shareOf, splitPart } from './split-part.ts'

/** A reply as the messages that show it: `frozen` parts never change again, `live` only grows. */
export type Parts = Readonly<{
  frozen: readonly string[]
  live: string
  /** Up to this many UTF-16 units the live part fits without being measured again, if the rest is letters. */
  fitsUpTo: number
  /** By how much more than a letter a line break lowers that. */
  lineCost: number
}>

export const noParts: Parts = { frozen: [], live: '', fitsUpTo: 0, lineCost: 0 }

// A bigger delta is taken in slices, so that its cost stays in line with its length.
const sliceLength = 1_024
// The most that one more character of the model adds to what is sent, in plain letters: `"` as `&quot;`.
const worstGrowth = 6
// What may come all at once: the closing line of a fence, with the longest prefix and marker.
const suddenGrowth = 80

// A fence is closed on a line of its own; a table drawn as code gets one more.
const suddenLines = 2

const plainLetters = 'x'.repeat(64)
const lineCount = 32
const plainLines = 'x\n'.repeat(lineCount).trimEnd()

/**
 * Lets a reply grow by what the model said next. Depends on the text alone, not on how it is dealt into deltas (but for
 * a measure that shrinks when text is added), and never on text to come. The text stays whole: put together without the
 * lines that reopen a fence or repeat a table's head at the begin of a part, the parts are the text. A live part with blank ends fits; with half a
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
  const live = parts.live + slice
  const grown = { ...parts, live, fitsUpTo: slice.includes('\n') ? fitsAfterLines(parts, slice) : parts.fitsUpTo }
  // Blanks at the end are not sent, so they cannot overflow: what follows is measured with them.
  if (live.length <= grown.fitsUpTo || slice.trim() === '') return grown
  if (!isHighSurrogate(slice.charCodeAt(slice.length - 1))) return settled(grown, measure, keep)
  // Half a surrogate pair is measured with its other half.
  const whole = settled({ ...grown, live: live.slice(0, -1) }, measure, keep)
  return { ...whole, live: whole.live + slice.slice(-1) }
}

/** A line may take much room for one character, and a row of a table may make all the others wider. */
function fitsAfterLines({ live, fitsUpTo, lineCost }: Parts, slice: string): number {
  const before = live.slice(live.lastIndexOf('\n') + 1)
  const isRow = (before + slice).slice(0, before.length + slice.lastIndexOf('\n')).includes('|')
  return isRow ? 0 : fitsUpTo - lineCost * breaksIn(slice)
}

function settled(parts: Parts, measure: Measure, keep: number): Parts {
  let { frozen, live } = parts
  for (;;) {
    const share = shareOf(live, measure)
    const cut = share > 1 ? splitPart(live, measure, frozen.length === parts.frozen.length ? keep : 0) : undefined
    if (!cut) return { frozen, live, ...fitting(live, share, measure) }
    frozen = [...frozen, cut.head]
    live = cut.tail
  }
}

type Plain = Readonly<{ letter: number; line: number }>

const plain = new WeakMap<Measure, Plain>()

/** What a letter takes, and by how many of them a line break takes more: the same whenever it is measured. */
function plainBy(measure: Measure): Plain {
  const known = plain.get(measure)
  if (known) return known
  const letter = measure(plainLetters) / plainLetters.length
  const measured = { letter, line: measure(plainLines) / lineCount / letter - 1 }
  plain.set(measure, measured)
  return measured
}

function fitting(live: string, share: number, measure: Measure): Pick<Parts, 'fitsUpTo' | 'lineCost'> {
  const { letter, line } = plainBy(measure)
  const lineCost = Math.max(0, Math.ceil(line / worstGrowth) - 1)
  const letters = Math.floor(((1 - share) / letter - suddenGrowth - suddenLines * line) / worstGrowth)
  const shown = live.trimEnd().length
  return { fitsUpTo: letters > 0 ? shown + letters - lineCost * breaksIn(live.slice(shown)) : 0, lineCost }
}

function breaksIn(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
