import type { Dialect } from './dialect.ts'
import type { Edit } from './edits.ts'
import { formulasIn } from './formulas.ts'
import type { Token } from './markdown-tokens.ts'

/** A formula that a chat does not show becomes code, where its letters at least are safe. */
export function mathEdits(text: string, tokens: readonly Token[], { lacks }: Dialect): readonly Edit[] {
  if (!lacks.has('math')) return []
  const code = tokens.filter(({ type }) => type === 'codeText')
  return formulasIn(text).flatMap(({ start, end, from, to, isDisplay, isBelow }) => {
    if (code.some(other => start < other.end && other.start < end)) return []
    const letters = text.slice(from, to)
    if (!isDisplay) return [{ start, end, text: `\`${letters}\`` }]
    const margin = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
    return [{ start, end, text: `\`\`\`\n${isBelow ? '' : margin}${letters}\n${margin}\`\`\`` }]
  })
}
