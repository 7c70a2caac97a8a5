import type { Message } from './message.ts'
import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

/** Adds a person's reaction. Throws `Refusal` when they gave it already. */
export function addReaction(world: World, message: Message, personId: string, name: string): void {
  const known = message.reactions.find(one => one.name === name)
  if (known?.personIds.includes(personId)) throw new Refusal('already_reacted')
  const others = message.reactions.filter(one => one.name !== name)
  const reactions = known
    ? message.reactions.map(one => (one === known ? { name, personIds: [...one.personIds, personId] } : one))
    : [...others, { name, personIds: [personId] }]
  const changed = world.putMessage({ ...message, reactions })
  world.emit({ type: 'reaction', added: true, message: changed, personId, name })
}

/** Takes a person's reaction back. Throws `Refusal` when there is none. */
export function removeReaction(world: World, message: Message, personId: string, name: string): void {
  const known = message.reactions.find(one => one.name === name)
  if (!known?.personIds.includes(personId)) throw new Refusal('no_reaction')
  const left = known.personIds.filter(id => id !== personId)
  const reactions = message.reactions
    .map(one => (one === known ? { name, personIds: left } : one))
    .filter(one => one.personIds.length > 0)
  const changed = world.putMessage({ ...message, reactions })
  world.emit({ type: 'reaction', added: false, message: changed, personId, name })
}
