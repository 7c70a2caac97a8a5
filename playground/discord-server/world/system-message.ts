import { noMentions } from './mentions.ts'
import type { Message } from './message.ts'
import type { World } from './world.ts'

type About = Pick<Message, 'type' | 'channelId' | 'authorId' | 'content' | 'reference'>

/** Puts a message into a channel that Discord itself makes, such as the first one of a thread. */
export function postSystemMessage(world: World, about: About): Message {
  const channel = world.channel(about.channelId)
  const message: Message = {
    id: world.ids.next(),
    guildId: channel.guildId,
    createdAt: world.now(),
    editedAt: undefined,
    deletedAt: undefined,
    flags: 0,
    nonce: undefined,
    mentions: noMentions,
    attachments: [],
    embeds: [],
    components: [],
    reactions: [],
    snapshot: undefined,
    interactionId: undefined,
    ephemeralFor: undefined,
    versions: [],
    ...about,
  }
  world.messages.add(message)
  world.putChannel({ ...channel, lastMessageId: message.id })
  world.emit({ type: 'message', message })
  return message
}
