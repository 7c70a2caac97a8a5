import type { Clock } from '#src/core/clock.ts'
import type { WritePhase } from '#src/core/surface.ts'
import { BucketWindow, type WindowLook } from './bucket-window.ts'
import {
  mostUrgentIn,
  mostUrgentOf,
  phasesOf,
  type Slot,
  strayedFrom,
  type Urgent,
  type WaitingWriter,
  type Writer,
} from './most-urgent.ts'

/** For a write that no budget counts. */
export function freeSlot(writer: Writer, bucket: string): Slot {
  const plan = writer.plan() ?? { bucket, phase: 'interim', shownAt: 0 }
  return { plan, settle: () => {}, giveBack: () => {} }
}

type Bucket = {
  readonly name: string
  readonly platform: Platform
  readonly window: BucketWindow
  readonly waiting: Set<WaitingWriter>
  timer: Disposable | undefined
}

/** What all buckets of a platform share, and those of them that wait for nothing else. */
type Platform = {
  readonly window: BucketWindow | undefined
  readonly ready: Set<Bucket>
  timer: Disposable | undefined
}

/** A bucket as it stands, and what waits in it, most urgent first. */
export type BucketLook = WindowLook & Readonly<{ name: string; waiting: readonly WritePhase[] }>

/** What a bucket is taken for until the platform has said otherwise: Discord's observed 5 writes in 5 s. */
const assumed = { limit: 5, windowMs: 5_000 }
const secondMs = 1_000
/** Idle buckets are forgotten when there are more than that; what they learnt is learnt again with the first write. */
const manyBuckets = 2_000

/**
 * Who may write next. One budget a bucket of a platform (Discord: method, route and channel; Slack: method and workspace),
 * shared by all answers in it and learnt from what the platform says of it; above it what the platform allows over all of
 * its buckets. Slots go in the order final > first > freeze > interim, among equals to the one whose shown text is the oldest.
 */
export class WriteBudget {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()
  readonly #platforms = new Map<string, Platform>()
  readonly #waiting = new Map<Writer, WaitingWriter>()

  /** `perSecond`: writes in a second over all buckets of a platform, by its name, which is what its buckets' names begin with. */
  constructor(clock: Clock, perSecond: Readonly<Record<string, number>> = {}) {
    this.#clock = clock
    for (const [platform, limit] of Object.entries(perSecond)) {
      const window = new BucketWindow({ limit, windowMs: secondMs })
      this.#platforms.set(platform, { window, ready: new Set(), timer: undefined })
    }
  }

  /** How many wait for a slot. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** All buckets that are not idle, for people who look. */
  look(): readonly BucketLook[] {
    const now = this.#now()
    return [...this.#buckets.values()]
      .filter(({ window, waiting }) => waiting.size > 0 || !window.isIdle(now))
      .map(({ name, window, waiting }) => ({ name, ...window.look(now), waiting: phasesOf(waiting) }))
  }

  /** Resolves when the writer may write; rejects with the signal's reason. One wait a writer at a time. */
  slot(writer: Writer, bucket: string, signal: AbortSignal): Promise<Slot> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<Slot>()
    const leave = () => {
      this.#leave(writer)
      reject(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
    const grant = (slot: Slot) => {
      signal.removeEventListener('abort', leave)
      resolve(slot)
    }
    const waiting: WaitingWriter = { writer, bucket, grant }
    this.#waiting.set(writer, waiting)
    this.#bucket(bucket).waiting.add(waiting)
    this.#offer(this.#bucket(bucket))
    return promise
  }

  /** To be called when a waiting writer's plan may have changed: its stream ended, a part is full. */
  reconsider(writer: Writer): void {
    const waiting = this.#waiting.get(writer)
    if (waiting !== undefined) this.#offer(this.#bucket(waiting.bucket))
  }

  /** The platform answered 429: nobody writes in the bucket for so long. */
  block(bucket: string, ms: number): void {
    this.#bucket(bucket).window.block(this.#now() + ms)
    this.#offer(this.#bucket(bucket))
  }

  #offer(bucket: Bucket): void {
    this.#sendOn(bucket)
    this.#arm(bucket)
    this.#giveAway(bucket.platform)
  }

  /** A plan may turn out to be for another bucket only here, since words that nobody looked at yet may fill a message. */
  #sendOn(bucket: Bucket): void {
    for (const { waiting, name } of strayedFrom(bucket)) {
      bucket.waiting.delete(waiting)
      waiting.bucket = name
      this.#bucket(name).waiting.add(waiting)
      this.#offer(this.#bucket(name))
    }
  }

  /** Puts the bucket where it waits next: for its own window, for the platform as a whole, or for nothing. */
  #arm(bucket: Bucket): void {
    bucket.timer?.[Symbol.dispose]()
    bucket.timer = undefined
    bucket.platform.ready.delete(bucket)
    const next = mostUrgentIn(bucket)
    if (next === undefined) return
    const wait = bucket.window.waitFor(next.plan, this.#now(), bucket.waiting.size === 1)
    if (wait > 0) bucket.timer = this.#clock.after(wait, () => this.#offer(bucket))
    else bucket.platform.ready.add(bucket)
  }

  /** Gives slots to the ready buckets, the most urgent plan first, as long as the platform as a whole allows. */
  #giveAway(platform: Platform): void {
    platform.timer?.[Symbol.dispose]()
    platform.timer = undefined
    for (let next = mostUrgentOf(platform.ready); next; next = mostUrgentOf(platform.ready)) {
      const wait = platform.window?.waitFor(next.plan, this.#now()) ?? 0
      if (wait > 0) {
        platform.timer = this.#clock.after(wait, () => {
          for (const bucket of [...platform.ready]) this.#sendOn(bucket)
          this.#giveAway(platform)
        })
        return
      }
      this.#give(next)
      this.#arm(next.bucket)
    }
  }

  #give({ bucket, waiting, plan }: Urgent<Bucket>): void {
    const windows = [bucket.window, bucket.platform.window]
    for (const window of windows) window?.take(plan, this.#now())
    this.#leave(waiting.writer)
    waiting.grant({
      plan,
      settle: learnt => {
        bucket.window.settle(learnt, this.#now())
        bucket.platform.window?.settle(undefined, this.#now())
        this.#offer(bucket)
      },
      giveBack: () => {
        for (const window of windows) window?.giveBack()
        this.#offer(bucket)
      },
    })
  }

  #leave(writer: Writer): void {
    const waiting = this.#waiting.get(writer)
    if (waiting === undefined) return
    this.#waiting.delete(writer)
    this.#buckets.get(waiting.bucket)?.waiting.delete(waiting)
  }

  #bucket(name: string): Bucket {
    const known = this.#buckets.get(name)
    if (known) return known
    if (this.#buckets.size > manyBuckets) this.#forgetIdle()
    const platform = this.#platform(name.slice(0, name.indexOf(':')))
    const made: Bucket = { name, platform, window: new BucketWindow(assumed), waiting: new Set(), timer: undefined }
    this.#buckets.set(name, made)
    return made
  }

  #platform(name: string): Platform {
    const known = this.#platforms.get(name)
    if (known) return known
    const made: Platform = { window: undefined, ready: new Set(), timer: undefined }
    this.#platforms.set(name, made)
    return made
  }

  #forgetIdle(): void {
    for (const [name, bucket] of this.#buckets) {
      if (bucket.waiting.size === 0 && bucket.window.isIdle(this.#now())) this.#buckets.delete(name)
    }
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}
