import type { EventKey, MessageId } from './ids.ts'
import type { IncomingMessage } from './message.ts'
import type { Person } from './person.ts'
import type { Place } from './place.ts'
import type { Button, ReplySurface } from './surface.ts'

type Happening = Readonly<{
  key: EventKey
  place: Place
  /** By the platform's clock: the order of a transcript. */
  at: Date
}>

/** Somebody said something; the surface is where the answer to it gets written. */
export type MessageEvent = Happening &
  Readonly<{
    type: 'message'
    person: Person
    message: IncomingMessage
    surface: ReplySurface
    /** Tells the speaker something alone; absent: what the ledger holds is told no more. */
    respond?: PrivateAnswer
  }>

/** The words of an earlier message changed. */
export type EditedEvent = Happening & Readonly<{ type: 'edited'; person: Person; message: MessageId; text: string }>

/** Messages were taken away, by whom the platform does not say. */
export type DeletedEvent = Happening & Readonly<{ type: 'deleted'; messages: readonly MessageId[] }>

/**
 * A reaction, its emoji as the platform writes it (`👍🏽`, `+1::skin-tone-4`, `name:id`). Of who takes one back a platform may tell the
 * bare account: then the name is a general word such as "somebody", and only the id counts.
 */
export type ReactionEvent = Happening &
  Readonly<{ type: 'reaction'; person: Person; message: MessageId; emoji: string; change: 'added' | 'removed' }>

/** All reactions of a message were taken away, or all with one emoji: whose they were the platform does not say. */
export type ReactionsClearedEvent = Happening &
  Readonly<{ type: 'reactions cleared'; message: MessageId; emoji: string | undefined }>

/** A person works a control: the platform's stop button, one of our buttons, a command. */
export type ControlEvent = Happening &
  Readonly<{
    type: 'control'
    person: Person
    control: Control
    respond: PrivateAnswer
    /** It is done, or under way: whoever waits for words about it need not wait longer. Told once, and never throws. */
    settled?(): void
  }>

export type Control =
  | Readonly<{ type: 'stop'; message: MessageId | undefined }>
  | Readonly<{ type: 'button'; action: string; message: MessageId }>
  /** `message`: what it was asked of, from that message's menu. */
  | Readonly<{ type: 'command'; verb: string; words: string; message?: MessageId }>

/** What one person alone is shown, in Markdown, with buttons under it and a file. */
export type PrivateWords = string | PrivateNote
export type PrivateNote = Readonly<{
  text: string
  buttons?: readonly Button[]
  file?: Readonly<{ name: string; content: string }>
}>

/** Shows words to the person of the event alone. */
export type PrivateAnswer = (words: PrivateWords, signal: AbortSignal) => Promise<void>

/** The same in its long form. */
export function toldInWords(words: PrivateWords): PrivateNote {
  return typeof words === 'string' ? { text: words } : words
}

/** Somebody types an option of a command, and wants to be shown what it may be. */
export type CompletingEvent = Happening &
  Readonly<{
    type: 'completing'
    person: Person
    verb: string
    typed: string
    suggest: (choices: readonly Readonly<{ name: string; value: string }>[], signal: AbortSignal) => Promise<void>
  }>

/** Aeries was removed from a place, or the place itself is no more; without a channel, from the whole workspace. */
export type GoneEvent = Readonly<{
  type: 'gone'
  key: EventKey
  platform: string
  workspace: string | undefined
  channel: string | undefined
  /** Set when it is only this thread of the channel. */
  thread: string | undefined
  at: Date
}>

/** Events of the platform since then may not have arrived, and will not by themselves. It is told once, when events flow again. */
export type GapEvent = Readonly<{ type: 'gap'; platform: string; since: Date }>

/**
 * A message of our own account that this process did not send: of a process before this one, of whoever answers commands, or
 * of another process with our token. Only the ledger can tell.
 */
export type OwnEvent = Readonly<{ type: 'own'; platform: string; place: Place; message: MessageId; at: Date }>

/** All that an adapter may tell the house. A new kind of happening is a new case here, never a new method of a port. */
export type Event =
  | MessageEvent
  | EditedEvent
  | DeletedEvent
  | ReactionEvent
  | ReactionsClearedEvent
  | ControlEvent
  | CompletingEvent
  | GoneEvent
  | GapEvent
  | OwnEvent
