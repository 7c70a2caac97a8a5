import { type Channel, channelFamily } from '#playground/slack-server/world/channel.ts'
import { openDirect } from '#playground/slack-server/world/make.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { Person } from '#playground/slack-server/world/person.ts'
import { badArguments, Refusal } from '#playground/slack-server/world/refusal.ts'
import type { Call } from './method.ts'

/** The channel of a call as its token sees it: other workspaces' and strangers' private ones do not exist for it. */
export function channelOf(call: Call, name = 'channel'): Channel {
  const { world, identity, args } = call
  const asked = args.text(name)
  if (asked === undefined || asked === '') throw new Refusal('channel_not_found')
  const channel = world.channels.get(asked) ?? byPerson(call, asked) ?? byName(call, asked)
  if (!channel) throw new Refusal('channel_not_found')
  if (!channel.teamIds.includes(identity.team.id)) {
    call.leak()
    throw new Refusal('channel_not_found')
  }
  const hidden = channel.kind !== 'public' && !isMember(call, channel)
  if (hidden) throw new Refusal('channel_not_found')
  return channel
}

/** Writing to a person's id lands in their direct conversation with the app. */
function byPerson(call: Call, id: string): Channel | undefined {
  const { world, identity } = call
  if (!world.people.has(id)) return undefined
  const person = personOf(call, id)
  return openDirect(world, identity.team.id, [person.id, identity.installation.botUserId])
}

function byName({ world, identity }: Call, name: string): Channel | undefined {
  const bare = name.replace(/^#/, '')
  return [...world.channels.values()].find(one => one.name === bare && one.teamIds.includes(identity.team.id))
}

export function isMember({ identity }: Call, channel: Channel): boolean {
  return channel.memberIds.includes(identity.installation.botUserId)
}

/** The channel, if the bot may write there now. */
export function writableChannel(call: Call): Channel {
  const channel = channelOf(call)
  if (channel.archived) throw new Refusal('is_archived')
  if (!channel.messagesTab) throw new Refusal('messages_tab_disabled')
  const maySpeak = isMember(call, channel) || call.identity.scopes.includes('chat:write.public')
  if (!maySpeak) throw new Refusal('not_in_channel')
  return channel
}

/** The channel, if the bot may read there; the scope depends on what kind of channel it is. */
export function readableChannel(call: Call): Channel {
  const channel = channelOf(call)
  demandScope(call, `${channelFamily(channel.kind)}:history`)
  if (!isMember(call, channel)) throw new Refusal('not_in_channel')
  return channel
}

/** Refuses what the token's scopes do not reach. */
export function demandScope({ identity }: Call, needed: string): void {
  if (identity.scopes.includes(needed)) return
  throw new Refusal('missing_scope', { needed, provided: identity.scopes.join(',') })
}

/** A person that the token's workspace can see: its own people and those it shares a channel with. */
export function personOf(call: Call, id: string): Person {
  const { world, identity } = call
  const person = world.people.get(id)
  if (!person) throw new Refusal('user_not_found')
  const teamId = identity.team.id
  const shared = [...world.channels.values()].some(one => one.teamIds.includes(teamId) && one.memberIds.includes(id))
  if (person.teamId === teamId || shared) return person
  call.leak()
  throw new Refusal('user_not_found')
}

/** The message of a call that still stands; what only one person sees is none. */
export function messageOf({ world, args }: Call, channel: Channel, name = 'ts'): Message {
  const ts = args.text(name)
  if (ts === undefined || ts === '') throw badArguments(`missing required field: ${name}`)
  const message = world.messages.find(channel.id, ts)
  const stands = message !== undefined && message.deletedAt === undefined && message.ephemeralFor === undefined
  if (!stands) throw new Refusal('message_not_found')
  return message
}
