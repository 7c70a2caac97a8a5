import { z } from 'zod'
import type { InsideView } from '#playground/page/inside-view.ts'

const bucket = z.object({
  name: z.string(),
  limit: z.number(),
  remaining: z.number(),
  resetInMs: z.number(),
  blockedForMs: z.number(),
  inFlight: z.number(),
  waiting: z.array(z.string()),
})

const brief = z.object({
  question: z.object({
    turn: z.string().optional(),
    person: z.string(),
    place: z.object({ channel: z.string(), thread: z.string().optional() }),
  }),
  brief: z.object({
    tokens: z.number(),
    lines: z.array(z.object({ text: z.string(), trait: z.string().optional() })),
  }),
  sources: z.array(
    z.object({
      trait: z.string(),
      since: z.string(),
      scope: z.string(),
      quotes: z.array(z.object({ quote: z.string() })),
    }),
  ),
})

const signal = z.object({ kind: z.string(), key: z.string(), value: z.string(), weight: z.number() })
const claim = z.object({ kind: z.string(), slot: z.string(), value: z.string(), quote: z.string() })
const lesson = z.object({
  person: z.string(),
  statements: z.array(z.object({ claim })),
  signals: z.array(signal),
})
const opinion = z.object({
  person: z.object({ id: z.string() }),
  sign: z.string(),
  verdict: z.string().optional(),
})
const telling = z.object({ type: z.string(), outcome: z.string().optional(), reason: z.string().optional() })

const told = z.discriminatedUnion('name', [
  z.object({ name: z.literal('budget'), data: z.array(bucket) }),
  z.object({ name: z.literal('queue'), data: z.object({ waiting: z.number(), dead: z.number() }) }),
  z.object({ name: z.literal('brief'), data: brief }),
  z.object({ name: z.literal('lesson'), data: z.object({ lesson }) }),
  z.object({ name: z.literal('signal'), data: z.object({ person: z.string(), signal }) }),
  z.object({ name: z.literal('opinion'), data: z.object({ opinion, outcome: z.enum(['new', 'known']) }) }),
  z.object({ name: z.literal('retracted'), data: z.object({ person: z.string(), found: z.boolean() }) }),
  z.object({ name: z.literal('telling'), data: z.object({ telling }) }),
])

/** An event of `/inside` as the page knows it; nothing of one that it does not know. Throws what `JSON.parse` throws. */
export function readInside(name: string, data: string, at: number): InsideView | undefined {
  const read = told.safeParse({ name, data: JSON.parse(data) })
  return read.data && { ...read.data, at }
}
