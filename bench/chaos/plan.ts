import { type Place, placesOf } from './places.ts'
import { type Message, planTalk } from './plan-talk.ts'
import { planTouches, type Touch } from './plan-touches.ts'
import { planWeather } from './plan-weather.ts'
import { Random } from './random.ts'
import type { Episode } from './weather.ts'

/**
 * One life of the service: how long it lasts from where it was started or had reached its platforms, how it ends, how
 * long it stays away.
 */
export type Life = Readonly<{ from: 'start' | 'ready'; upMs: number; signal: 'SIGKILL' | 'SIGTERM'; downMs: number }>

/** Everything that is going to happen, times in milliseconds from the beginning. */
export type Plan = Readonly<{
  seed: number
  ms: number
  /** Until then no fault happens and nobody is killed: Aeries gets to know every place. */
  calmMs: number
  /** How Slack's DMs are answered: it is one setting for all. */
  slackDm: 'flat' | 'threads'
  places: readonly Place[]
  messages: readonly Message[]
  touches: readonly Touch[]
  weather: readonly Episode[]
  lives: readonly Life[]
  /** Places that are taken away. */
  removals: readonly Readonly<{ at: number; place: string }>[]
}>

/**
 * The same seed and length make the same plan. How the service's work falls between its acts differs from run to run.
 */
export function planChaos(seed: number, ms: number): Plan {
  const random = new Random(seed)
  const calmMs = Math.min(8_000, ms / 3)
  const slackDm = random.pick(['flat', 'threads'] as const)
  const places = placesOf()
  const removals = planRemovals(random, places, { calmMs, ms })
  const messages = planTalk(random, { places, removals, calmMs, ms, slackDm })
  return {
    seed,
    ms,
    calmMs,
    slackDm,
    places,
    messages,
    touches: planTouches(random, messages),
    weather: planWeather(random, { calmMs, ms }),
    lives: planLives(random, { calmMs, ms }),
    removals,
  }
}

type Span = Readonly<{ calmMs: number; ms: number }>

/** More lives than there is time for: how long each takes to start is the machine's affair. */
function planLives(random: Random, { calmMs, ms }: Span): readonly Life[] {
  // The first one is on its feet before anything goes wrong.
  const first: Life = { from: 'ready', upMs: calmMs + 1_000, signal: 'SIGKILL', downMs: 0 }
  const others = Array.from({ length: Math.ceil(ms / 1_000) }, (): Life => {
    const signal = random.chance(0.08) ? 'SIGTERM' : 'SIGKILL'
    const downMs = random.chance(0.2) ? random.whole(500, 2_000) : random.whole(0, 200)
    // Some do not live to see their first event.
    if (random.chance(0.15)) return { from: 'start', upMs: random.whole(100, 1_500), signal, downMs }
    // Some live long enough to catch up on everything that was missed.
    const upMs = random.chance(0.15) ? random.whole(8_000, 12_000) : random.whole(300, 2_500)
    return { from: 'ready', upMs, signal, downMs }
  })
  return [first, ...others]
}

/** A thread of Discord and a channel of Slack; a short run loses the thread only. */
function planRemovals(random: Random, places: readonly Place[], { calmMs, ms }: Span): Plan['removals'] {
  const at = () => random.between(calmMs + (ms - calmMs) * 0.3, ms * 0.8)
  const thread = random.pick(places.filter(({ kind }) => kind === 'thread'))
  const channel = random.pick(places.filter(({ platform, kind }) => platform === 'slack' && kind === 'channel'))
  const all = [
    { at: at(), place: thread.name },
    { at: at(), place: channel.name },
  ]
  return ms < 60_000 ? all.slice(0, 1) : all
}
