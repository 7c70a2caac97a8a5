import type { Clock } from '#src/core/clock.ts'
import type { Cohorts } from '#src/core/cohorts.ts'
import type { Consent, LearningMode } from '#src/core/consent.ts'
import type { Feedback } from '#src/core/feedback.ts'
import type { Learning } from '#src/core/learning.ts'
import type { Log } from '#src/core/log.ts'
import type { Notebook } from '#src/core/notebook.ts'
import type { Preferences } from '#src/core/preferences.ts'
import type { RightOfWay } from '#src/core/right-of-way.ts'
import type { StructuredModel } from '#src/core/structured-model.ts'
import type { Telemetry } from '#src/core/telemetry.ts'
import { type BriefWriter, createBriefWriter } from './brief-writer.ts'
import { CohortMaker } from './cohorts/cohort-maker.ts'
import { createLender } from './cohorts/create-lender.ts'
import { createConsent } from './consent.ts'
import { createFeedback } from './feedback/create-feedback.ts'
import { HourlySweep } from './hourly-sweep.ts'
import { createNotebook } from './notebook.ts'
import { createObserve } from './observe-exchange.ts'
import type { Observe } from './queue/observe.ts'
import { type Cadence, ObserverQueue } from './queue/observer-queue.ts'

export type ObserverParts = Readonly<{
  learning: Learning
  cohorts: Cohorts
  preferences: Preferences
  model: StructuredModel
  mode: LearningMode
  /** See `ConsentParts`. */
  places?: ReadonlyMap<string, LearningMode>
  cadence: Cadence
  /** Tokens of a brief, at most. */
  briefTokens: number
  /** Tokens of a text, as the prompt counts them. */
  countTokens(text: string): number
  /** Instead of asking the model, for measurements. */
  observe?: Observe
  clock: Clock
  log: Log
  telemetry?: Telemetry | undefined
}>

/** All that learns about people, and what the conversation needs of it. Disposing puts back what is being read. */
export interface Observer extends AsyncDisposable {
  readonly briefs: BriefWriter
  readonly briefTokens: number
  readonly consent: Consent
  readonly notebook: Notebook
  readonly rightOfWay: RightOfWay
  readonly feedback: Feedback
  /** Goes on with what a process before this one left. */
  start(): Promise<void>
  /** A turn is closed. Returns at once. */
  wake(): void
}

/** Of a job's time: what is left is for keeping what patterns found, should the model never answer. */
export const modelShare = 0.9

export function createObserver(parts: ObserverParts): Observer {
  const {
    learning,
    cohorts,
    preferences,
    model,
    mode,
    places,
    cadence,
    briefTokens,
    countTokens,
    clock,
    log,
    telemetry,
  } = parts
  const consent = createConsent({ preferences, mode, places, now: () => clock.now() })
  const observe = parts.observe ?? createObserve({ model, clock, timeoutMs: cadence.timeoutMs * modelShare })
  const queue = new ObserverQueue({ learning, consent, observe, cadence, clock, log, telemetry })
  const lender = createLender({ cohorts, preferences, mode, places, log })
  const maker = new CohortMaker({ cohorts, preferences, mode, places })
  const sweeps = [
    new HourlySweep({ step: at => learning.tidy(at), what: 'taking out what is of no use any more', clock, log }),
    new HourlySweep({ step: at => maker.step(at), what: 'making cohorts', clock, log }),
  ]
  return {
    briefs: createBriefWriter({ learning, lender, count: countTokens, log, telemetry, budget: briefTokens }),
    briefTokens,
    consent,
    notebook: createNotebook(learning, lender),
    rightOfWay: queue,
    feedback: createFeedback({ learning, consent, telemetry }),
    async start() {
      await queue.start()
      for (const sweep of sweeps) sweep.start()
    },
    wake: () => queue.wake(),
    async [Symbol.asyncDispose]() {
      for (const sweep of sweeps) await sweep[Symbol.asyncDispose]()
      await queue[Symbol.asyncDispose]()
    },
  }
}
