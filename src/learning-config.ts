import { z } from 'zod'
import { type LearningMode, learningModes } from '#src/core/consent.ts'

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

export const learningMode = z.enum(learningModes, `must be one of ${learningModes.join(', ')}`)

const form = 'must be PLATFORM:WORKSPACE[:CHANNEL]=on, ask or off, with commas between them (slack:T024BE7LD=ask)'
const place = /^([a-z]+:[\w-]+(?::[\w-]+)?)\s*=\s*(\w+)$/

/** `slack:T024BE7LD=ask, discord:-:1234=off`. */
export const learningPlaces = z.string().transform((text, context): ReadonlyMap<string, LearningMode> => {
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
