import { readMarkdown } from '#page/read-markdown.ts'
import type { Block, Inline } from '#page/rich.ts'
import { safeUrl } from '#page/rich.ts'
import { symbolOf } from '#playground/page/chat/emoji.ts'
import { namesOf } from '#playground/page/chat/names.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import type { Json } from '#playground/page/wire.ts'
import { readMrkdwn } from './read-mrkdwn.ts'

/** The words of a text object: mrkdwn, plain, or the common markdown of a markdown block. */
export function blockText(store: ChatStore, text: unknown): readonly Block[] {
  if (!isJson(text)) return []
  const words = String(text['text'] ?? '')
  if (text['type'] === 'mrkdwn') return readMrkdwn(words, namesOf(store))
  if (text['type'] === 'markdown') return readMarkdown(words)
  return [{ type: 'paragraph', children: [{ type: 'text', text: withEmoji(words) }] }]
}

/** The elements of a rich_text block: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function richText(store: ChatStore, element: Json): readonly Block[] {
  const inner = listOf(element['elements'])
  switch (element['type']) {
    case 'rich_text':
      return inner.flatMap(one => richText(store, one))
    case 'rich_text_preformatted':
      return [{ type: 'code', language: '', text: inner.map(one => String(one['text'] ?? one['url'] ?? '')).join('') }]
    case 'rich_text_quote':
      return [
        { type: 'quote', children: [{ type: 'paragraph', children: inner.flatMap(one => inlineOf(store, one)) }] },
      ]
    case 'rich_text_list':
      return [
        {
          type: 'list',
          start: element['style'] === 'ordered' ? 1 : undefined,
          items: inner.map(one => richText(store, one)),
        },
      ]
    default:
      return [{ type: 'paragraph', children: inner.flatMap(one => inlineOf(store, one)) }]
  }
}

const styles = ['bold', 'italic', 'strike'] as const

function inlineOf(store: ChatStore, element: Json): readonly Inline[] {
  const { style } = element
  const bare = bareInlines(store, element)
  if (!isJson(style)) return bare
  if (style['code'] === true) return [{ type: 'code', text: String(element['text'] ?? '') }]
  return styles.filter(one => style[one] === true).reduce((children, type) => [{ type, children }], bare)
}

function bareInlines(store: ChatStore, { type, ...element }: Json): readonly Inline[] {
  const names = namesOf(store)
  const text = String(element['text'] ?? '')
  switch (type) {
    case 'link': {
      const url = safeUrl(String(element['url']))
      const words = { type: 'text', text: text || String(element['url']) } as const
      return [url === undefined ? words : { type: 'link', url, children: [words] }]
    }
    case 'user': {
      const id = String(element['user_id'])
      return [{ type: 'mention', text: `@${names.person(id) ?? id}`, isMe: names.isMe(id) }]
    }
    case 'channel':
      return [{ type: 'mention', text: `#${names.place(String(element['channel_id'])) ?? 'channel'}`, isMe: false }]
    case 'broadcast':
      return [{ type: 'mention', text: `@${String(element['range'])}`, isMe: true }]
    case 'emoji':
      return [{ type: 'text', text: withEmoji(`:${String(element['name'])}:`) }]
    default:
      return text
        .split('\n')
        .flatMap((line, at) => [...(at > 0 ? [{ type: 'break' } as const] : []), { type: 'text', text: line } as const])
  }
}

export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => symbolOf(name) ?? whole)
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}
