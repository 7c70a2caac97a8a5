import type { MessageId } from './ids.ts'
import type { Quote } from './message.ts'

/**
 * What a write is to the reader, most urgent last text first: `first` shows a part that was not there, `interim` grows it,
 * `freeze` gives a full part its lasting form, `final` ends the reply.
 */
export type WritePhase = 'first' | 'interim' | 'freeze' | 'final'

/** One write of one part of a reply. */
export type Write = Readonly<{
  /** The same for every try of the same part of the same turn, also after a crash: a repeated send finds the first one. At most 25 characters (Discord's nonce). */
  key: string
  /** From 0. Later parts arrive silently. */
  part: number
  phase: WritePhase
  /** The part's committed, undecorated, only growing text. Closing a fence, converting, appending or replacing is the adapter's craft. */
  text: string
  /** A word of Aeries about the reply, shown under it and told apart from it: cut off, too long. */
  note?: string
  /** A word of Aeries stands here in place of the reply: nobody's feedback is asked for, and the reply may still take its place. */
  notice?: true
  /** Shown under the text, in this order; a tap comes back as a `button` control. */
  buttons?: readonly Button[]
  /** The message that shows the part already; absent: a new one. */
  message?: MessageId
}>

/** `action`: what a tap on it asks for, at most 60 characters. */
export type Button = Readonly<{ action: string; label: string }>

/**
 * What a platform said of a budget: `remaining` more writes until `resetAfterMs` from now, of `limit` in a window. `spare`: so
 * many beyond those may be written without delay, once; where windows are our own even pace, there is room for ends.
 */
export type Limit = Readonly<{ limit: number; remaining: number; resetAfterMs: number; spare?: number }>

/** Expected outcomes are values. Every one but `gone` may be tried again. */
export type WriteOutcome =
  | Readonly<{ outcome: 'written'; message: MessageId; limit?: Limit }>
  | Readonly<{ outcome: 'rate-limited'; retryAfterMs: number }>
  /** It may have been written or not: a time-out, a broken connection, a 5xx. The same key repeats it safely. */
  | Readonly<{ outcome: 'unknown'; cause: unknown }>
  /**
   * The message, the place or the permission is gone, or the platform refuses this text for good: stop writing. `isMissing`: it is
   * the message that was to be edited: somebody took it away.
   */
  | Readonly<{ outcome: 'gone'; cause: unknown; isMissing?: true }>

/** What was said in a thread before Aeries was called into it. */
export type Earlier = Readonly<{ quotes: readonly Quote[]; unread: readonly string[] }>

/**
 * The place where one reply gets written: it knows the message that it answers. It states facts and does single writes;
 * pacing, splitting and repeating live once, in the engine. No method throws but for an aborted signal.
 */
export interface ReplySurface {
  /** Buttons may stand under words that still grow; mostly they come with the last ones. */
  readonly growsWithButtons?: boolean
  /** A write is read at once and costs nothing: each word goes out as it comes, and no budget counts it. */
  readonly isInstant?: true
  /** How much of one message the text takes as really sent in that phase: at most 1 fits. Pure. */
  measure(text: string, phase: WritePhase): number
  /** The text as really sent in that phase: equal strings look equal, so the second need not be sent. Pure. */
  render(text: string, phase: WritePhase): string
  /** The budget that such a write draws from; all answers whose buckets have the same name share it. */
  bucket(write: Pick<Write, 'phase' | 'message' | 'notice'>): string
  write(write: Write, signal: AbortSignal): Promise<WriteOutcome>
  /**
   * The message that a send of this write made, if the platform has it, also one that a process before this one sent. The text
   * may have grown since.
   */
  find(write: Write, signal: AbortSignal): Promise<MessageId | undefined>
  /** Puts a file under the reply. */
  attach(file: Readonly<{ name: string; content: string }>, key: string, signal: AbortSignal): Promise<WriteOutcome>
  remove(message: MessageId, signal: AbortSignal): Promise<WriteOutcome>
  /**
   * Shows that Aeries is writing. Platforms forget it after seconds (Discord: 10), so it is repeated, with the same signal: that is
   * aborted once words stand there, or the turn is over without any.
   */
  typing(signal: AbortSignal): Promise<void>
  /** Nothing more is written here for now, if anything was: whoever waits at the other end need not. Told at least once, and never throws. */
  over?(): void
  /** Reads the root and the last messages of the thread it answers in, without the answered one. Outside threads: nothing. */
  earlier(signal: AbortSignal): Promise<Earlier>
}
