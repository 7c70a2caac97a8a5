/** A stretch of LaTeX with its marks, and where its letters begin and end; `isBelow`: on a line below the first mark. */
export type Formula = Readonly<{
  start: number
  end: number
  from: number
  to: number
  isDisplay: boolean
  isBelow: boolean
}>

/**
 * Alone on its lines. No formula holds a backtick, since it is shown as code, and beyond so many letters it is none: a
 * mark without a partner is not looked for through the whole answer.
 */
const display = /(?<=^[ \t>]*)(\\\[|\$\$)((?:(?!\\\]|\$\$|\n[ \t]*\n)[^`]){1,1000})(?:\\\]|\$\$)(?=[ \t]*$)/gm
/** Within a line. A single dollar is money unless it clings to what it holds. */
const inline =
  /(?<![\w\\])(\\\()([^`\n]{1,300}?)\\\)|(?<![\\$])(\$\$)([^`$\n]{1,300}?)\$\$|(?<![\w\\$])(\$)(?=\S)([^`$\n]{0,300}[^\s`$\\])\$(?![\w$])/g
/** What a chat would read as marks of its own, or what only a formula holds; words and numbers are fine as they are. */
const spoilt = /[\\^_*~{}|]/
const calculated = /[\\^_*~{}|=+<>/-]/

/** The formulas of a stretch of text, in order, also those in code within a line. */
export function formulasIn(text: string): readonly Formula[] {
  if (!/\$|\\[[(]/.test(text)) return []
  const displayed = [...text.matchAll(display)].filter(([, , letters = '']) => calculated.test(letters))
  const formulas = displayed.map(match => formulaOf(match, match[1], match[2], true))
  for (const match of text.matchAll(inline)) {
    const letters = match[2] ?? match[4] ?? match[6] ?? ''
    // Beside other code it would open or close that.
    const isBesideCode = text[match.index - 1] === '`' || text[match.index + match[0].length] === '`'
    if (isBesideCode || letters.trim() === '' || (match[5] !== undefined && !spoilt.test(letters))) continue
    const formula = formulaOf(match, match[1] ?? match[3] ?? match[5], letters, false)
    if (!displayed.some(({ 0: all, index }) => index < formula.end && formula.start < index + all.length))
      formulas.push(formula)
  }
  return formulas.toSorted((one, other) => one.start - other.start)
}

function formulaOf({ 0: all, index }: RegExpExecArray, mark = '', letters = '', isDisplay: boolean): Formula {
  const begin = index + mark.length
  const from = begin + letters.length - letters.trimStart().length
  // The last line's own quote marks are none of its letters.
  const to = begin + letters.replace(/\s*(?:\n[ \t>]*)?$/, '').length
  return {
    start: index,
    end: index + all.length,
    from,
    to: Math.max(from, to),
    isDisplay,
    isBelow: all.slice(0, from - index).includes('\n'),
  }
}
