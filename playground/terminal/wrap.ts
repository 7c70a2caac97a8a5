import stringWidth from 'string-width'

/** A line on the screen, and how much of the text it stands for, with the white space that its end swallowed. */
export type Piece = Readonly<{ line: string; length: number }>

/**
 * Lays a text out in lines of at most `width` columns, broken between words where that is possible. The text may still
 * grow: every piece but the last one stays as it is whatever is added.
 */
export function wrap(text: string, width: number): readonly Piece[] {
  return text.split('\n').flatMap((line, at, lines) => {
    const pieces = [...wrapLine(line, width)]
    const last = pieces.at(-1)
    const isLastLine = at === lines.length - 1
    // The line's own end belongs to its last piece.
    return last && !isLastLine ? [...pieces.slice(0, -1), { ...last, length: last.length + 1 }] : pieces
  })
}

/** Cuts a text to so many columns, with an ellipsis for what is left out. */
export function keepStart(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  return width < 1 ? '' : `${text.slice(0, lengthWithin(text, width - 1))}…`
}

/** The end of a text in so many columns, with an ellipsis for what is left out. */
export function keepEnd(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  if (width < 1) return ''
  const characters = [...graphemes.segment(text)]
  let columns = 1
  let from = text.length
  for (const { segment, index } of characters.toReversed()) {
    columns += stringWidth(segment)
    if (columns > width) break
    from = index
  }
  return `…${text.slice(from)}`
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function* wrapLine(line: string, width: number): Generator<Piece> {
  let rest = line
  while (stringWidth(rest) > width) {
    const fits = lengthWithin(rest, width) || firstLength(rest)
    // A word that ends exactly at the edge leaves its space behind; one that reaches over it begins the next line.
    const space = rest.lastIndexOf(' ', fits)
    const isWordBreak = space > 0 && rest.slice(0, space).trim() !== ''
    const end = isWordBreak ? space : fits
    const next = isWordBreak ? end + 1 : end
    yield { line: rest.slice(0, end), length: next }
    rest = rest.slice(next)
  }
  yield { line: rest, length: rest.length }
}

/** The length of the first character: a line takes one at least, so that every layout gets on. */
function firstLength(text: string): number {
  const [first] = graphemes.segment(text)
  return first?.segment.length ?? 0
}

/** How many characters fit into so many columns. */
function lengthWithin(text: string, width: number): number {
  let columns = 0
  for (const { segment, index } of graphemes.segment(text)) {
    columns += stringWidth(segment)
    if (columns > width) return index
  }
  return text.length
}
