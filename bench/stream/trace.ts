import { createRandom } from '#bench/history/random.ts'
import { createProse } from './prose.ts'

/** An answer as a model generates it: the same for every contender. */
export type Trace = Readonly<{
  tokens: readonly string[]
  /** From each token to the next, in ms. */
  gapsMs: readonly number[]
}>

export type Shape =
  | Readonly<{ type: 'steady'; perSecond: number; seconds: number }>
  /** So many tokens at once, as speculative decoding and busy servers bring them. */
  | Readonly<{ type: 'bursts'; of: number; perSecond: number; seconds: number }>
  /** A steady stream that stands still now and then, as a preempted request does. */
  | Readonly<{ type: 'stalls'; perSecond: number; stallMs: number; seconds: number }>
  | Readonly<{ type: 'tokens'; count: number; perSecond: number }>

/** The answer begins with the tag, which nothing else contains: whatever shows a piece of it can be found. */
export function createTrace(shape: Shape, tag: string, seed: number): Trace {
  const random = createRandom(seed)
  const prose = createProse(random)
  const gapsMs = [...gapsOf(shape, random)]
  const tokens = [tag, ...gapsMs.map(() => prose())]
  return { tokens, gapsMs }
}

export function durationMs({ gapsMs }: Trace): number {
  return gapsMs.reduce((sum, gap) => sum + gap, 0)
}

function* gapsOf(shape: Shape, random: () => number): Generator<number> {
  const gap = 1_000 / shape.perSecond
  switch (shape.type) {
    case 'tokens':
      for (let token = 1; token < shape.count; token += 1) yield gap
      break
    case 'steady':
      // To the millisecond, so that answers can end together.
      for (let left = shape.seconds * 1_000; left > 0; left -= gap) yield Math.min(gap, left)
      break
    case 'bursts':
      for (let token = 1; token < shape.seconds * shape.perSecond; token += 1) {
        yield token % shape.of === 0 ? gap * shape.of : 0
      }
      break
    case 'stalls':
      yield* stallingGaps(shape, gap, random)
      break
    default:
      shape satisfies never
  }
}

function* stallingGaps(
  { stallMs, seconds }: Extract<Shape, { type: 'stalls' }>,
  gap: number,
  random: () => number,
): Generator<number> {
  let untilStall = 0
  for (let ms = 0; ms < seconds * 1_000; ) {
    const isStall = untilStall <= 0
    const next = isStall && ms > 0 ? stallMs : gap
    if (isStall) untilStall = 1_500 + random() * 2_000
    untilStall -= next
    ms += next
    yield next
  }
}
