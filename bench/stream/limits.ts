import type { Scenario } from './scenario.ts'

/** So many writes in so long; `held`: of these so many are not for growing text. */
export type Rate = Readonly<{ writes: number; windowMs: number; held: number }>

/** What growing text may spend, as the stand-ins have it. */
export type Limits = Readonly<{
  bucket: Rate
  /** Above all buckets. */
  overall: Rate | undefined
  /** Which answers have a bucket in common: those of a channel, or all of the scenario. */
  shared: 'channel' | 'scenario'
}>

const discord: Limits = {
  bucket: { writes: 5, windowMs: 5_000, held: 1 },
  overall: { writes: 50, windowMs: 1_000, held: 1 },
  shared: 'channel',
}
const minute = 60_000
/** `chat.update` is of tier 3, `chat.appendStream` of tier 4, each counted over the whole workspace. */
const slackUpdates: Limits = {
  bucket: { writes: 50, windowMs: minute, held: 1 },
  overall: undefined,
  shared: 'scenario',
}
const slackAppends: Limits = { ...slackUpdates, bucket: { writes: 100, windowMs: minute, held: 1 } }

export function limitsOf({ platform, setting }: Pick<Scenario, 'platform' | 'setting'>): Limits {
  if (platform === 'discord') return discord
  return setting === 'channel' ? slackUpdates : slackAppends
}
