import type { Awaitable } from '#src/core/awaitable.ts'
import type { Clock } from '#src/core/clock.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { Button, ReplySurface, WritePhase } from '#src/core/surface.ts'
import type { TurnOutcome } from '#src/core/turn.ts'
import type { Draft } from '#src/core/turns.ts'
import type { AnswerEvent } from './answer-event.ts'
import type { AnswerButtons } from './controls/answer-buttons.ts'
import type { UntilFirstWord } from './first-word.ts'
import type { ReplyTimes } from './reply-times.ts'
import type { Standing } from './standing.ts'
import type { Pace } from './view-parts.ts'
import type { WriteBudget } from './write-budget.ts'

/**
 * Why a turn goes on after its writing ended: the model is away, the question has grown, this process stops and the next one
 * takes it up, or somebody else does.
 */
export type Pending = 'away' | 'anew' | 'parked' | 'let go'

/** What became of an answer that broke, and what its reader is told; `pending`: its turn goes on. */
export type Explained = Readonly<{ outcome: TurnOutcome; words: string | undefined; pending?: Pending | undefined }>

/** What one reply is written from. */
export type ReplyParts = Readonly<{
  /** Begins the keys of its writes: mostly the turn's id. */
  key: string
  surface: ReplySurface
  /** What stands there stays until this reply has words. */
  fallsBack?: boolean
  pace: Pace
  budget: WriteBudget
  clock: Clock
  log: Log
  times: ReplyTimes
  /** What an earlier try put there. */
  stands?: Standing | undefined
  /** Shown under the reply once it is whole; known at the latest with its first words. */
  note?: string | (() => string | undefined) | undefined
  /** Shown with the note. */
  offers?: readonly Button[] | undefined
  /** Shown under a notice in which the reply ends. */
  buttons?: readonly Button[] | undefined
  /** Shown under its newest words, and under its last ones. */
  controls?: AnswerButtons | undefined
  /** Opens the model's stream. */
  ask(signal: AbortSignal): AsyncIterable<AnswerEvent>
  /** Ends the answer where it is; what was generated still lands. */
  stop: AbortSignal
  /** End it as well, while this try has no word. */
  untilFirstWord?: UntilFirstWord
  /** The question has grown: nothing of this try is wanted, but a write that is under way arrives. Not aborted after `onWriting`. */
  anew?: AbortSignal | undefined
  /** What became of an answer whose stream broke, and what its reader is told: under the words, or in their place. `isNew`: this try brought words. */
  explain(error: unknown, hasWords: boolean, isNew: boolean): Explained
  /** The message shows another reply, as far as anybody knows. */
  isOfAnother(message: MessageId): Awaitable<boolean>
  /** The first words go out: from now on somebody may have seen the answer. */
  onWriting(): void
  /** These words are about to be shown, by a write of that phase. */
  onDraft(draft: Draft, phase: WritePhase): Awaitable<void>
  /** A part stands on the platform. */
  onShown(part: number, message: MessageId): Awaitable<void>
  /** Takes a message off the platform that shows nothing of the reply any more. */
  remove(message: MessageId): Awaitable<void>
}>
