import type { Clock } from '#src/core/clock.ts'
import type { Limit, WritePhase } from '#src/core/surface.ts'
import { BucketWindow } from './bucket-window.ts'

/** What a writer would write if it were its turn now. */
export type Plan = Readonly<{
  bucket: string
  phase: WritePhase
  /** When its reader saw the last new text, in ms since the epoch: among equals the oldest goes first. */
  shownAt: number
}>

export interface Writer {
  /** `undefined`: nothing to write. Asked when a slot is free, so that a plan that changed while waiting counts as it is. */
  plan(): Plan | undefined
}

/** A slot in a bucket: settled once its write has come back, or given back unused. */
export type Slot = Readonly<{ plan: Plan; settle(learnt: Limit | undefined): void; giveBack(): void }>

type Waiting = { readonly writer: Writer; bucket: string; readonly grant: (slot: Slot) => void }

const order: readonly WritePhase[] = ['final', 'first', 'freeze', 'interim']
/** Idle buckets are forgotten when there are more than that; what they learnt is learnt again with the first write. */
const manyBuckets = 2_000

/**
 * Who may write next. One budget a bucket of a platform (Discord: method, route and channel; Slack: method and workspace),
 * shared by all answers in it and learnt from what the platform says of it. Slots go in the order final > first > freeze >
 * interim, among equals to the one whose shown text is the oldest.
 */
export class WriteBudget {
  readonly #clock: Clock
  readonly #buckets = new Map<string, { window: BucketWindow; waiting: Set<Waiting>; timer: Disposable | undefined }>()
  readonly #waiting = new Map<Writer, Waiting>()

  constructor(clock: Clock) {
    this.#clock = clock
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
    const waiting: Waiting = { writer, bucket, grant }
    this.#waiting.set(writer, waiting)
    this.#bucket(bucket).waiting.add(waiting)
    this.#grant(bucket)
    return promise
  }

  /** To be called when a waiting writer's plan may have changed: its stream ended, a part is full. */
  reconsider(writer: Writer): void {
    const waiting = this.#waiting.get(writer)
    if (waiting === undefined) return
    const bucket = writer.plan()?.bucket ?? waiting.bucket
    if (bucket !== waiting.bucket) {
      this.#buckets.get(waiting.bucket)?.waiting.delete(waiting)
      waiting.bucket = bucket
      this.#bucket(bucket).waiting.add(waiting)
    }
    this.#grant(bucket)
  }

  /** The platform answered 429: nobody writes in the bucket for so long. */
  block(bucket: string, ms: number): void {
    this.#bucket(bucket).window.block(this.#clock.now().getTime() + ms)
  }

  #bucket(name: string) {
    const known = this.#buckets.get(name)
    if (known) return known
    if (this.#buckets.size > manyBuckets) this.#forgetIdle()
    const made = { window: new BucketWindow(), waiting: new Set<Waiting>(), timer: undefined }
    this.#buckets.set(name, made)
    return made
  }

  #leave(writer: Writer): void {
    const waiting = this.#waiting.get(writer)
    if (waiting === undefined) return
    this.#waiting.delete(writer)
    this.#buckets.get(waiting.bucket)?.waiting.delete(waiting)
  }

  /** Gives away what may be given now, and comes back when more may. */
  #grant(name: string): void {
    const bucket = this.#bucket(name)
    bucket.timer?.[Symbol.dispose]()
    bucket.timer = undefined
    for (;;) {
      const next = best(bucket.waiting, name)
      if (next === undefined) return
      const now = this.#clock.now().getTime()
      const wait = bucket.window.waitFor(next.plan.phase, now)
      if (wait > 0) {
        bucket.timer = this.#clock.after(wait, () => this.#grant(name))
        return
      }
      bucket.window.take(next.plan.phase, now)
      this.#leave(next.waiting.writer)
      next.waiting.grant({
        plan: next.plan,
        settle: learnt => {
          bucket.window.settle(learnt, this.#clock.now().getTime())
          this.#grant(name)
        },
        giveBack: () => {
          bucket.window.giveBack()
          this.#grant(name)
        },
      })
    }
  }

  #forgetIdle(): void {
    const now = this.#clock.now().getTime()
    for (const [name, bucket] of this.#buckets) {
      if (bucket.waiting.size === 0 && bucket.window.isIdle(now)) this.#buckets.delete(name)
    }
  }
}

function best(waiting: ReadonlySet<Waiting>, bucket: string): { waiting: Waiting; plan: Plan } | undefined {
  let found: { waiting: Waiting; plan: Plan } | undefined
  for (const candidate of waiting) {
    const plan = candidate.writer.plan()
    if (plan === undefined || plan.bucket !== bucket) continue
    if (found === undefined || goesBefore(plan, found.plan)) found = { waiting: candidate, plan }
  }
  return found
}

function goesBefore(a: Plan, b: Plan): boolean {
  const rank = order.indexOf(a.phase) - order.indexOf(b.phase)
  return rank < 0 || (rank === 0 && a.shownAt < b.shownAt)
}
