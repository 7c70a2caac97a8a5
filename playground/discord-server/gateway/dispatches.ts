import { interactionPayload } from '#playground/discord-server/wire/interaction-payload.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import type { WorldEvent } from '#playground/discord-server/world/world-event.ts'
import type { Dispatch } from './dispatch.ts'
import {
  channelDispatch,
  guildDispatch,
  memberDispatch,
  roleDispatch,
  threadMembersDispatch,
} from './guild-dispatches.ts'
import {
  clearedDispatch,
  deletedDispatch,
  messageDispatch,
  reactionDispatch,
  typingDispatch,
} from './message-dispatches.ts'

/** What the gateway tells the bot of an event; nothing of what the bot does not see. */
export function dispatchesFor(world: World, event: WorldEvent): readonly Dispatch[] {
  switch (event.type) {
    case 'message':
      return messageDispatch(world, 'MESSAGE_CREATE', event.message)
    case 'edited':
      return messageDispatch(world, 'MESSAGE_UPDATE', event.message)
    case 'deleted':
      return deletedDispatch(world, event)
    case 'reaction':
      return reactionDispatch(world, event)
    case 'reactions-cleared':
      return clearedDispatch(world, event)
    case 'typing':
      return typingDispatch(world, event)
    case 'channel':
      return channelDispatch(world, event)
    case 'thread-members':
      return threadMembersDispatch(world, event)
    case 'guild':
      return guildDispatch(world, event)
    case 'role':
      return roleDispatch(event)
    case 'member':
      return memberDispatch(world, event)
    case 'interaction': {
      const { interaction } = event
      const payload = () => interactionPayload(world, interaction)
      return [{ name: 'INTERACTION_CREATE', guildId: interaction.guildId, intents: 0, payload }]
    }
    case 'interaction-changed':
      return []
    default:
      return event satisfies never
  }
}
