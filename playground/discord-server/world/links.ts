import { messageFlag } from './message.ts'
import { withoutCode } from './plain-text.ts'

/**
 * The addresses for which Discord would fetch a preview: not those in `<...>` or in code, none under SUPPRESS_EMBEDS,
 * none from an author who may not embed links.
 */
export function unfurledLinks(content: string, flags: number, mayEmbed: boolean): readonly string[] {
  if (!mayEmbed || flags & messageFlag.suppressEmbeds) return []
  const open = withoutCode(content).replace(/<https?:\/\/[^\s>]+>/gi, ' ')
  const found = open.match(/https?:\/\/[^\s<>]+/gi) ?? []
  return found.map(link => link.replace(/[).,;:!?'"|*_~\]]+$/, ''))
}
