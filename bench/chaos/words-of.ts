import type { Message, Style } from './plan-talk.ts'

/** What is typed. */
export function wordsOf({ name, hasLink }: Message, style: Style, other: string): string {
  const link = hasLink ? ` See https://example.com/${name} for it.` : ''
  switch (style) {
    case 'mention':
      return `@Aeries what about ${name}?${link}`
    case 'chatter':
      return `Nobody needs to answer ${name}.${link}`
    case 'to another':
      return `${other} this is for you: ${name}.${link}`
    case 'dm':
    case 'slack dm':
    case 'follow-up':
    case 'reply':
      return `And what about ${name}?${link}`
    default:
      return style satisfies never
  }
}
