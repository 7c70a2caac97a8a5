import { checkBlocks } from '#playground/slack-server/world/blocks.ts'
import { isJson, type Json } from '#playground/slack-server/world/json.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import type { Rules } from '#playground/slack-server/world/rules.ts'
import type { Call } from './method.ts'

/** What a write says; what was not given stays undefined, so that an update can tell it from what was emptied. */
export type Contents = Readonly<{
  text: string | undefined
  markdown: string | undefined
  blocks: readonly Json[] | undefined
  attachments: readonly Json[] | undefined
  metadata: Json | undefined
  linkNames: boolean
}>

const metadataLimit = 4_000 // characters of its JSON

/** Reads and checks the words of a post, an update or a private message. Throws `Refusal` as Slack refuses them. */
export function readContents(call: Call, kind: 'post' | 'update' | 'ephemeral'): Contents {
  const { args, world } = call
  const { rules } = world
  const text = args.text('text')
  const markdown = args.text('markdown_text') || undefined
  const measure = (some: string) => countCharacters(some, rules)
  const asked = args.list('blocks', 'invalid_blocks_format')
  const blocks = asked && checkBlocks(asked, rules, measure)
  if (markdown !== undefined && (text || blocks?.length)) throw new Refusal('markdown_text_conflict')
  if (markdown !== undefined && measure(markdown) > rules.markdownLimit) {
    throw new Refusal(kind === 'post' ? 'msg_blocks_too_long' : 'msg_too_long')
  }
  if (kind === 'update' && text !== undefined && measure(text) > rules.updateTextLimit)
    throw new Refusal('msg_too_long')
  const attachments = args.list('attachments', 'invalid_attachments')?.filter(isJson)
  const anything = text?.trim() || markdown?.trim() || blocks?.length || attachments?.length
  if (!anything) throw new Refusal('no_text')
  return {
    text: text === undefined ? undefined : cut(text, rules),
    markdown,
    blocks,
    attachments,
    metadata: readMetadata(call),
    linkNames: args.flag('link_names') === true || args.text('parse') === 'full',
  }
}

/** How long a text is, as Slack is taken to count. */
export function countCharacters(text: string, { countBy }: Rules): number {
  return countBy === 'utf-16' ? text.length : [...text].length
}

/** Slack cuts what is too long for a post instead of refusing it. */
function cut(text: string, rules: Rules): string {
  return countCharacters(text, rules) <= rules.postTextLimit ? text : text.slice(0, rules.postTextLimit)
}

export function readMetadata({ args }: Call): Json | undefined {
  const metadata = args.object('metadata', 'invalid_metadata_format')
  if (!metadata) return undefined
  const { event_type: type, event_payload: payload, entities } = metadata
  if (entities === undefined && (typeof type !== 'string' || !isJson(payload))) {
    throw new Refusal('invalid_metadata_format')
  }
  if (JSON.stringify(metadata).length > metadataLimit) throw new Refusal('metadata_too_large')
  return metadata
}
