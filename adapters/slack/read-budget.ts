import type { Clock } from '#src/core/clock.ts'

export type Read = 'conversations.history' | 'conversations.replies'

/** `needed`: an answer waits for it. `nice`: it can be done without. `patient`: it is wanted, and can wait. */
export type Need = 'needed' | 'nice' | 'patient'

const minute = 60_000
/** Of tier 3's 50 calls a minute. What an answer waits for finds room beside all that nobody waits for. */
const usual = 45
const shares: Readonly<Record<Need, number>> = { needed: 1, nice: 1 / 2, patient: 2 / 3 }
/** What an app gets that is distributed outside its own workspace and not through the Marketplace, in calls and in messages of one. */
const scarce = 1
const scarcePage = 15
/** A refusal after so few calls in a minute says that only the small allowance is ours. */
const fewCalls = 10

/** How often history may be read: by method and workspace, learnt from what Slack refuses. */
export class ReadBudget {
  readonly #clock: Clock
  readonly #startedAt: number
  readonly #calls = new Map<Read, number[]>()
  readonly #blockedUntil = new Map<Read, number>()
  #perMinute = usual

  constructor(clock: Clock) {
    this.#clock = clock
    this.#startedAt = this.#now()
  }

  get isScarce(): boolean {
    return this.#perMinute === scarce
  }

  /** Whether a read may go out now; if so, it counts. */
  take(read: Read, need: Need): boolean {
    if (this.waitMs(read, need) > 0) return false
    this.#recent(read).push(this.#now())
    return true
  }

  /** The milliseconds until such a read may go out; `nice` ones may never. */
  waitMs(read: Read, need: Need): number {
    const now = this.#now()
    const allowed = this.#allowed(need)
    if (allowed === 0) return Number.POSITIVE_INFINITY
    const recent = this.#recent(read)
    const freeing = recent[recent.length - allowed]
    const room = freeing === undefined ? now : freeing + minute
    return Math.max(0, room - now, (this.#blockedUntil.get(read) ?? 0) - now)
  }

  refused(read: Read, retryAfterMs: number): void {
    const now = this.#now()
    // In its first minute it may be the calls of a process before this one that were too many.
    const isOurs = now - this.#startedAt >= minute
    if (isOurs && this.#recent(read).length <= fewCalls) this.#perMinute = scarce
    this.#blockedUntil.set(read, now + retryAfterMs)
  }

  /** Slack gave so many messages where more were asked for, and has more. */
  gaveMerely(messages: number): void {
    if (messages <= scarcePage) this.#perMinute = scarce
  }

  #allowed(need: Need): number {
    const allowed = Math.floor(this.#perMinute * shares[need])
    return need === 'patient' ? Math.max(1, allowed) : allowed
  }

  #recent(read: Read): number[] {
    const now = this.#now()
    const recent = (this.#calls.get(read) ?? []).filter(at => at > now - minute)
    this.#calls.set(read, recent)
    return recent
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}
