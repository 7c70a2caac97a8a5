import type { Claim, ClaimKind, Slot } from '#src/core/claim.ts'
import { slots } from '#src/core/claim.ts'
import { type MessageId, messageId, type PersonId } from '#src/core/ids.ts'
import { type LearningScope, type Sight, scopeHeardIn, scopesTellableIn } from '#src/core/learning-scope.ts'
import type { Lesson, Statement } from '#src/core/lesson.ts'
import type { Place } from '#src/core/place.ts'
import type { SessionId } from '#src/core/session.ts'
import { type Signal, signalSource } from '#src/core/signal.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { signalWeights } from '#src/observer/signals.ts'
import { statementOf } from '#src/observer/statements.ts'
import { aPerson, dm } from './an-event.ts'

let count = 0

const start = Date.parse('2026-03-02T09:00:00Z')
export const dayMs = 24 * 3_600_000
export const mira = aPerson('Mira').id

/** So many ms after the start. */
export function when(ms: number): Date {
  return new Date(start + ms)
}

export type StatementSketch = Readonly<{
  slot?: Slot
  value?: string
  kind?: ClaimKind
  polarity?: 1 | -1
  quote?: string
  message?: MessageId
  at?: number
  lastsMs?: number
}>

/** Somebody likes tea, unless told otherwise; each call is another message. */
export function aStatement(sketch: StatementSketch = {}): Statement {
  const { slot = 'likes', value = 'tea', kind = 'preference', polarity = 1, at = 0, lastsMs } = sketch
  const message = sketch.message ?? messageId('test', undefined, 'dm-mira', `said-${++count}`)
  const quote = sketch.quote ?? `it is ${value}`
  const { sensitivity } = slots[slot]
  const claim: Claim = {
    ...{ kind, slot, value, polarity, quote, message, sensitivity, lastsMs },
    start: 0,
    length: quote.length,
    source: 'model',
  }
  return statementOf(claim, when(at))
}

export type SignalSketch = Partial<Omit<Signal, 'at' | 'source'>> & Readonly<{ at?: number; source?: string }>

/** A 👍 for short answers, unless told otherwise; each call is another happening. */
export function aSignal({ at = 0, source, ...sketch }: SignalSketch = {}): Signal {
  const id = String(++count)
  const kind = sketch.kind ?? 'mild reaction'
  return {
    kind,
    key: 'reply_length',
    value: 'short',
    ...signalWeights[kind],
    at: when(at),
    source: signalSource(source ?? `reaction-${id}`),
    message: messageId('test', undefined, 'dm-mira', `about-${id}`),
    dedupe: `happening-${id}`,
    ...sketch,
  }
}

export type LessonSketch = Readonly<{
  person?: PersonId
  place?: Place
  scope?: LearningScope
  session?: number
  statements?: readonly Statement[]
  signals?: readonly Signal[]
}>

/** What Mira's DM taught, unless told otherwise. */
export function aLesson(sketch: LessonSketch = {}): Lesson {
  const { person = mira, place = dm, session = 1, statements = [], signals = [] } = sketch
  return {
    ...{ person, statements, signals },
    workspace: workspaceOf(place),
    scope: sketch.scope ?? scopeHeardIn(place),
    session: String(session) as SessionId,
  }
}

/** What a reply to that person there may tell. */
export function aSight(place: Place = dm, person: PersonId = mira): Sight {
  return { person, workspace: workspaceOf(place), scopes: scopesTellableIn(place) }
}
