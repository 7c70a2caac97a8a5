import type { Limit } from '#src/core/surface.ts'
import type { Plan } from './most-urgent.ts'

type WindowPlan = Pick<Plan, 'phase' | 'isPaused'>

/** `remaining` writes of `limit` may go until the window is over; none at all while it is blocked by a 429. */
export type WindowLook = Readonly<{
  limit: number
  remaining: number
  resetInMs: number
  blockedForMs: number
  inFlight: number
}>

/**
 * Who writes alone in a bucket gets the slot that is kept so shortly before the window is over: an end that comes then waits
 * for the next window, and no longer than that.
 */
const endMs = 100
/** A model that pauses over and over hurries one write in so many ms: the others would run out of the window. */
const hurryMs = 4_000
/** Windows shorter than that are about many buckets, and nobody is alone there. */
const longMs = 2_000

/** One bucket's allowance as far as the platform told it: so many writes in a window that begins with its first write. */
export class BucketWindow {
  #limit: number
  #windowMs: number
  #remaining: number
  #resetAt = 0
  #blockedUntil = 0
  /** Interim writes keep their step from here. */
  #paceFrom = Number.NEGATIVE_INFINITY
  #inFlight = 0
  /** When a write last went that need not have waited for its step. */
  #hurriedAt = Number.NEGATIVE_INFINITY
  /** Beyond what remains, for ends alone. */
  #spare = 0

  /** What is assumed until the platform has said otherwise. */
  constructor({ limit, windowMs }: Readonly<{ limit: number; windowMs: number }>) {
    this.#limit = limit
    this.#remaining = limit
    this.#windowMs = windowMs
  }

  /**
   * Milliseconds until such a write may go; 0: now. Finals may take the last slot, and what is spare. All others leave one, so that an
   * answer that ends while others stream in the bucket is whole at once, and the platform never sees the bucket empty before a
   * first text; where something is spare, that is what is left to them. Interim writes keep an even step from whatever was
   * written last, since a burst now is a stale text later; but words behind which the model has paused are the newest for a while, so
   * some of those need not wait for their step. `isAlone`: nobody else waits in the bucket.
   */
  waitFor({ phase, isPaused = false }: WindowPlan, now: number, isAlone = false): number {
    const isInterim = phase === 'interim'
    const kept = phase === 'final' || this.#spare > 0 ? 0 : 1
    const open = phase === 'final' && this.#spare > 0 ? now : this.#openAt(1 + kept, now, isInterim && isAlone)
    const isHurried = isAlone && isPaused && this.#mayHurry(now)
    const step = isInterim && !isHurried ? this.#paceFrom + this.#step(kept, isAlone) : 0
    return Math.max(0, Math.max(open, this.#blockedUntil, step) - now)
  }

  take({ phase, isPaused = false }: WindowPlan, now: number): void {
    if (now >= this.#resetAt) {
      this.#remaining = this.#limit
      this.#resetAt = now + this.#windowMs
    }
    if (this.#remaining > 0) this.#remaining--
    else this.#spare--
    this.#inFlight++
    if (phase === 'interim' && isPaused && now < this.#paceFrom + this.#step(1, true)) this.#hurriedAt = now
    // With its last slot a window is over, and a whole one begins: half a step between them gives the least mean age.
    this.#paceFrom = this.#remaining === 0 && this.#spare <= 0 ? now - this.#step(1, true) / 2 : now
  }

  /** The slot was not used after all. */
  giveBack(): void {
    this.#inFlight--
    this.#remaining++
  }

  /** A write came back, with what its response said of the bucket. */
  settle(learnt: Limit | undefined, now: number): void {
    this.#inFlight--
    if (learnt === undefined) return
    this.#limit = learnt.limit
    // The first write of a window hears its whole length; a later one only what is left of it.
    if (learnt.remaining === learnt.limit - 1) this.#windowMs = learnt.resetAfterMs
    this.#remaining = learnt.remaining - this.#inFlight
    this.#spare = (learnt.spare ?? 0) + Math.min(0, this.#remaining)
    this.#resetAt = now + learnt.resetAfterMs
  }

  block(until: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, until)
  }

  /** How it stands, for people who look. */
  look(now: number): WindowLook {
    const isOver = now >= this.#resetAt
    return {
      limit: this.#limit,
      remaining: isOver ? this.#limit : Math.max(0, this.#remaining),
      resetInMs: isOver ? 0 : this.#resetAt - now,
      blockedForMs: Math.max(0, this.#blockedUntil - now),
      inFlight: this.#inFlight,
    }
  }

  isIdle(now: number): boolean {
    return this.#inFlight === 0 && now >= this.#resetAt && now >= this.#blockedUntil
  }

  #mayHurry(now: number): boolean {
    return this.#inFlight === 0 && now >= this.#hurriedAt + hurryMs
  }

  #openAt(needed: number, now: number, isAlone: boolean): number {
    const isOpen = now >= this.#resetAt || this.#remaining >= Math.min(needed, this.#limit)
    if (isOpen) return now
    return isAlone && this.#remaining > 0 ? Math.max(now, this.#resetAt - this.#endMs) : this.#resetAt
  }

  #step(kept: number, isAlone: boolean): number {
    return (this.#windowMs - (isAlone ? this.#endMs : 0)) / Math.max(1, this.#limit - kept)
  }

  get #endMs(): number {
    return this.#windowMs < longMs ? 0 : endMs
  }
}
