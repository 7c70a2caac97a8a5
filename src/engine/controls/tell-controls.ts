import { type Signal, scopeHeardIn, signalSource, workspaceOf } from '#src/core/learning.ts'
import type { Log } from '#src/core/log.ts'
import type { KnownTurn } from '#src/core/revisions.ts'
import type { Store } from '#src/core/store.ts'
import type { LearningParts } from '#src/engine/learning-parts.ts'

type Parts = Readonly<{ store: Pick<Store, 'learning'>; learning?: LearningParts | undefined; log: Log }>
type Kind = 'regenerated' | 'stopped'

const halfLifeMs = 45 * 24 * 3_600_000
/** What a control says against an answer: less than words do. */
const weights = { regenerated: -1, stopped: -0.7 } as const satisfies Record<Kind, number>

/** Leaves it to learning that somebody did not want an answer as it is, if they may be learnt from. Never rejects. */
export async function tellControl(parts: Parts, kind: Kind, { turn, reply }: KnownTurn, at: Date): Promise<void> {
  const { store, learning, log } = parts
  const { asker, place, asked } = turn
  const message = reply?.messages[0] ?? asked[0]?.message.id
  if (learning === undefined || message === undefined) return
  try {
    if (!(await learning.consent.allows(asker.id, place))) return
    const session = await store.learning.startSession(asker.id, place, at)
    const about = { person: asker.id, workspace: workspaceOf(place), scope: scopeHeardIn(place), session: session.id }
    const source = sourceOf(kind, turn.id)
    const signal: Signal = {
      kind,
      key: 'quality',
      value: 'good',
      weight: weights[kind],
      halfLifeMs,
      at,
      source,
      message,
      dedupe: `${source} ${at.getTime()}`,
    }
    await store.learning.writeSignal(about, signal)
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

function sourceOf(kind: Kind, turn: string) {
  return signalSource(`${kind} ${turn}`)
}
