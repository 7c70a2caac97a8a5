import { addressesIn } from './addresses.ts'
import type { Dialect } from './dialect.ts'
import { type Edit, joinedEdits } from './edits.ts'
import { lineBreakEdits } from './line-break-edits.ts'
import { linkEdits } from './link-edits.ts'
import { markEdits } from './mark-edits.ts'
import type { Token } from './markdown-tokens.ts'
import { mathEdits } from './math-edits.ts'

/** What of running text a chat shows otherwise than it was meant. An address stays to the letter, or it would lead elsewhere. */
export function inlineEdits(text: string, tokens: readonly Token[], dialect: Dialect): readonly Edit[] {
  const marks = joinedEdits(
    linkEdits(text, tokens, dialect),
    lineBreakEdits(text, tokens, dialect),
    markEdits(text, tokens, dialect),
  )
  const addresses = addressesIn(text)
  let next = 0
  const edits = marks.filter(({ start, end }) => {
    while ((addresses[next]?.end ?? text.length) <= start && next < addresses.length) next += 1
    const address = addresses[next]
    return !address || start < address.start || end > address.end
  })
  return joinedEdits(mathEdits(text, tokens, dialect), edits)
}
