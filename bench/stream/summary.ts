import { Timings } from '#bench/frame/timings.ts'
import { meanOf } from './age.ts'
import { ageBound } from './age-bound.ts'
import { type Judged, slotsAt } from './judge.ts'
import { limitsOf } from './limits.ts'
import type { Played } from './perform.ts'
import type { LoggedWrite } from './stage.ts'

/** One scenario of one contender, in ms and counts. */
export type Summary = Readonly<{
  answers: number
  /** Of that many answers nothing is known: their model was not asked, or was left. */
  unanswered: number
  firstTextMs: Spread
  finalMs: Spread
  /** Answers whose complete text was never shown. */
  neverWhole: number
  meanAgeMs: number
  p95AgeMs: number
  /** As those see it who asked: in a channel of Slack they see more of a native stream than others. */
  askersMeanAgeMs: number
  /** The least mean age that the limits allow, with one slot of a window held back. */
  boundMs: number
  /** The highest mean age of one answer, as a multiple of the mean of all that share its limit. */
  unfairness: number
  writes: number
  identicalWrites: number
  /** Answers 429 that the weather did not make. */
  refused429: number
  /** Of these, the ones by the limit over all routes. */
  refusedGlobally: number
  lostLetters: number
  doubledLetters: number
  /** Answers whose text is not what was generated. */
  spoilt: number
  /** Slowest complete text of a channel of Discord against the earliest time that its bucket allowed, the worst channel. */
  beyondLimitMs: number
  /** From the end of a channel's answers to the earliest time that its bucket allowed the last complete text, the worst channel. */
  soonestMs: number
  /** Answers that began with a single letter: the first token of each has more. */
  scantBegins: number
}>

type Spread = Readonly<{ p50: number; p95: number; max: number }>

export function summarise({ scenario, stage, channels }: Played, judged: readonly Judged[]): Summary {
  const ids = new Set(channels.map(({ id }) => id))
  const writes = stage.writes().filter(({ channel }) => ids.has(channel))
  const inChannels = [...Map.groupBy(judged, ({ channel }) => channel).values()]
  const limits = limitsOf(scenario)
  const inBuckets = limits.shared === 'channel' ? inChannels : [judged]
  const planned = channels.reduce((sum, { answers }) => sum + answers.length, 0)
  return {
    answers: judged.length,
    unanswered: planned - judged.length,
    firstTextMs: spread(judged.map(({ firstTextMs }) => firstTextMs)),
    finalMs: spread(judged.map(({ finalMs }) => finalMs ?? Number.NaN)),
    neverWhole: judged.filter(({ finalMs }) => finalMs === undefined).length,
    meanAgeMs: round(meanOf(joined(judged))),
    p95AgeMs: round(nearestRank(joined(judged), 95)),
    askersMeanAgeMs: round(weightedMean(judged)),
    boundMs: round(
      ageBound(
        inBuckets.map(answers => answers.map(lifeOf)),
        limits,
      ),
    ),
    unfairness: Math.max(1, ...inBuckets.map(unfairnessOf)),
    writes: writes.filter(({ isAccepted }) => isAccepted).length,
    identicalWrites: scenario.situation === 'weather' ? 0 : identicalIn(writes),
    refused429: writes.filter(isRefused).length,
    refusedGlobally: writes.filter(write => stage.platform === 'discord' && isRefused(write) && !write.bucket).length,
    lostLetters: sum(judged.map(({ lost }) => lost)),
    doubledLetters: sum(judged.map(({ doubled }) => doubled)),
    spoilt: judged.filter(({ isSame }) => !isSame).length,
    ...(stage.platform === 'discord' ? endsOf(inChannels, writes) : { beyondLimitMs: 0, soonestMs: 0 }),
    scantBegins: judged.filter(({ film }) => film.find(({ letters }) => letters > 0)?.letters === 1).length,
  }
}

function endsOf(inChannels: readonly (readonly Judged[])[], writes: readonly LoggedWrite[]) {
  return {
    beyondLimitMs: round(Math.max(...inChannels.map(answers => beyondLimit(answers, writes)))),
    soonestMs: round(Math.max(...inChannels.map(answers => soonestWhole(answers, writes)))),
  }
}

/** How much later than possible the last of several texts that end together is complete. */
export function beyondLimit(answers: readonly Judged[], writes: readonly LoggedWrite[]): number {
  const last = Math.max(...answers.map(({ endedAt, finalMs }) => endedAt + (finalMs ?? Number.NaN)))
  return last - endOf(answers) - soonestWhole(answers, writes)
}

/**
 * From the end of several answers until the limit lets the last of them be whole. What was left in the bucket at their
 * end is the contender's own doing; from there the limit allows so many at once, and the rest with the next window.
 */
function soonestWhole(answers: readonly Judged[], writes: readonly LoggedWrite[]): number {
  const [{ channel } = { channel: '' }] = answers
  const end = endOf(answers)
  const { remaining, resetAt } = slotsAt(writes, channel, 'PATCH', end)
  const left = answers.filter(({ finalMs, endedAt }) => endedAt + (finalMs ?? Number.POSITIVE_INFINITY) > end).length
  const windows = Math.max(0, Math.ceil((left - remaining) / windowLimit))
  return windows === 0 ? 0 : resetAt + (windows - 1) * windowMs - end
}

function endOf(answers: readonly Judged[]): number {
  return Math.max(...answers.map(({ endedAt }) => endedAt))
}

/** As the stand-in has them. */
const windowLimit = 5
const windowMs = 5_000

function isRefused({ status, isStruck }: LoggedWrite): boolean {
  return status === 429 && !isStruck
}

function lifeOf({ generated }: Judged) {
  return { from: generated[0]?.at ?? 0, to: generated.at(-1)?.at ?? 0 }
}

function unfairnessOf(answers: readonly Judged[]): number {
  const mean = meanOf(answers.map(({ meanAgeMs }) => meanAgeMs))
  return mean === 0 ? 1 : round(Math.max(...answers.map(({ meanAgeMs }) => meanAgeMs)) / mean)
}

/** Writes of a message that show what the one before showed. */
function identicalIn(writes: readonly LoggedWrite[]): number {
  const last = new Map<string, string>()
  let identical = 0
  for (const { message, content, isAccepted } of writes) {
    if (!isAccepted || message === undefined || content === undefined) continue
    if (last.get(message) === content) identical += 1
    last.set(message, content)
  }
  return identical
}

/** Over all moments of all answers, as the mean age is. */
function weightedMean(judged: readonly Judged[]): number {
  const moments = sum(judged.map(({ askerAges }) => askerAges.length))
  return sum(judged.map(({ askerAges }) => meanOf(askerAges) * askerAges.length)) / Math.max(1, moments)
}

function joined(judged: readonly Judged[]): Float32Array {
  const all = new Float32Array(sum(judged.map(({ ages }) => ages.length)))
  let at = 0
  for (const { ages } of judged) {
    all.set(ages, at)
    at += ages.length
  }
  return all
}

export function spread(ms: readonly number[]): Spread {
  const timings = new Timings()
  for (const one of ms) if (Number.isFinite(one)) timings.add(one)
  const { p50, p95, max } = timings.percentiles()
  return { p50: round(p50), p95: round(p95), max: round(max) }
}

function nearestRank(values: Float32Array, percent: number): number {
  const sorted = values.toSorted()
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
