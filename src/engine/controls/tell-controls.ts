import { scopeHeardIn } from '#src/core/learning-scope.ts'
import type { Log } from '#src/core/log.ts'
import { conversationOf } from '#src/core/place.ts'
import type { KnownTurn } from '#src/core/revisions.ts'
import { type Signal, signalSource } from '#src/core/signal.ts'
import type { Store } from '#src/core/store.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import type { LearningParts } from '#src/engine/learning-parts.ts'

type Parts = Readonly<{
  store: Pick<Store, 'learning' | 'history'>
  learning?: LearningParts | undefined
  log: Log
}>
type Kind = 'regenerated' | 'stopped'
type Point = Readonly<{ key: string; value: string; weight: number }>

const halfLifeMs = 45 * 24 * 3_600_000
/** What a control says against an answer: less than words do. */
const weights = { regenerated: -1, stopped: -0.7 } as const satisfies Record<Kind, number>
/** Who stops an answer having read that much of what is usual finds it long; who stops it sooner may not have wanted it at all. */
const readShare = 0.6
/** The usual answer of somebody of whom nothing is known, in words. */
const usualWords = 100
/** So many answers show what is usual, of so many messages that are looked at. */
const leastBefore = 3
const lookBack = 20

/**
 * Leaves it to learning that somebody did not want an answer as it is, if they may be learnt from. Asking for another one is a word on
 * its quality, since the reason is not told; ending one is a word on its length, if much of it was read: `shown`. Never rejects.
 */
export async function tellControl(parts: Parts, kind: Kind, known: KnownTurn, at: Date, shown = ''): Promise<void> {
  const { store, learning, log } = parts
  const { asker, place, asked, id } = known.turn
  const message = known.reply?.messages[0] ?? asked[0]?.message.id
  if (learning === undefined || message === undefined) return
  try {
    if (!(await learning.consent.mayLearn(asker.id, place))) return
    const points = await pointsOf(parts, kind, known, shown)
    if (points.length === 0) return
    const session = await store.learning.startSession(asker.id, place, at)
    const about = { person: asker.id, workspace: workspaceOf(place), scope: scopeHeardIn(place), session: session.id }
    const source = sourceOf(kind, id)
    for (const point of points) {
      const dedupe = `${source} ${at.getTime()} ${point.value}`
      const signal: Signal = { kind, ...point, halfLifeMs, at, source, message, dedupe }
      await store.learning.writeSignal(about, signal)
    }
  } catch (error) {
    log.warn({ err: error }, 'that somebody worked a control could not be learnt from')
  }
}

/** It was taken back, as if it had never been. Never rejects. */
export async function takeBackControl({ store, log }: Parts, kind: Kind, { turn }: KnownTurn): Promise<void> {
  try {
    await store.learning.retract(turn.asker.id, sourceOf(kind, turn.id))
  } catch (error) {
    log.warn({ err: error }, 'what a control had taught could not be retracted')
  }
}

async function pointsOf({ store }: Parts, kind: Kind, known: KnownTurn, shown: string): Promise<readonly Point[]> {
  const weight = weights[kind]
  if (kind === 'regenerated') return [{ key: 'quality', value: 'good', weight }]
  const { asker, asked, conversation } = known.turn
  const said = await store.history.ofPerson(asker.id, lookBack, asked[0]?.at)
  const here = said.filter(({ role, place }) => role === 'aeries' && conversationOf(place) === conversation)
  const before = here.map(({ text }) => wordsIn(text)).sort((one, other) => one - other)
  const usual = before.length < leastBefore ? usualWords : (before[before.length >> 1] ?? usualWords)
  if (wordsIn(shown) <= readShare * usual) return []
  // Of long and short there is no third.
  return [
    { key: 'reply_length', value: 'long', weight },
    { key: 'reply_length', value: 'short', weight: -weight },
  ]
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter(word => word !== '').length
}

function sourceOf(kind: Kind, turn: string) {
  return signalSource(`${kind} ${turn}`)
}
