import type { LogEntry as DiscordEntry } from '#playground/discord-server/rest/request-log.ts'
import type { WriteView } from '#playground/page/wire.ts'
import type { LogEntry as SlackEntry } from '#playground/slack-server/web-api/log-entry.ts'
import { blockTexts } from '#playground/slack-server/world/blocks.ts'

/** A request to Discord that somebody sees something of; `undefined` for all that only reads. */
export function discordWrite(entry: DiscordEntry): WriteView | undefined {
  const { method, route, channelId, at, answeredAt, status, content } = entry
  if (method === 'GET') return undefined
  const what = `${method} ${route.replace(/\/:(?:channel|message|application|token|interaction)\b/g, '')}`
  return { platform: 'discord', what, place: channelId, at, tookMs: answeredAt - at, status, words: ending(content) }
}

const reading = /^(?:conversations|users|bots|team|auth|apps\.connections|assistant\.threads\.get|files\.info)/

/** The same for Slack. A refusal comes with status 200 and a word. */
export function slackWrite(entry: SlackEntry): WriteView | undefined {
  const { method, channelId, at, answeredAt, status, args, error } = entry
  if (reading.test(method) && method !== 'conversations.open') return undefined
  const words = ending(error ?? textOf(args))
  return { platform: 'slack', what: method, place: channelId, at, tookMs: answeredAt - at, status, words }
}

/** Of blocks all words; the text beside them is for notifications alone. */
function textOf({ markdown_text: markdown, text, blocks }: SlackEntry['args']): string {
  const given: unknown = typeof blocks === 'string' ? JSON.parse(blocks) : blocks
  const inBlocks = blockTexts(given).map(one => one.text)
  const words = inBlocks.length > 0 ? inBlocks.join(' ') : (markdown ?? text)
  return typeof words === 'string' ? words : ''
}

/** The end of a growing text is what is new in it. */
function ending(text = ''): string {
  const flat = text.replace(/\s+/g, ' ')
  return flat.length <= 60 ? flat : `…${flat.slice(-59)}`
}
