import type { Dialect } from './dialect.ts'
import { isDisguised } from './disguised-link.ts'
import type { Edit } from './edits.ts'
import { type Token, tokensWithin } from './markdown-tokens.ts'

/** Links and images that a chat shows otherwise than they are: as their words and their address, side by side. */
export function linkEdits(text: string, tokens: readonly Token[], dialect: Dialect): readonly Edit[] {
  return tokens.flatMap((token, index) => {
    if (token.type !== 'link' && token.type !== 'image') return []
    return editsOf(text, token, tokensWithin(tokens, token, index), dialect)
  })
}

function editsOf(
  text: string,
  { type, start, end }: Token,
  parts: readonly Token[],
  { lacks, hazards }: Dialect,
): readonly Edit[] {
  const label = parts.find(part => part.type === 'labelText') ?? { start, end: start }
  const resource = parts.findLast(part => part.type === 'resource')
  // A reference leads to a definition, which is shown as it is.
  if (!resource) return []
  const words = text.slice(label.start, label.end)
  const target = text.slice(resource.start + 1, resource.end - 1)
  const isShown = type === 'image' ? !lacks.has('image') : !hazards.has('disguised-link') || !isDisguised(words, target)
  if (isShown || target.trim() === '') return []
  if (words.trim() === '' || words === target) return [{ start, end, text: bareTarget(target) }]
  return [
    { start, end: label.start, text: '' },
    { start: label.end, end: resource.start + 1, text: ' (' },
  ]
}

/** In brackets, or it would go on with what follows. */
function bareTarget(target: string): string {
  return /^https?:\/\/[^\s<>]+$/i.test(target) ? `<${target}>` : target
}
