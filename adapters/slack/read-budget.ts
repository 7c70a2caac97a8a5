import type { Clock } from '#src/core/clock.ts'

export type Read = 'conversations.history' | 'conversations.replies'

/** `needed`: an answer waits for it. `nice`: it can be done without. */
export type Need = 'needed' | 'nice'

const minute = 60_000
/** Of tier 3's 50 calls a minute. What is merely nice leaves half of them to what is needed. */
const usual = 45
/** What an app gets that is distributed outside its own workspace and not through the Marketplace. */
const scarce = 1
/** A refusal after so few calls in a minute says that only the small allowance is ours. */
const fewCalls = 10

/** How often history may be read: by method and workspace, learnt from what Slack refuses. */
export class ReadBudget {
  readonly #clock: Clock
  readonly #calls = new Map<Read, number[]>()
  readonly #blockedUntil = new Map<Read, number>()
  #perMinute = usual

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether a read may go out now; if so, it counts. */
  take(read: Read, need: Need): boolean {
    const now = this.#clock.now().getTime()
    const recent = this.#recent(read, now)
    const allowed = need === 'needed' ? this.#perMinute : Math.floor(this.#perMinute / 2)
    if (now < (this.#blockedUntil.get(read) ?? 0) || recent.length >= allowed) return false
    recent.push(now)
    return true
  }

  refused(read: Read, retryAfterMs: number): void {
    const now = this.#clock.now().getTime()
    if (this.#recent(read, now).length <= fewCalls) this.#perMinute = scarce
    this.#blockedUntil.set(read, now + retryAfterMs)
  }

  #recent(read: Read, now: number): number[] {
    const recent = (this.#calls.get(read) ?? []).filter(at => at > now - minute)
    this.#calls.set(read, recent)
    return recent
  }
}
