import { z } from 'zod'
import { type LearningMode, learningModes } from '#src/core/consent.ts'
import { longestMs, milliseconds, oneOf, whole } from './setting-forms.ts'

/** Whether, where and how fast is learnt. */
export type LearningConfig = Readonly<{
  mode: LearningMode
  /** By `platform:workspace:channel` or `platform:workspace`. */
  places: ReadonlyMap<string, LearningMode>
  /** Tokens of a brief, at most. */
  briefTokens: number
  cadence: Readonly<{
    concurrency: number
    perMinute: number
    quietMs: number
    beside: number
    timeoutMs: number
    mostWaiting: number
  }>
}>

const form = 'must be PLATFORM:WORKSPACE[:CHANNEL]=on, ask or off, with commas between them (slack:T024BE7LD=ask)'
const place = /^([a-z]+:[\w-]+(?::[\w-]+)?)\s*=\s*(\w+)$/

/** `slack:T024BE7LD=ask, discord:-:1234=off`. */
const learningPlaces = z.string().transform((text, context): ReadonlyMap<string, LearningMode> => {
  const places = new Map<string, LearningMode>()
  for (const entry of text.split(',')) {
    const [, key = '', wanted] = place.exec(entry.trim()) ?? []
    const mode = learningModes.find(known => known === wanted)
    if (mode === undefined) context.addIssue(form)
    else if (places.has(key)) context.addIssue(`names ${key} twice`)
    else places.set(key, mode)
  }
  return places
})

/** The settings of learning, as they stand in the environment. */
export const learningSettings = {
  LEARNING: oneOf(learningModes).default('on'),
  LEARNING_PLACES: learningPlaces.optional(),
  BRIEF_TOKENS: whole(0, 600).default(500),
  OBSERVER_CONCURRENCY: whole(1, 100).default(1),
  OBSERVER_PER_MINUTE: whole(1, 60_000).default(30),
  OBSERVER_QUIET_MS: whole(0, longestMs).default(2_000),
  OBSERVER_BESIDE: whole(0, 100_000).default(0),
  OBSERVER_TIMEOUT_MS: milliseconds.default(20_000),
  OBSERVER_MAX_WAITING: whole(1, 1_000_000).default(1_000),
}

type LearningSettings = z.output<z.ZodObject<typeof learningSettings>>

export function arrangeLearning(settings: LearningSettings): LearningConfig {
  return {
    mode: settings.LEARNING,
    places: settings.LEARNING_PLACES ?? new Map(),
    briefTokens: settings.BRIEF_TOKENS,
    cadence: {
      concurrency: settings.OBSERVER_CONCURRENCY,
      perMinute: settings.OBSERVER_PER_MINUTE,
      quietMs: settings.OBSERVER_QUIET_MS,
      beside: settings.OBSERVER_BESIDE,
      timeoutMs: settings.OBSERVER_TIMEOUT_MS,
      mostWaiting: settings.OBSERVER_MAX_WAITING,
    },
  }
}
