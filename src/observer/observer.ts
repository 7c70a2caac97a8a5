import type { Clock } from '#src/core/clock.ts'
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
import { createConsent } from './consent.ts'
import { createFeedback } from './feedback/create-feedback.ts'
import { createNotebook } from './notebook.ts'
import { createObserve } from './observe-exchange.ts'
import type { Observe } from './queue/observe.ts'
import { type Cadence, ObserverQueue } from './queue/observer-queue.ts'
import { Tidying } from './tidying.ts'

export type ObserverParts = Readonly<{
  learning: Learning
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
const modelShare = 0.9

export function createObserver(parts: ObserverParts): Observer {
  const { learning, preferences, model, mode, places, cadence, briefTokens, countTokens, clock, log, telemetry } = parts
  const consent = createConsent({ preferences, mode, places, now: () => clock.now() })
  const observe = parts.observe ?? createObserve({ model, clock, timeoutMs: cadence.timeoutMs * modelShare })
  const queue = new ObserverQueue({ learning, consent, observe, cadence, clock, log, telemetry })
  const tidying = new Tidying({ learning, clock, log })
  return {
    briefs: createBriefWriter({ learning, count: countTokens, log, telemetry, budget: briefTokens }),
    briefTokens,
    consent,
    notebook: createNotebook(learning),
    rightOfWay: queue,
    feedback: createFeedback({ learning, consent, telemetry }),
    async start() {
      await queue.start()
      tidying.start()
    },
    wake: () => queue.wake(),
    async [Symbol.asyncDispose]() {
      await tidying[Symbol.asyncDispose]()
      await queue[Symbol.asyncDispose]()
    },
  }
}
