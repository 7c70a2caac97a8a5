import type { MessageEvent } from './event.ts'
import type { ConversationId, MessageId, TurnId } from './ids.ts'
import type { Reason } from './own-data.ts'
import type { Person } from './person.ts'
import type { Place } from './place.ts'

/** What was asked, without the surface: what of a message is stored and goes into a prompt. */
export type Asked = Omit<MessageEvent, 'surface' | 'type'>

/** One exchange: one asker, all that was asked in it, and (`Reply`) what came of it. */
export type Turn = Readonly<{
  id: TurnId
  conversation: ConversationId
  place: Place
  asker: Person
  /** At least one, in the platform's order. */
  asked: readonly Asked[]
}>

/** `done`: whole. `cut off`: it began and broke. `stopped`: somebody ended it. `failed`: not a word came. */
export type TurnOutcome = 'done' | 'cut off' | 'stopped' | 'failed'

/** What Aeries said in a turn. */
export type Reply = Readonly<{
  outcome: TurnOutcome
  /** The name of the persona that spoke. */
  persona?: string
  /** As generated; without notes and notices. */
  text: string
  /** What shaped it, as far as it is known. */
  reason?: Reason | undefined
  /** The platform's messages that show it, in order. */
  messages: readonly MessageId[]
}>
