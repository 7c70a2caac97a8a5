import { Worker } from 'node:worker_threads'
import type { Log } from '#src/core/log.ts'

/** About 1,000 pages of 4 KiB, of which a commit changes four: what SQLite itself takes for a good measure. */
const commitsBetween = 250
/**
 * How long after a checkpoint the next one takes in what was committed under it, in ms. Only a log that is wholly in the
 * database starts over at its beginning: a burst of writes that every checkpoint falls into would let it grow.
 */
const restMs = 250
/** How long after a try to empty the log that met a reader (a backup) the next one comes, in ms. */
const emptyAgainMs = 1_000
/** How long closing waits for a checkpoint under way, in ms. */
const closingTimeoutMs = 5_000

export type CheckpointOrder = Readonly<{ path: string; state: Int32Array<SharedArrayBuffer> }>

/**
 * `TRUNCATE` also empties the log's file, for which nobody may be reading from it; `REWRITE` before that writes the database
 * anew, without the traces that rows leave behind in the unused parts of pages when they move.
 */
export type CheckpointMode = (typeof modes)[number]
const modes = ['PASSIVE', 'TRUNCATE', 'REWRITE'] as const

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
  /** Of the next checkpoint, and of the last one. */
  #mode: CheckpointMode = 'PASSIVE'
  #asked: CheckpointMode = 'PASSIVE'
  #isDisposed = false
  #thread: Worker | undefined

  constructor(path: string, log: Log | undefined) {
    this.#order = { path, state: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) }
    this.#log = log
  }

  committed(): void {
    this.#commits += 1
    if (this.#commits >= commitsBetween) this.#checkpoint()
  }

  /** Has the log emptied, soon: what was deleted stands in it, in pages from before. With `REWRITE`, in other places, too. */
  empty(mode: 'TRUNCATE' | 'REWRITE'): void {
    this.#want(mode)
    this.#checkpoint()
  }

  #want(mode: CheckpointMode): void {
    if (modes.indexOf(mode) > modes.indexOf(this.#mode)) this.#mode = mode
  }

  #checkpoint(): void {
    if (Atomics.load(this.#order.state, 0) === checkpointState.running) return
    clearTimeout(this.#rest)
    this.#commits = 0
    this.#thread ??= this.#start()
    Atomics.store(this.#order.state, 0, checkpointState.running)
    this.#thread.postMessage(this.#mode)
    // Asked for meanwhile, it is asked for once more: what was deleted after this one's end is not in it.
    this.#asked = this.#mode
    this.#mode = 'PASSIVE'
  }

  #ended(left: CheckpointMode | undefined): void {
    if (this.#isDisposed) return
    this.#asked = 'PASSIVE'
    if (left !== undefined && left !== 'PASSIVE') {
      this.#want(left)
      this.#checkpointIn(emptyAgainMs)
    } else if (this.#mode !== 'PASSIVE') this.#checkpoint()
    else if (this.#commits > 0) this.#checkpointIn(restMs)
  }

  #checkpointIn(ms: number): void {
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#checkpoint(), ms).unref()
  }

  #start(): Worker {
    const thread = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), { workerData: this.#order })
    thread.on('message', (left: CheckpointMode | undefined) => this.#ended(left))
    // Without the thread the log grows to its limit, where a commit does the work itself: slower, nothing is lost.
    thread.on('error', err => this.#log?.warn({ err }, 'checkpoint failed'))
    thread.on('exit', () => {
      Atomics.store(this.#order.state, 0, checkpointState.idle)
      this.#thread = undefined
      this.#ended(this.#asked)
    })
    thread.unref()
    return thread
  }

  /** Returns once no checkpoint touches the files any more. */
  [Symbol.dispose](): void {
    this.#isDisposed = true
    clearTimeout(this.#rest)
    if (this.#thread === undefined) return
    Atomics.wait(this.#order.state, 0, checkpointState.running, closingTimeoutMs)
    // An idle thread holds nothing that its end could tear.
    void this.#thread.terminate()
  }
}
