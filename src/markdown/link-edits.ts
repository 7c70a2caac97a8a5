import type { Dialect } from './dialect.ts'
import { isDisguised } from './disguised-link.ts'
import type { Edit } from './edits.ts'
import type { Token } from './markdown-tokens.ts'
import { partsOfLink } from './plain-link.ts'

/** Links and images that a chat shows otherwise than they are: as their words and their address, side by side. */
export function linkEdits(text: string, tokens: readonly Token[], dialect: Dialect): readonly Edit[] {
  return tokens.flatMap(({ type, start, end }) => {
    if (type !== 'link' && type !== 'image') return []
    const shown = shownLink(text.slice(start, end), dialect)
    return shown === undefined ? [] : [{ start, end, text: shown }]
  })
}

function shownLink(source: string, { lacks, hazards }: Dialect): string | undefined {
  const link = partsOfLink(source)
  if (!link) return undefined
  const { isImage, label, target } = link
  if (isImage ? !lacks.has('image') : !hazards.has('disguised-link') || !isDisguised(label, target)) return undefined
  if (label.trim() !== '' && label !== target) return `${label} (${target})`
  // In brackets, or it would go on with what follows.
  return /^https?:\/\/[^\s<>]+$/i.test(target) ? `<${target}>` : target
}
