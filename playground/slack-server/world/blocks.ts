import { checkElements } from './block-limits.ts'
import { isJson, type Json } from './json.ts'
import type { Mention } from './mentions.ts'
import { Refusal } from './refusal.ts'
import type { Rules } from './rules.ts'

/** A piece of text somewhere in blocks; `markup` is read for mentions and links. */
export type BlockText = Readonly<{ text: string; markup: boolean }>

// The parts of rich text whose elements stand in one line.
const inline = new Set(['rich_text_section', 'rich_text_preformatted', 'rich_text_quote'])

/** All words in blocks, in reading order. Buttons are left out: they are controls, not words. */
export function blockTexts(value: unknown): readonly BlockText[] {
  if (Array.isArray(value)) return value.flatMap(blockTexts)
  if (!isJson(value)) return []
  const { type, text, url, elements } = value
  if (type === 'actions' || type === 'context_actions' || type === 'button') return []
  if (type === 'link') return [{ text: String(text ?? url), markup: true }]
  if (typeof text === 'string') return [{ text, markup: type === 'mrkdwn' || type === 'markdown' }]
  if (typeof type === 'string' && inline.has(type)) {
    const inside = blockTexts(elements)
    return [{ text: inside.map(one => one.text).join(''), markup: inside.some(one => one.markup) }]
  }
  return Object.values(value).flatMap(blockTexts)
}

/** Mentions that rich text carries as objects of their own. */
export function blockMentions(value: unknown): readonly Mention[] {
  if (Array.isArray(value)) return value.flatMap(blockMentions)
  if (!isJson(value)) return []
  const { type, user_id: personId, usergroup_id: groupId, range } = value
  const written = JSON.stringify(value)
  if (type === 'user') return [{ kind: 'person', id: String(personId), written }]
  if (type === 'usergroup') return [{ kind: 'group', id: String(groupId), written }]
  if (type === 'broadcast') return [{ kind: broadcastKind(range), id: undefined, written }]
  return Object.values(value).flatMap(blockMentions)
}

function broadcastKind(range: unknown): Mention['kind'] {
  return range === 'here' || range === 'everyone' ? range : 'channel'
}

/** The elements that a person can press, with the block that they stand in. */
export function blockControls(
  blocks: readonly Json[],
): readonly Readonly<{ block: Json; element: Json; index: number }>[] {
  return blocks.flatMap((block, index) => {
    const { accessory, elements } = block
    const inner = [accessory, ...(Array.isArray(elements) ? elements : [])]
    return inner
      .filter(isJson)
      .filter(({ action_id: id }) => typeof id === 'string')
      .map(element => ({ block, element, index }))
  })
}

/** Refuses blocks that Slack would refuse: too many, too long, or not blocks at all. */
export function checkBlocks(value: unknown, rules: Rules, measure: (text: string) => number): readonly Json[] {
  if (!Array.isArray(value) || !value.every(isJson)) throw new Refusal('invalid_blocks_format')
  const blocks: readonly Json[] = value
  if (blocks.length > rules.blockLimit) throw new Refusal('invalid_blocks', tooMany(rules.blockLimit))
  if (blocks.some(({ type }) => typeof type !== 'string')) throw new Refusal('invalid_blocks')
  checkElements(blocks)
  const section = blocks.filter(({ type }) => type === 'section').flatMap(({ text }) => blockTexts(text))
  if (section.some(one => measure(one.text) > rules.sectionTextLimit)) throw new Refusal('invalid_blocks')
  const sum = (some: readonly Json[]) => blockTexts(some).reduce((total, one) => total + measure(one.text), 0)
  const markdown = blocks.filter(({ type }) => type === 'markdown')
  if (sum(markdown) > rules.markdownLimit || sum(blocks) > rules.blocksTextLimit)
    throw new Refusal('msg_blocks_too_long')
  return blocks
}

function tooMany(limit: number): Json {
  return { response_metadata: { messages: [`[ERROR] no more than ${limit} items allowed [json-pointer:/blocks]`] } }
}
