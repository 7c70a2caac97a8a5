import { type Channel, channelType } from '#playground/discord-server/world/channel.ts'
import type { Json } from '#playground/discord-server/world/json.ts'
import { permission } from '#playground/discord-server/world/permissions.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import type { WorldEvent } from '#playground/discord-server/world/world-event.ts'
import { intent } from './intents.ts'

/** One event for the gateway: who gets it is decided by guild (shard) and intents, what is in it by Message Content. */
export type Dispatch = Readonly<{
  name: string
  guildId: string | undefined
  /** One of these bits is needed; 0 goes to every session. */
  intents: number
  payload: (reader: Readonly<{ content: boolean }>) => Json
}>

export type EventOf<Type extends WorldEvent['type']> = Extract<WorldEvent, { type: Type }>

/** An event of a channel that the bot sees; guilds and DMs ask for different intents. */
export function inChannel(
  world: World,
  channelId: string,
  name: string,
  intents: Readonly<{ guild: number; dm: number }>,
  payload: Dispatch['payload'],
): readonly Dispatch[] {
  const channel = world.channels.get(channelId)
  if (!channel || !botSees(world, channel)) return []
  const wanted = channel.type === channelType.dm ? intents.dm : intents.guild
  return [{ name, guildId: channel.guildId, intents: wanted, payload }]
}

/** An event of a guild as a whole. */
export function inGuild(
  name: string,
  guildId: string | undefined,
  payload: Json,
  intents: number = intent.guilds,
): Dispatch {
  return { name, guildId, intents, payload: () => payload }
}

export function botSees(world: World, channel: Channel): boolean {
  return (world.permissions(world.botId, channel) & permission.viewChannel) !== 0n
}
