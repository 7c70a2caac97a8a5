import type { Json } from '#playground/slack-server/world/json.ts'

const sequence = /<([^<>|]+)(?:\|([^<>]*))?>/g

/** The blocks that Slack's clients put beside the text of what a person types. */
export function richText(text: string): readonly Json[] {
  if (text === '') return []
  const elements: Json[] = []
  let end = 0
  for (const match of text.matchAll(sequence)) {
    elements.push(...words(text.slice(end, match.index)), element(match[1] ?? '', match[2]))
    end = match.index + match[0].length
  }
  elements.push(...words(text.slice(end)))
  return [{ type: 'rich_text', block_id: 'typed', elements: [{ type: 'rich_text_section', elements }] }]
}

function words(text: string): readonly Json[] {
  const plain = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  return plain === '' ? [] : [{ type: 'text', text: plain }]
}

function element(name: string, label: string | undefined): Json {
  if (name.startsWith('@')) return { type: 'user', user_id: name.slice(1) }
  if (name.startsWith('#')) return { type: 'channel', channel_id: name.slice(1) }
  if (name.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: name.slice('!subteam^'.length) }
  if (name.startsWith('!')) return { type: 'broadcast', range: name.slice(1) }
  return { type: 'link', url: name, ...(label !== undefined && { text: label }) }
}
