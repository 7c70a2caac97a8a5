import type { EventKey, MessageId } from './ids.ts'
import type { IncomingMessage } from './message.ts'
import type { Person } from './person.ts'
import type { Place } from './place.ts'
import type { ReplySurface } from './surface.ts'

type Happening = Readonly<{
  key: EventKey
  place: Place
  /** By the platform's clock: the order of a transcript. */
  at: Date
}>

/** Somebody said something; the surface is where the answer to it gets written. */
export type MessageEvent = Happening &
  Readonly<{ type: 'message'; person: Person; message: IncomingMessage; surface: ReplySurface }>

/** The words of an earlier message changed. */
export type EditedEvent = Happening & Readonly<{ type: 'edited'; person: Person; message: MessageId; text: string }>

/** Messages were taken away, by whom the platform does not say. */
export type DeletedEvent = Happening & Readonly<{ type: 'deleted'; messages: readonly MessageId[] }>

/** A reaction, its emoji as the platform writes it (`👍🏽`, `+1::skin-tone-4`, `name:id`). */
export type ReactionEvent = Happening &
  Readonly<{ type: 'reaction'; person: Person; message: MessageId; emoji: string; change: 'added' | 'removed' }>

/** A person works a control: the platform's stop button, one of our buttons, a command. */
export type ControlEvent = Happening &
  Readonly<{ type: 'control'; person: Person; control: Control; respond: PrivateAnswer }>

export type Control =
  | Readonly<{ type: 'stop'; message: MessageId | undefined }>
  | Readonly<{ type: 'button'; action: string; message: MessageId }>
  | Readonly<{ type: 'command'; verb: string; words: string }>

/** Shows a text to the person of the event alone. */
export type PrivateAnswer = (text: string, signal: AbortSignal) => Promise<void>

/** Aeries was removed from a place; without a channel, from the whole workspace. */
export type GoneEvent = Readonly<{
  type: 'gone'
  key: EventKey
  platform: string
  workspace: string | undefined
  channel: string | undefined
  at: Date
}>

/** All that an adapter may tell the house. A new kind of happening is a new case here, never a new method of a port. */
export type Event = MessageEvent | EditedEvent | DeletedEvent | ReactionEvent | ControlEvent | GoneEvent
