import type { Dialect } from './dialect.ts'
import type { Edit } from './edits.ts'
import type { Token } from './markdown-tokens.ts'

/** HTML's line break, the one tag that models write everywhere: a line break, where a line may end; in a table a stroke. */
export function lineBreakEdits(text: string, tokens: readonly Token[], { lacks }: Dialect): readonly Edit[] {
  if (!lacks.has('line-break')) return []
  const within = (types: RegExp, at: number) =>
    tokens.some(({ type, start, end }) => types.test(type) && start <= at && at < end)
  const tags = [...text.matchAll(/<br ?\/?>[ \t]*/gi)].filter(({ index }) => !within(/^codeText$/, index))
  return tags.flatMap(({ 0: tag, index: start }) => {
    const end = start + tag.length
    const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
    // What goes on in a quote or a list's item stands behind the same marks, or as deep.
    const margin =
      /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])))*[ \t]*(?:#{1,6}(?=[ \t]))?[ \t]*/.exec(line)?.[0] ?? ''
    // Where nothing stands before it, all that a message says may be this.
    if (line.length === margin.length) return []
    const isLast = /^[ \t]*(?:[\n|]|$)/.test(text.slice(end, end + 40))
    if (within(/^(?:tableData|tableHeader|atxHeading|setextHeading)$/, start))
      return [{ start, end, text: isLast ? '' : ' / ' }]
    return [{ start, end, text: isLast ? '' : `\n${margin.replaceAll(/[^>\s]/g, ' ')}` }]
  })
}
