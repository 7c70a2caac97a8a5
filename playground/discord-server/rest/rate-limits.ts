import { createHash } from 'node:crypto'
import type { Limit, Rules } from '#playground/discord-server/world/rules.ts'

/** Which limit a request falls under, and what of its path counts apart (channel, guild, webhook token). */
export type BucketKey = Readonly<{ method: string; route: string; major: string; kind: BucketKind }>

export type BucketKind = 'writes' | 'interaction' | 'other'

/** A bucket after a request, as the headers tell it. */
export type BucketState = Readonly<{
  hash: string
  limit: number
  remaining: number
  /** When the window ends, in milliseconds since 1970. */
  resetAt: number
}>

export type Verdict = Readonly<{ allowed: boolean; state: BucketState }>

type Window = { until: number; used: number }

/** Counts requests in windows that open with their first request. */
export class RateLimits {
  readonly #rules: Rules
  readonly #now: () => number
  readonly #windows = new Map<string, Window>()

  constructor(rules: Rules, now: () => number) {
    this.#rules = rules
    this.#now = now
  }

  /** Counts a request in its bucket. A refused one does not count. */
  take(key: BucketKey): Verdict {
    const limit = this.#limitFor(key)
    const name = this.#nameFor(key)
    // POST and PATCH of messages carry one hash. Whether they share a count is a rule of its own.
    const counter = key.kind === 'writes' && !this.#rules.writesCountTogether ? `${key.method} ${name}` : name
    const { allowed, window } = this.#count(`${counter}:${key.major}`, limit)
    const remaining = Math.max(0, limit.limit - window.used)
    return { allowed, state: { hash: hashOf(name), limit: limit.limit, remaining, resetAt: window.until } }
  }

  /** Counts a request against the global limit; gives the time to wait when it is spent, in milliseconds. */
  takeGlobal(): number | undefined {
    return this.takeNamed('global', { limit: this.#rules.globalPerSecond, windowMs: 1_000 })
  }

  /** Counts against a limit outside of the buckets; gives the time to wait when it is spent, in milliseconds. */
  takeNamed(name: string, limit: Limit): number | undefined {
    const { allowed, window } = this.#count(name, limit)
    return allowed ? undefined : window.until - this.#now()
  }

  /** Whether a limit outside of the buckets has been reached in its present window. */
  isSpent(name: string, { limit }: Limit): boolean {
    const window = this.#windows.get(name)
    return window !== undefined && this.#now() < window.until && window.used >= limit
  }

  #count(name: string, { limit, windowMs }: Limit): { allowed: boolean; window: Window } {
    const now = this.#now()
    let window = this.#windows.get(name)
    if (!window || now >= window.until) {
      window = { until: now + windowMs, used: 0 }
      this.#windows.set(name, window)
    }
    const allowed = window.used < limit
    if (allowed) window.used += 1
    return { allowed, window }
  }

  #limitFor({ method, route, kind }: BucketKey): Limit {
    const own = this.#rules.routes[`${method} ${route}`]
    if (own) return own
    if (kind === 'writes') return this.#rules.writes
    return kind === 'interaction' ? this.#rules.interactionWrites : this.#rules.others
  }

  #nameFor({ method, route, kind }: BucketKey): string {
    return kind === 'other' ? `${method} ${route}` : kind
  }
}

function hashOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32)
}
