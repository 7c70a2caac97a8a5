import PQueue from 'p-queue'
import type { Learning } from '#src/core/learning.ts'
import type { RightOfWay } from '#src/core/right-of-way.ts'
import { Traffic } from './traffic.ts'
import { type WorkParts, workJob } from './work-job.ts'

/** How much the observer may take of the model's time. */
export type Cadence = Readonly<{
  /** Jobs at once. */
  concurrency: number
  /** Jobs begun in a minute, evenly; infinite: as they come. */
  perMinute: number
  /** Nobody has waited for a reply for so long before a job begins, in milliseconds. */
  quietMs: number
  /** So many replies may be under way beside a job; one more ends the job. */
  beside: number
  /** A job takes no longer than that, in milliseconds. */
  timeoutMs: number
  /** Waiting jobs; the oldest are given up beyond that. */
  mostWaiting: number
}>

export type QueueParts = Omit<WorkParts, 'learning' | 'timeoutMs'> &
  Readonly<{
    learning: WorkParts['learning'] & Pick<Learning, 'nextJob' | 'nextJobAt' | 'releaseJobs' | 'dropJobs' | 'jobs'>
    cadence: Cadence
  }>

/** Exchanges of one person in one conversation that are read as one when the queue is behind. */
const exchangesAtOnce = 3
/** While the model is away: doubles from the first to the longest. */
const restMs = 5_000
const longestRestMs = 5 * 60_000
/** How often the length of the queue is looked at, in closed turns. */
const lookEvery = 16
const longestWaitMs = 3_600_000

class GaveWay extends Error {}

/**
 * Works off the observer's jobs, which are rows of the store and outlive any process. It runs beside the conversation: nobody
 * waits for it, and it gives way to everybody who waits for a reply.
 */
export class ObserverQueue implements RightOfWay, AsyncDisposable {
  readonly #parts: QueueParts
  readonly #queue: PQueue
  readonly #traffic: Traffic
  readonly #stop = new AbortController()
  #giveWay = new AbortController()
  #closedTurns = 0
  /** Until when the model is left alone, in ms since the epoch. */
  #restUntil = 0
  #rests = 0
  #timer: Disposable | undefined
  #errands: Promise<void> = Promise.resolve()

  constructor(parts: QueueParts) {
    const { concurrency, perMinute, quietMs, beside } = parts.cadence
    this.#parts = parts
    const rate = Number.isFinite(perMinute)
      ? { interval: Math.ceil(60_000 / perMinute), intervalCap: 1, strict: true }
      : {}
    this.#queue = new PQueue({ concurrency, ...rate })
    const changed = (isQuiet: boolean) => (isQuiet ? this.#goOn() : this.#pause())
    this.#traffic = new Traffic({ clock: parts.clock, quietMs, beside, changed })
  }

  /** Takes up what a process before this one left. */
  async start(): Promise<void> {
    const { learning, log } = this.#parts
    const released = await learning.releaseJobs()
    const { waiting, dead } = await learning.jobs()
    if (waiting > 0 || dead > 0) log.info({ waiting, released, dead }, 'exchanges wait to be learnt from')
    this.#look()
  }

  claim(): Disposable {
    return this.#traffic.claim()
  }

  /** A turn is closed, and may have left a job. Returns at once. */
  wake(): void {
    if (this.#closedTurns++ % lookEvery === 0) this.#errand(() => this.#bound())
    this.#look()
  }

  /** Puts back what is running. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new GaveWay())
    this.#queue.clear()
    await this.#queue.onPendingZero()
    await this.#errands
    this.#timer?.[Symbol.dispose]()
  }

  get #mayStart(): boolean {
    return !this.#stop.signal.aborted && this.#traffic.isQuiet && this.#now() >= this.#restUntil
  }

  #pause(): void {
    this.#queue.pause()
    this.#giveWay.abort(new GaveWay())
  }

  #goOn(): void {
    this.#giveWay = new AbortController()
    this.#queue.start()
    this.#look()
  }

  #look(): void {
    if (!this.#stop.signal.aborted && this.#traffic.isQuiet) this.#errand(() => this.#fill())
  }

  /** Lets a job begin if there is a place for it, or comes back when the next one is due. */
  async #fill(): Promise<void> {
    const { learning, cadence } = this.#parts
    if (this.#queue.size + this.#queue.pending >= cadence.concurrency) return
    const next = await learning.nextJobAt()
    if (next === undefined) return
    const inMs = Math.max(next.getTime(), this.#restUntil) - this.#now()
    if (inMs > 0) this.#lookIn(inMs)
    else this.#queue.add(() => this.#take()).catch((error: unknown) => this.#lament(error))
  }

  async #take(): Promise<void> {
    if (!this.#mayStart) return
    const { learning, cadence, clock } = this.#parts
    const signal = AbortSignal.any([this.#stop.signal, this.#giveWay.signal])
    const job = await learning.nextJob(clock.now(), exchangesAtOnce)
    if (job === undefined) return
    this.#look()
    if ((await workJob({ ...this.#parts, timeoutMs: cadence.timeoutMs }, job, signal)) === 'away') {
      // Others would fare no better.
      await learning.park(job.ids, this.#rest())
    } else this.#rests = 0
    this.#lookIn(0)
  }

  /** Gives up the oldest when too many wait: what somebody said lately says more. */
  async #bound(): Promise<void> {
    const { learning, cadence, log } = this.#parts
    const { waiting } = await learning.jobs()
    if (waiting <= cadence.mostWaiting) return
    const dropped = await learning.dropJobs(cadence.mostWaiting, 'too many waited')
    if (dropped > 0) log.warn({ dropped, waiting }, 'nothing is learnt from the oldest exchanges: too many wait')
  }

  #rest(): Date {
    this.#restUntil = this.#now() + Math.min(longestRestMs, restMs * 2 ** this.#rests++)
    return new Date(this.#restUntil)
  }

  #lookIn(ms: number): void {
    this.#timer?.[Symbol.dispose]()
    if (!this.#stop.signal.aborted) {
      this.#timer = this.#parts.clock.after(Math.min(ms, longestWaitMs), () => this.#look())
    }
  }

  /** One after the other, so that disposing can wait for the last. */
  #errand(task: () => Promise<void>): void {
    this.#errands = this.#errands.then(task).catch((error: unknown) => this.#lament(error))
  }

  /** What was taken and could not be put back waits for the next start. */
  #lament(error: unknown): void {
    this.#parts.log.error({ err: error }, 'the jobs of the observer could not be read or written down')
    this.#lookIn(this.#rest().getTime() - this.#now())
  }

  #now(): number {
    return this.#parts.clock.now().getTime()
  }
}
