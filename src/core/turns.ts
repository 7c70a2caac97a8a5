import type { Awaitable } from './awaitable.ts'
import type { ConversationId, EventKey, MessageId, PersonId, TurnId } from './ids.ts'
import type { Place } from './place.ts'
import type { PlaceRead } from './platform.ts'
import type { Asked, Reply, Turn, TurnOutcome } from './turn.ts'

/** A reply that is being written: at least what somebody may have seen of it, and how it ended, once it did. */
export type Draft = Readonly<{
  text: string
  end: Readonly<{ outcome: TurnOutcome; note: string | undefined }> | undefined
}>

/** How an open turn's reply stands now. */
export type GrownReply = Readonly<{ turn: TurnId; draft: Draft }>

/** A turn that was begun and not closed. */
export type OpenTurn = Readonly<{
  turn: Turn
  /** So often its reply was begun anew. */
  run: number
  /** An earlier reply comes back if this one gets no words. */
  fallsBack: boolean
  /** Absent when nothing of the reply was shown, but perhaps a notice. */
  draft: Draft | undefined
  /** The platform's messages that show it, in order, as far as they were told. */
  messages: readonly MessageId[]
}>

/** The ledger of turns. Each method is one unit of work: it happens wholly or not at all. */
export interface Turns {
  /** Writes a message down under its event's key, before any work on it. `known`: it was written before. */
  receive(asked: Asked): Awaitable<'new' | 'known'>
  /** Writes down that a message was heard and is neither kept nor answered: its key, so that it stays so when it comes again. */
  turnAway(event: EventKey): Awaitable<'new' | 'known'>
  /** Writes words into the transcript that are said to others, where Aeries listens: no turn answers them. */
  overhear(said: Asked): Awaitable<'new' | 'known'>
  /** Those of these received messages that still wait for a turn, with their words as they are now: people take back and change what they said. */
  stillWaiting(asked: readonly EventKey[]): Awaitable<ReadonlyMap<EventKey, string>>
  /** Opens a turn that answers these received messages of one asker. */
  begin(conversation: ConversationId, asker: PersonId, asked: readonly EventKey[], at: Date): Awaitable<TurnId>
  /** Adds a received message to an open turn. */
  join(turn: TurnId, asked: EventKey): Awaitable<void>
  /** A part of the reply stands on the platform under this id: told as it comes, so that a reaction or a restart finds it. */
  shown(turn: TurnId, part: number, message: MessageId): Awaitable<void>
  /** The reply as it is now: told before it is shown, so that after a crash it is known whatever the reader saw. */
  draft(turn: TurnId, draft: Draft): Awaitable<void>
  /** The same of many replies at once. */
  drafts(grown: readonly GrownReply[]): Awaitable<void>
  /**
   * Closes the turn and writes the reply, if it has words, into the transcript behind what it answers. An observed turn with words
   * becomes a job of the observer, to be read as what it was: said in that place, heard by those who were there.
   */
  finish(turn: Turn, reply: Reply, at: Date, isObserved?: boolean): Awaitable<void>
  /** All open turns, oldest question first. Quotes and what could not be read are not kept. */
  open(): Awaitable<readonly OpenTurn[]>
  /** All messages that were received and are in no turn yet, oldest first. */
  waiting(): Awaitable<readonly Asked[]>
  /** Opens a failed turn of that asker once more; `undefined` when there is none: it is open, ended in another way, or is another's. */
  reopen(turn: TurnId, asker: PersonId): Awaitable<OpenTurn | undefined>
  /** The turn whose reply that message shows, or showed before another took its place. */
  showing(message: MessageId): Awaitable<TurnId | undefined>
  /**
   * Up to when, by its own clock, nothing of a platform was missed: when its newest received message was said, or a gap that
   * was noted and not filled began.
   */
  heardUntil(platform: string): Awaitable<Date | undefined>
  /** Notes a gap: what was said since then may be missing. Of two gaps the one that began first counts. */
  noteGap(platform: string, since: Date): Awaitable<void>
  /** All that was said in the gaps noted until now was read. */
  fillGap(platform: string): Awaitable<void>
  /** A place was read so far while a gap of its platform is not filled. */
  noteRead(platform: string, read: Pick<PlaceRead, 'place' | 'until'>): Awaitable<void>
  /** Up to when its places were read since the gap that is not filled was noted, by their names. */
  readUntil(platform: string): Awaitable<ReadonlyMap<string, Date>>
  /** Where something was said to Aeries since then, newest first. */
  placesSince(platform: string, since: Date, limit: number): Awaitable<readonly Place[]>
}
