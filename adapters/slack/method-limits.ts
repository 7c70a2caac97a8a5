import type { Clock } from '#src/core/clock.ts'
import type { Limit } from '#src/core/surface.ts'

/** The methods whose limits are kept: all that show something, and what is asked about people and channels. */
export type Limited =
  | 'agents.sessions.setStatus'
  | 'assistant.threads.setStatus'
  | 'chat.appendStream'
  | 'chat.postMessage'
  | 'chat.startStream'
  | 'chat.stopStream'
  | 'chat.update'
  | 'conversations.info'
  | 'users.conversations'
  | 'users.info'

/** At most so many calls in so many milliseconds; `window` is the same as a pace without a rush at its start. */
type Tier = Readonly<{ calls: number; perMs: number; window: Readonly<{ limit: number; ms: number }> }>

const minute = 60_000
const unpaced = { limit: 100, ms: 1_000 }

/**
 * Slack's tiers by the minute, less a little, since it counts by a clock of its own; Slack names them as minimums, and a
 * post a second and channel with short bursts. The engine is told short windows, so that it keeps an even pace: a minute's
 * worth spent at once would be followed by a minute of silence. Who rushes through the windows waits for the minute.
 */
const tiers: Readonly<Record<Limited, Tier>> = {
  'agents.sessions.setStatus': { calls: 45, perMs: minute, window: unpaced },
  // Of this one Slack says nothing but that its tier is a special one.
  'assistant.threads.setStatus': { calls: 90, perMs: minute, window: unpaced },
  'chat.appendStream': { calls: 94, perMs: minute, window: { limit: 12, ms: 7_700 } },
  'chat.postMessage': { calls: 3, perMs: 3_000, window: { limit: 1, ms: 1_000 } },
  // Their places are taken before anybody waits for a slot, so that there is nothing to pace.
  'chat.startStream': { calls: 18, perMs: minute, window: unpaced },
  'chat.stopStream': { calls: 18, perMs: minute, window: unpaced },
  'chat.update': { calls: 47, perMs: minute, window: { limit: 8, ms: 10_250 } },
  'conversations.info': { calls: 45, perMs: minute, window: unpaced },
  'users.conversations': { calls: 45, perMs: minute, window: unpaced },
  'users.info': { calls: 90, perMs: minute, window: unpaced },
}

/** After a 429 in spite of all that, a share of the tier is used, which grows back with time. */
const shareAfterRefusal = 0.6
const leastShare = 0.25
const growthPerMinute = 0.05
/** Far more than channels that are written to within seconds. */
const manyBudgets = 1_000

type Spent = { readonly tier: Tier; sent: number[]; windowFrom: number; windowUsed: number; blockedUntil: number }

/**
 * What a workspace's limits have left, as far as our own calls tell: of its budgets Slack says nothing but Retry-After.
 * They count by method and workspace, posts also by channel.
 */
export class MethodLimits {
  readonly #clock: Clock
  readonly #budgets = new Map<string, Spent>()
  #share = 1
  #sharedAt = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Takes a call's place in its budget. Gives the milliseconds until there is one when there is none now; else 0. `share`: so
   * much of the budget is for calls like this one.
   */
  take(method: Limited, channel: string, share = 1): number {
    const now = this.#now()
    const spent = this.#spent(method, channel)
    const wait = this.#waitFor(spent, now, share)
    if (wait > 0) return wait
    spent.sent.push(now)
    if (now >= spent.windowFrom + this.#windowMs(spent.tier, now)) {
      spent.windowFrom = now
      spent.windowUsed = 0
    }
    spent.windowUsed += 1
    return 0
  }

  /** Slack answered 429. */
  refused(method: Limited, channel: string, retryAfterMs: number): void {
    const now = this.#now()
    const spent = this.#spent(method, channel)
    spent.blockedUntil = Math.max(spent.blockedUntil, now + retryAfterMs)
    this.#share = Math.max(leastShare, this.#shareAt(now) * shareAfterRefusal)
    this.#sharedAt = now
  }

  /** What the engine may spend, in the words of a platform that publishes its limits. */
  limit(method: Limited, channel: string): Limit {
    const now = this.#now()
    const spent = this.#spent(method, channel)
    const { tier, windowFrom, windowUsed } = spent
    const { limit } = tier.window
    const left = Math.max(0, windowFrom + this.#windowMs(tier, now) - now)
    const remaining = left === 0 ? limit : Math.max(0, limit - windowUsed)
    // What was not used of the tier's time is for ends; a window of it stays for whatever comes next.
    const unused = this.#allowed(spent, now) - spent.sent.length - limit
    return { limit, remaining, resetAfterMs: Math.ceil(left), spare: Math.min(limit, Math.max(0, unused)) }
  }

  #waitFor(spent: Spent, now: number, share: number): number {
    const allowed = this.#allowed(spent, now, share)
    const freeing = spent.sent[spent.sent.length - allowed]
    const room = freeing === undefined ? now : freeing + spent.tier.perMs
    return Math.max(0, spent.blockedUntil - now, room - now)
  }

  /** So many calls at most in the tier's time up to now; what is older is forgotten. */
  #allowed(spent: Spent, now: number, share = 1): number {
    const { calls, perMs } = spent.tier
    spent.sent = spent.sent.filter(at => at > now - perMs)
    return Math.max(1, Math.floor(calls * share * this.#shareAt(now)))
  }

  #windowMs({ window }: Tier, now: number): number {
    return window.ms / this.#shareAt(now)
  }

  #shareAt(now: number): number {
    return Math.min(1, this.#share + (growthPerMinute * (now - this.#sharedAt)) / minute)
  }

  #spent(method: Limited, channel: string): Spent {
    const name = method === 'chat.postMessage' ? `${method} ${channel}` : method
    const known = this.#budgets.get(name)
    if (known) return known
    if (this.#budgets.size >= manyBudgets) this.#forgetIdle()
    const made = {
      tier: tiers[method],
      sent: [],
      windowFrom: Number.NEGATIVE_INFINITY,
      windowUsed: 0,
      blockedUntil: 0,
    }
    this.#budgets.set(name, made)
    return made
  }

  #forgetIdle(): void {
    const now = this.#now()
    for (const [name, { sent, tier, blockedUntil }] of this.#budgets) {
      if (blockedUntil <= now && sent.every(at => at <= now - tier.perMs)) this.#budgets.delete(name)
    }
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}
