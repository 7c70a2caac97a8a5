import { refuse } from './api-error.ts'
import type { Emoji, Message, Reaction } from './message.ts'
import { demand } from './permissions.ts'
import { demandOpen } from './thread-rules.ts'
import type { World } from './world.ts'

const maxReactions = 20

type Reacting = Readonly<{ personId: string; channelId: string; messageId: string; emoji: Emoji }>

/** Adds a reaction; one that is already there changes nothing and tells nobody. */
export function react(world: World, { personId, channelId, messageId, emoji }: Reacting): void {
  const channel = world.channel(channelId)
  const held = world.permissions(personId, channel)
  demand(held, 'readMessageHistory')
  const message = world.message(channelId, messageId)
  demandOpen(world, personId, channel)
  const known = message.reactions.find(one => sameEmoji(one.emoji, emoji))
  if (known?.personIds.includes(personId)) return
  if (!known) demand(held, 'addReactions')
  if (!known && message.reactions.length >= maxReactions) throw refuse.tooManyReactions()
  const reactions: readonly Reaction[] = known
    ? message.reactions.map(one => (one === known ? { emoji, personIds: [...one.personIds, personId] } : one))
    : [...message.reactions, { emoji, personIds: [personId] }]
  const changed = world.messages.replace({ ...message, reactions })
  world.emit({ type: 'reaction', added: true, message: changed, personId, emoji })
}

/** Takes a person's reaction back, by that person or, with Manage Messages, by another. */
export function unreact(world: World, removerId: string, { personId, channelId, messageId, emoji }: Reacting): void {
  const channel = world.channel(channelId)
  const held = world.permissions(removerId, channel)
  demand(held)
  if (removerId !== personId) demand(held, 'manageMessages')
  const message = world.message(channelId, messageId)
  demandOpen(world, removerId, channel)
  const known = message.reactions.find(one => sameEmoji(one.emoji, emoji))
  if (!known?.personIds.includes(personId)) return
  const reactions = message.reactions
    .map(one => (one === known ? { ...one, personIds: one.personIds.filter(id => id !== personId) } : one))
    .filter(one => one.personIds.length > 0)
  const changed = world.messages.replace({ ...message, reactions })
  world.emit({ type: 'reaction', added: false, message: changed, personId, emoji })
}

/** Takes all reactions of a message away, or all of one emoji. */
export function clearReactions(world: World, removerId: string, message: Message, emoji?: Emoji): void {
  demand(world.permissions(removerId, world.channel(message.channelId)), 'manageMessages')
  const reactions = emoji ? message.reactions.filter(one => !sameEmoji(one.emoji, emoji)) : []
  const changed = world.messages.replace({ ...message, reactions })
  world.emit({ type: 'reactions-cleared', message: changed, emoji })
}

export function sameEmoji(one: Emoji, other: Emoji): boolean {
  return one.id === null ? other.id === null && one.name === other.name : one.id === other.id
}

/** Reads an emoji as a path or a person writes it: `👍`, or `name:id` for a custom one. Throws 10014. */
export function parseEmoji(text: string): Emoji {
  const custom = /^<?a?:?(\w{2,32}):(\d{17,20})>?$/.exec(text)
  if (custom) return { name: custom[1] ?? '', id: custom[2] ?? '' }
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\uFE0F?\u20E3/u.test(text))
    return { name: text, id: null }
  throw refuse.unknownEmoji()
}
