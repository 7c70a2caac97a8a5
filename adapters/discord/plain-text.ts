import type { APIGuildMember, APIUser } from 'discord.js'
import type { Scene } from './scene.ts'

type Mentioned = APIUser & Readonly<{ member?: Pick<APIGuildMember, 'nick'> }>

/** Words with their markup, and what Discord says beside them about whom they mention. */
export type Markup = Readonly<{ content: string; mentions?: readonly Mentioned[]; guild: string | undefined }>

// No name reaches over another `<`: else every opening would be read to the end of the message.
const markup =
  /<(?:@!?(?<user>\d+)|@&(?<role>\d+)|#(?<channel>\d+)|a?:(?<emoji>\w+):\d+|t:(?<time>-?\d+)(?::[tTdDfFrRsS])?|\/(?<command>[^:<>\n]+):\d+|id:(?<guide>\w+))>/g

/** JavaScript dates end here, in seconds. */
const lastSecond = 8_640_000_000_000

/** Discord's markup as the words that people see: `<@1>` is `@Mira`, `<#2>` is `#garden`. Names stay raw. */
export function plainText({ content, mentions, guild }: Markup, scene: Scene): string {
  return content.replace(markup, (written: string, ...rest: unknown[]) => {
    const found = rest.at(-1) as Readonly<Partial<Record<string, string>>>
    if (found['user'] !== undefined) return `@${mentionedName(found['user'], mentions, guild, scene)}`
    if (found['role'] !== undefined) return `@${roleName(found['role'], guild, scene)}`
    if (found['channel'] !== undefined) return `#${scene.channel(found['channel'])?.name ?? 'channel'}`
    if (found['emoji'] !== undefined) return `:${found['emoji']}:`
    if (found['time'] !== undefined) return moment(Number(found['time'])) ?? written
    if (found['command'] !== undefined) return `/${found['command']}`
    return `#${found['guide']}`
  })
}

/** The words without the mention that calls Aeries at their head: who is called has heard it. */
export function withoutCall(content: string, self: string, ownRole: string | undefined): string {
  const call = ownRole === undefined ? `<@!?${self}>` : `<@!?${self}>|<@&${ownRole}>`
  return content.replace(new RegExp(`^\\s*(?:(?:${call})[,:]?\\s*)+`), '')
}

/** The name that a person shows: the server's nickname before the account's display name before its handle. */
export function shownName(user: Pick<APIUser, 'username' | 'global_name'>, nick?: string | null): string {
  return nick ?? user.global_name ?? user.username
}

function mentionedName(id: string, mentions: Markup['mentions'], guild: string | undefined, scene: Scene): string {
  const mentioned = mentions?.find(user => user.id === id)
  if (mentioned !== undefined) return shownName(mentioned, mentioned.member?.nick)
  return scene.nameOf(guild, id) ?? 'somebody'
}

function roleName(id: string, guild: string | undefined, scene: Scene): string {
  return (guild === undefined ? undefined : scene.roleName(guild, id)) ?? 'role'
}

function moment(seconds: number): string | undefined {
  if (Math.abs(seconds) > lastSecond) return undefined
  return `${new Date(seconds * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
