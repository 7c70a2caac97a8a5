import type { Awaitable } from './awaitable.ts'
import type { ConversationId, MessageId, PersonId } from './ids.ts'
import type { Person } from './person.ts'
import type { Place } from './place.ts'

/** One line of a transcript. */
export type HistoryMessage = Readonly<{
  /** Where it stands in its conversation; greater is later. Only the store knows what it is made of. */
  position: HistoryPosition
  role: 'person' | 'aeries'
  /** Who said it; for Aeries' own words, to whom. */
  person: Person
  text: string
  at: Date
  messages: readonly MessageId[]
}>

declare const position: unique symbol
export type HistoryPosition = string & { readonly [position]: true }

/** Transcripts. A turn stands where its question was said, by the platform's clock, its reply directly behind it. */
export interface History {
  /**
   * The conversation's present window, oldest first: all of its closed turns since the window's start. What is still being
   * answered, or waits for it, is not in it: nobody's open question gets mixed into another's prompt.
   * At most `limit` of the newest; asked before a time, if one is given. A withdrawn turn is not in it.
   */
  window(conversation: ConversationId, limit: number, before?: Date): Awaitable<readonly HistoryMessage[]>
  /**
   * The window of the channel that a thread hangs in, asked before a time, at most `limit` of the newest. None when what was kept there was said to
   * others than those who read the thread.
   */
  around(thread: Place, limit: number, before: Date): Awaitable<readonly HistoryMessage[]>
  /**
   * Lets the window start at this message from now on; it never goes back. When more people can read a place than before, its
   * window starts anew by itself: what was said before stays out.
   */
  startWindow(conversation: ConversationId, at: HistoryPosition): Awaitable<void>
  /** The last messages of a conversation whatever its window, oldest first. */
  last(conversation: ConversationId, limit: number): Awaitable<readonly HistoryMessage[]>
  /** The last messages that a person said, or that answered what they said, oldest first, with the places; asked before a time, if one is given. */
  ofPerson(
    person: PersonId,
    limit: number,
    before?: Date,
  ): Awaitable<readonly (HistoryMessage & Readonly<{ place: Place }>)[]>
  /** Whether Aeries has said or heard anything there. */
  knows(conversation: ConversationId): Awaitable<boolean>
}
