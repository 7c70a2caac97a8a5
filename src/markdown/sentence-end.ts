/**
 * Whether the text so far holds a finished sentence, so that a reader can begin with it: a mark that ends one, or a line
 * with words in it. "1." and "e.g." end nothing, and neither does "3." where the text stops, which may become 3.14.
 */
export function sentenceEnd(text: string): boolean {
  for (const mark of text.matchAll(/[.!?…。！？｡\n]/g)) {
    if (mark[0] === '\n' ? saysSomething(text, mark.index) : sentenceEndsAt(text, mark.index)) return true
  }
  return false
}

const [fullStop, exclamation, question, firstWide] = [0x2e, 0x21, 0x3f, 0x80]
const wideMarks = /[。！？｡]/
const closers = /["'”’»)\]」』）*_~]/
// Written with a full stop that ends no sentence, in the languages most asked in.
const abbreviations = new Set(
  'e.g i.e etc vs cf mr mrs ms dr prof st no nr fig approx inc jr sr ca bzw usw evtl ggf vgl z.b d.h u.a p.ex sig sra ud'.split(
    ' ',
  ),
)

/** Whether the mark at that offset ends a sentence. */
export function sentenceEndsAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  // Most places are a letter or a blank.
  if (unit < firstWide && unit !== fullStop && unit !== exclamation && unit !== question) return false
  const mark = text[at] ?? ''
  if (wideMarks.test(mark)) return true
  if (!/[.!?…]/.test(mark)) return false
  let after = at + 1
  while (after < text.length && closers.test(text[after] ?? '')) after += 1
  if (after < text.length && !/\s/.test(text[after] ?? '')) return false
  return mark !== '.' || !isNoStop(text, at, after === text.length)
}

function isNoStop(text: string, at: number, last: boolean): boolean {
  const before = text.slice(Math.max(0, at - 40), at)
  const word = /[^\s("'“‘«*_]*$/.exec(before)?.[0] ?? ''
  if (word === '') return true
  if (/^\d+$/.test(word)) return last || /(?:^|\n)[\s>]*$/.test(before.slice(0, before.length - word.length))
  return /^(?:\p{L}\.)*\p{L}$/u.test(word) || abbreviations.has(word.toLowerCase())
}

/** A line of nothing but a list marker, a rule, or a fence's opener is nothing to read yet. */
function saysSomething(text: string, end: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end)
  return (
    /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(line) &&
    !/^[\s>]*(?:[-+*]\s+|\d+[.)]\s*)*(?:`{3}|~{3}|\d*[.)]?\s*$)/.test(line)
  )
}
