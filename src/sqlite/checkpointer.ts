import { Worker } from 'node:worker_threads'
import type { Log } from '#src/core/log.ts'

/** About 1,000 pages of 4 KiB, of which a commit changes four: what SQLite itself takes for a good measure. */
const commitsBetween = 250
/**
 * How long after a checkpoint the next one takes in what was committed under it, in ms. Only a log that is wholly in the
 * database starts over at its beginning: a burst of writes that every checkpoint falls into would let it grow.
 */
const restMs = 250
/** How long closing waits for a checkpoint under way, in ms. */
const closingTimeoutMs = 5_000

export type CheckpointOrder = Readonly<{ path: string; state: Int32Array<SharedArrayBuffer> }>

/** What `state[0]` says. */
export const checkpointState = { idle: 0, running: 1 } as const

/**
 * Has the write-ahead log brought into the database now and then, on a thread of its own: this waits for the disk (10 ms and
 * more), which a commit on the main thread, and every answer that is being streamed meanwhile, must not.
 */
export class Checkpointer implements Disposable {
  readonly #order: CheckpointOrder
  readonly #log: Log | undefined
  /** Since the last checkpoint began. */
  #commits = 0
  #rest: NodeJS.Timeout | undefined
  #thread: Worker | undefined

  constructor(path: string, log: Log | undefined) {
    this.#order = { path, state: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) }
    this.#log = log
  }

  committed(): void {
    this.#commits += 1
    if (this.#commits >= commitsBetween) this.#checkpoint()
  }

  #checkpoint(): void {
    if (Atomics.load(this.#order.state, 0) === checkpointState.running) return
    this.#commits = 0
    this.#thread ??= this.#start()
    Atomics.store(this.#order.state, 0, checkpointState.running)
    this.#thread.postMessage('checkpoint')
  }

  #takeRest(): void {
    if (this.#commits === 0) return
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#checkpoint(), restMs).unref()
  }

  #start(): Worker {
    const thread = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), { workerData: this.#order })
    thread.on('message', () => this.#takeRest())
    // Without the thread the log grows to its limit, where a commit does the work itself: slower, nothing is lost.
    thread.on('error', err => this.#log?.warn({ err }, 'checkpoint failed'))
    thread.on('exit', () => {
      Atomics.store(this.#order.state, 0, checkpointState.idle)
      this.#thread = undefined
    })
    thread.unref()
    return thread
  }

  /** Returns once no checkpoint touches the files any more. */
  [Symbol.dispose](): void {
    clearTimeout(this.#rest)
    if (this.#thread === undefined) return
    Atomics.wait(this.#order.state, 0, checkpointState.running, closingTimeoutMs)
    // An idle thread holds nothing that its end could tear.
    void this.#thread.terminate()
  }
}
