/** Characters that only draw, where headings and tables are read by their words. */
const drawing = /[\s|#*_`~\\\u2500-\u257f•\u200b]/
const colon = new RegExp(`^${drawing.source}*(?:- )?${drawing.source}*:`)

export function isMark(text: string, at: number): boolean {
  return drawing.test(text[at] ?? 'x')
}

/** The first place from `from` on where a word stands, or `end`. In a quote of that depth, its marks are no words. */
export function pastMarks(text: string, from: number, end: number, quotes: number): number {
  let at = from
  while (at < end && (isMark(text, at) || quoteMarkAt(text, at, quotes) > 0)) at += 1
  return at
}

/** The length of a ruler of three characters and more. */
export function rulerAt(text: string, at: number): number {
  return /[-+=:]/.test(text[at] ?? '') ? (/^[-+=:|]{3,}/.exec(text.slice(at, at + 2_000))?.[0].length ?? 0) : 0
}

/** How far it is to behind a colon that stands after nothing but marks, or 0. */
export function colonAfterMarks(text: string, at: number): number {
  return colon.exec(text.slice(at, at + 80))?.[0].length ?? 0
}

/** The length of a quote's mark at a line's begin, perhaps escaped, if it is one of the first so many. */
export function quoteMarkAt(text: string, at: number, most: number): number {
  const mark = most === 0 ? undefined : /^(?:>|&gt;)/.exec(text.slice(at, at + 4))?.[0]
  if (mark === undefined) return 0
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at).replaceAll('&gt;', '>')
  return /^[ \t>]*$/.test(before) && before.replaceAll(/[ \t]/g, '').length < most ? mark.length : 0
}
