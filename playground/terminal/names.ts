import { type Channel, channelType } from '#playground/discord-server/world/channel.ts'
import type { Message } from '#playground/discord-server/world/message.ts'
import type { World } from '#playground/discord-server/world/world.ts'

export function nameOf(world: World, personId: string): string {
  return world.people.get(personId)?.displayName ?? 'somebody'
}

/** What a place is called in the terminal: `dm mira`, `#general`, `› plans` for a thread. */
export function placeName(world: World, channel: Channel): string {
  if (channel.type === channelType.dm) return `dm ${nameOf(world, channel.recipientId ?? '').toLowerCase()}`
  return channel.thread ? `› ${channel.name}` : `#${channel.name}`
}

/** What a message says as people read it: mentions by name, an attachment by its file name. */
export function readable(world: World, { content, attachments }: Pick<Message, 'content' | 'attachments'>): string {
  const words = content
    .replace(/<@!?(\d+)>/g, (_, id: string) => `@${nameOf(world, id)}`)
    .replace(/<#(\d+)>/g, (_, id: string) => `#${world.channels.get(id)?.name ?? 'unknown'}`)
  return [words, ...attachments.map(({ filename }) => `[file ${filename}]`)].filter(part => part !== '').join('\n')
}

/** The beginning of a message in one line. */
export function excerpt(world: World, message: Message): string {
  return excerptOf(readable(world, message))
}

export function excerptOf(text: string, length = 40): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`
}
