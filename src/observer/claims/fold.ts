/** A text as it is compared: without differences of case, accents, width and white space. Each unit knows where it came from. */
export type Folded = Readonly<{ text: string; starts: readonly number[]; ends: readonly number[] }>

export type Span = Readonly<{ start: number; end: number }>

export function fold(text: string): Folded {
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  for (const character of text) {
    const end = at + character.length
    const plain = plainForm(character)
    // One space stands for any run of white space, and reaches to its end.
    if (plain === ' ' && (folded === '' || folded.endsWith(' '))) {
      if (folded !== '') ends[ends.length - 1] = end
    } else {
      for (const unit of plain.split('')) {
        folded += unit
        starts.push(at)
        ends.push(end)
      }
    }
    at = end
  }
  return folded.endsWith(' ')
    ? { text: folded.slice(0, -1), starts: starts.slice(0, -1), ends: ends.slice(0, -1) }
    : { text: folded, starts, ends }
}

/** Where a piece of the folded text stands in the original. */
export function originalSpan(folded: Folded, start: number, end: number): Span {
  return { start: folded.starts[start] ?? 0, end: folded.ends[end - 1] ?? 0 }
}

/** The words, for comparing what two texts are made of. */
export function wordsOf(folded: string): readonly string[] {
  return folded.match(/[\p{L}\p{N}]+(?:[+#]+(?![\p{L}\p{N}]))?/gu) ?? []
}

function plainForm(character: string): string {
  const known = plainForms.get(character)
  if (known !== undefined) return known
  if (/[\p{Cf}\p{M}]/u.test(character)) return ''
  if (/\s/u.test(character)) return ' '
  return character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
}

const plainForms: ReadonlyMap<string, string> = new Map([
  ['’', "'"],
  ['‘', "'"],
  ['`', "'"],
  ['´', "'"],
  ['–', '-'],
  ['—', '-'],
  ['‑', '-'],
  ['…', '.'],
])
