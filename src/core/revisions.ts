import type { Awaitable } from './awaitable.ts'
import type { EventKey, MessageId, PersonId, TurnId } from './ids.ts'
import type { Place } from './place.ts'
import type { Reply, Turn } from './turn.ts'
import type { OpenTurn } from './turns.ts'

/** A turn as whoever wants to change it finds it. Quotes and what could not be read are not kept. */
export type KnownTurn = Readonly<{
  turn: Turn
  /** Absent while it is being answered. */
  reply: Reply | undefined
  /** The word of Aeries that its reply ended with. */
  note: string | undefined
  /** By our clock; absent while it is being answered. */
  closedAt: Date | undefined
  /** Nothing was asked after it in its conversation: by anybody, by its asker. */
  isNewest: boolean
  isNewestOfAsker: boolean
  /** Its reply was taken out of the history. */
  isWithdrawn: boolean
  /** Why another reply took the place of the one before, if one did. */
  superseded: SupersedeCause | undefined
}>

/** Why another reply takes the place of one. What a reaction asked for is taken back with it; what an edit did stays. */
export type SupersedeCause = 'reaction' | 'button' | 'edit'

/** What the asker of a turn wants of its reply, by a reaction under one of the messages that show it; `removed`: no more. */
export type Wish = Readonly<{
  /** The event that tells it; told twice it counts once. */
  key: EventKey
  turn: TurnId
  message: MessageId
  control: string
  change: 'added' | 'removed'
  /** By the platform's clock: of two that contradict each other the later one holds, in whatever order they come. */
  at: Date
}>

/** A message of ours that is to be taken off its platform. */
export type Removal = Readonly<{ place: Place; message: MessageId }>

/**
 * What people change about what was said. Each method is one unit of work: it happens wholly or not at all, so whatever a
 * crash interrupts is an open turn, or a removal that is still to do. A turn that is being answered is let go of before.
 */
export interface Revisions {
  /** Takes an event in that brings no message; false for every repeat. */
  once(key: EventKey): Awaitable<boolean>
  /** Takes a wish in; false for every repeat, for what a later word of the same reaction is known of, and for the end of one that nobody heard of. */
  heed(wish: Wish): Awaitable<boolean>
  known(turn: TurnId): Awaitable<KnownTurn | undefined>
  /** The turn that the message asks in or shows, now or before another reply took its place. */
  about(message: MessageId): Awaitable<KnownTurn | undefined>
  /** The message shows a reply that another one took the place of. */
  isSuperseded(message: MessageId): Awaitable<boolean>
  /**
   * Opens a closed turn for another reply; the present one is kept. `inPlace`: in the messages that show it, which otherwise stay
   * as they are. `undefined`: it is open, or was withdrawn.
   */
  supersede(turn: TurnId, how: Readonly<{ cause: SupersedeCause; inPlace: boolean }>): Awaitable<OpenTurn | undefined>
  /** Opens a closed turn whose words are to go on: they are its draft. */
  goOn(turn: TurnId): Awaitable<OpenTurn | undefined>
  /** Begins the reply of an open turn anew, in the messages that show it. `undefined`: it is closed. */
  beginAnew(turn: TurnId): Awaitable<OpenTurn | undefined>
  /**
   * The reply that was superseded last is the turn's again: it is a draft with its end, which is left to show. `by`: only if that
   * had this cause. `undefined`: there is none.
   */
  restore(turn: TurnId, by?: SupersedeCause): Awaitable<OpenTurn | undefined>
  /** Takes the reply out of the history and out of prompts, retracts what came from it, and leaves its messages to be removed. */
  withdraw(turn: TurnId, at: Date): Awaitable<void>
  /**
   * Gives a person's own message other words and retracts what was learnt from the old ones. `learnsAnew`: the observer reads it
   * again. False when it is not theirs, not there, or says that already.
   */
  correct(message: MessageId, person: PersonId, text: string, learnsAnew: boolean): Awaitable<boolean>
  /**
   * Purges messages of persons with the answers to them, retracts what came from either, and leaves the answers' messages to be
   * removed. Returns the open turns that still have something to answer; among them are those that were closed since then, which
   * are open again for the questions that are left. Older ones keep those without an answer.
   */
  purge(messages: readonly MessageId[], answersAnewSince: Date): Awaitable<readonly OpenTurn[]>
  /** The message shows this reply no longer, and is left to be removed. */
  dismiss(turn: TurnId, message: MessageId): Awaitable<void>
  /** What is to be taken off a platform. */
  removals(platform: string): Awaitable<readonly Removal[]>
  /** It was, or cannot be. */
  removed(message: MessageId): Awaitable<void>
}
