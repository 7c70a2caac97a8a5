import type { Clock } from '#src/core/clock.ts'
import { UnavailableError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import type { ChatModel } from '#src/core/model.ts'
import type { Person } from '#src/core/person.ts'
import type { Persona } from '#src/core/persona.ts'
import type { Place } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import type { Earlier, ReplySurface } from '#src/core/surface.ts'
import type { Reply, Turn, TurnOutcome } from '#src/core/turn.ts'
import { askModel } from './ask-model.ts'
import { Interruption, ShuttingDown, Stopped } from './interruption.ts'
import type { Pace } from './reply-view.ts'
import { cutOffNote, restingNotice, shutdownNote } from './words.ts'
import type { WriteBudget } from './write-budget.ts'
import { writeReply } from './write-reply.ts'

export type AnswerParts = Readonly<{
  store: Store
  model: ChatModel
  budget: WriteBudget
  clock: Clock
  log: Log
  persona(place: Place): Persona
  /** How a reply grows there for that person; `live` unless said otherwise. */
  pace?(place: Place, asker: Person): Pace
  /** IANA name of the zone that the model is told the time in. */
  timeZone: string
  /** Tokens that an answer may take. */
  maxTokens: number
}>

export type Try = Readonly<{
  turn: Turn
  surface: ReplySurface
  earlier: Earlier
  /** Ends the answer where it is; its words still land. */
  stop: AbortSignal
  /** The first write goes out: from now on somebody may have seen the answer. */
  onWriting(): void
  /** Somebody sees the answer. */
  onShown(): void
}>

/** One try at a turn: asks the model and writes its answer as it grows. Rejects when the signal is aborted, with its reason. */
export async function answerTurn(parts: AnswerParts, attempt: Try, signal: AbortSignal): Promise<Reply> {
  const { store, model, budget, clock, timeZone, maxTokens } = parts
  const { turn, surface, earlier, stop, onWriting } = attempt
  const log = parts.log.child({ turn: turn.id })
  const question = { turn, persona: parts.persona(turn.place), earlier, now: clock.now(), timeZone, maxTokens }
  return await writeReply(
    {
      turn: turn.id,
      surface,
      pace: parts.pace?.(turn.place, turn.asker) ?? 'live',
      budget,
      clock,
      log,
      ask: asking => askModel(model, store.history, question, asking),
      stop,
      explain: (error, hasWords) => explain(error, hasWords, log, signal),
      onWriting,
      onShown: async (part, message) => {
        attempt.onShown()
        try {
          await store.turns.shown(turn.id, part, message)
        } catch (error) {
          // The end of the turn writes all of them down once more.
          log.warn({ err: error }, 'a part that stands on the platform could not be recorded yet')
        }
      },
    },
    signal,
  )
}

/** A fault is told kindly, once, and logged once: here is where both are decided. */
function explain(
  error: unknown,
  hasWords: boolean,
  log: Log,
  signal: AbortSignal,
): Readonly<{ outcome: TurnOutcome; words: string | undefined }> {
  const outcome = hasWords ? 'cut off' : 'failed'
  if (error instanceof ShuttingDown && !signal.aborted)
    return { outcome, words: hasWords ? shutdownNote : restingNotice }
  if (error instanceof Stopped) return { outcome: 'stopped', words: undefined }
  if (error instanceof Interruption) return { outcome, words: undefined }
  if (error instanceof UnavailableError) log.warn({ err: error, hasWords }, 'the model is away')
  else log.error({ err: error, hasWords }, 'the model could not be asked')
  return { outcome, words: hasWords ? cutOffNote : restingNotice }
}
