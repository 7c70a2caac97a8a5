import type { Rules } from '#playground/slack-server/world/rules.ts'

/** `post`: about one a second and channel. `special`: as many as posts in a workspace. `read`: history and replies. */
export type Tier = 1 | 2 | 3 | 4 | 'post' | 'special' | 'read'

type Taken = Readonly<{ method: string; tier: Tier; teamId: string; channelId: string | undefined }>

/** Slack's limits, counted by method and workspace in a sliding window. A refused call does not count. */
export class RateLimits {
  readonly #rules: Rules
  readonly #now: () => number
  readonly #calls = new Map<string, number[]>()
  /** When the next post of a channel would be due if all came at the even pace. */
  readonly #postsDue = new Map<string, number>()

  constructor(rules: Rules, now: () => number) {
    this.#rules = rules
    this.#now = now
  }

  /** Counts a call. When there is no room: the whole seconds until there is some, as Retry-After tells them. */
  take({ method, tier, teamId, channelId }: Taken): number | undefined {
    if (!this.#rules.limitsOn) return undefined
    const key = `${teamId}:${method}`
    const waitMs = Math.max(
      this.#windowWaitMs(key, this.#limitOf(method, tier)),
      tier === 'post' ? this.#postWaitMs(channelId ?? '') : 0,
    )
    if (waitMs > 0) return Math.max(1, Math.ceil(waitMs / 1_000))
    this.#calls.get(key)?.push(this.#now())
    if (tier === 'post') this.#countPost(channelId ?? '')
    return undefined
  }

  /** Calls of the running window, for people who look. */
  used(method: string, teamId: string): number {
    return this.#recent(`${teamId}:${method}`).length
  }

  reset(): void {
    this.#calls.clear()
    this.#postsDue.clear()
  }

  #limitOf(method: string, tier: Tier): number {
    const { methodLimits, tiers, burst, reads, workspacePosts } = this.#rules
    const own = methodLimits[method]
    if (own !== undefined) return own
    if (tier === 'read') return reads === 'one-a-minute' ? 1 : tiers[3] + burst
    return typeof tier === 'number' ? tiers[tier] + burst : workspacePosts
  }

  #windowWaitMs(key: string, limit: number): number {
    const recent = this.#recent(key)
    this.#calls.set(key, recent)
    const freeing = recent[recent.length - limit]
    return recent.length < limit ? 0 : (freeing ?? this.#now()) + this.#rules.windowMs - this.#now()
  }

  #recent(key: string): number[] {
    const from = this.#now() - this.#rules.windowMs
    return (this.#calls.get(key) ?? []).filter(at => at > from)
  }

  #postWaitMs(channelId: string): number {
    const { everyMs, burst } = this.#rules.posts
    const ahead = (this.#postsDue.get(channelId) ?? 0) - this.#now()
    return Math.max(0, ahead - burst * everyMs)
  }

  #countPost(channelId: string): void {
    const from = Math.max(this.#now(), this.#postsDue.get(channelId) ?? 0)
    this.#postsDue.set(channelId, from + this.#rules.posts.everyMs)
  }
}
