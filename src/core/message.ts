import type { MessageId, PersonId } from './ids.ts'

/** What a person said, with the platform's markup already resolved to plain words (`<@1>` is `@Mira`). */
export type IncomingMessage = Readonly<{
  id: MessageId
  text: string
  /** Said to Aeries: a DM, a mention, a reply to it, a follow-up in its thread. */
  addressed: boolean
  /** Its words follow a mention of Aeries, which is not among them. */
  called?: true
  /** What the message points at: replied to or forwarded. Data for one turn: never stored, never evidence about anybody. */
  quotes: readonly Quote[]
  /** What comes with the message and was not read, named for the model so that it cannot pretend: `the file plan.pdf`. */
  unread: readonly string[]
  /** What comes with it and may be read. Data for one turn, as quotes are; of a message out of the ledger there is none. */
  files?: readonly AttachedFile[]
}>

/** What a platform says of a file that came with a message, and its bytes for whoever asks. */
export type AttachedFile = Readonly<{
  name: string
  mediaType: string | undefined
  /** So many it has, as the platform says. */
  bytes: number
  /**
   * Its first bytes, at most so many, from the platform's own hosts alone. Throws `RefusedError` when it is not handed out,
   * `UnavailableError` for a fault on the way, or the signal's reason.
   */
  read(most: number, signal: AbortSignal): Promise<Readonly<{ bytes: Uint8Array; isWhole: boolean }>>
}>

/** Somebody's words that the asker points at. */
export type Quote = Readonly<{
  /** Known when the platform says it: a quote that stands in the history anyway is not told twice. */
  message: MessageId | undefined
  /** `undefined`: nobody knows (a forwarded message keeps no author). */
  author: string | undefined
  /** Whose account it is, where the platform says so. */
  person?: PersonId | undefined
  /** Aeries itself said it. */
  own: boolean
  text: string
}>
