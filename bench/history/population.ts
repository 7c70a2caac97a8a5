import { conversationId, personId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'

const turnsPerConversation = 50
const askersPerChannel = 20
const channelsPerGuild = 50

/**
 * Who talks where. Conversations are numbered from 1, the busiest first: how much is said in one falls with its number
 * (Zipf's law), so that the first of 100,000 has a twelfth of everything and half of them stay below 20 messages.
 * Every third is a channel that twenty people share, the others are DMs.
 */
export class Population {
  readonly conversations: number

  constructor(messages: number) {
    this.conversations = Math.max(1, Math.floor(messages / 2 / turnsPerConversation))
  }

  place(conversation: number): Place {
    const shared = isShared(conversation)
    return {
      platform: 'discord',
      workspace: shared ? snowflake(9, conversation / channelsPerGuild) : undefined,
      channel: snowflake(1, conversation),
      thread: undefined,
      audience: shared ? 'public' : 'dm',
    }
  }

  /** The number of the person who asks in that turn of a conversation. */
  asker(conversation: number, turn: number): number {
    return isShared(conversation) ? 1 + ((conversation + (turn % askersPerChannel)) % this.conversations) : conversation
  }

  person(number: number): Person {
    return { id: personId('discord', undefined, snowflake(3, number)), name: `Person ${number}`, external: false }
  }

  /** A conversation, each as likely as any other. */
  anywhere(random: () => number): number {
    return 1 + Math.floor(random() * this.conversations)
  }

  /** A conversation where something is said just now. */
  busy(random: () => number): number {
    return Math.min(this.conversations, Math.floor((this.conversations + 1) ** random()))
  }

  conversationId(conversation: number) {
    return conversationId(this.place(conversation))
  }
}

function isShared(conversation: number): boolean {
  return conversation % 3 === 0
}

/** Looks like an id of Discord: 18 digits. */
function snowflake(kind: number, number: number): string {
  return `${kind}${String(Math.floor(number)).padStart(17, '0')}`
}
