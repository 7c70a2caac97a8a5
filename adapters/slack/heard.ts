import type { Event } from '#src/core/event.ts'
import type { ToldMessage } from './incoming.ts'

/** An event as the payload tells it: a message does not know yet where it gets answered. */
export type Told = Exclude<Event, { type: 'message' }> | ToldMessage

/** What came: in which channel, what has to be asked for first, and how it is told then. */
export type Heard = Readonly<{
  channel: string
  learning: Promise<unknown> | undefined
  tell: () => Told | undefined
}>
