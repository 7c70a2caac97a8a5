import type { Channel } from '#playground/slack-server/world/channel.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import { excerptOf } from './names.ts'

export function slackNameOf(world: World, personId: string): string {
  return world.people.get(personId)?.displayName ?? 'somebody'
}

/** The thread that a message stands in; a root is in none. */
export function threadOf({ ts, threadTs }: Pick<Message, 'ts' | 'threadTs'>): string | undefined {
  return threadTs === ts ? undefined : threadTs
}

/** What a place is called in the terminal: `slack dm mira`, `slack #general`, `slack › general` for a thread in there. */
export function slackPlaceName(world: World, channel: Channel, thread?: string): string {
  if (channel.kind === 'im') {
    const person = channel.memberIds.find(id => !world.isBotUser(id)) ?? ''
    return `slack dm ${slackNameOf(world, person).toLowerCase()}`
  }
  return thread === undefined ? `slack #${channel.name}` : `slack › ${channel.name}`
}

/** Words as people read them: mentions and channels by name, links by their label, and nothing escaped. */
export function slackReadable(world: World, shown: string): string {
  return shown
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, id: string) => `@${slackNameOf(world, id)}`)
    .replace(/<#(\w+)(?:\|[^>]*)?>/g, (_, id: string) => `#${world.channels.get(id)?.name ?? 'unknown'}`)
    .replace(/<!(here|channel|everyone)>/g, '@$1')
    .replace(/<(https?:[^<>|]+)(?:\|([^<>]*))?>/g, (_, link: string, label?: string) => label ?? link)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** What a message says now; a file by its name. Of a deleted one nothing is left. */
export function slackWords(world: World, { versions, files }: Pick<Message, 'versions' | 'files'>): string {
  const words = slackReadable(world, versions.at(-1)?.shown ?? '')
  return [words, ...files.map(({ name }) => `[file ${name}]`)].filter(part => part !== '').join('\n')
}

/** The beginning of a message in one line. */
export function slackExcerpt(world: World, message: Message): string {
  return excerptOf(slackWords(world, message))
}
