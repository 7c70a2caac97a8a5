import type { Log } from '#src/core/log.ts'
import { faultOf } from './faults.ts'

/** What is done beside the events and the answers. A failure is nobody's loss; all of it ends with the adapter. */
export class Errands {
  readonly #log: Log
  readonly #closing = new AbortController()
  readonly #running = new Set<Promise<void>>()

  constructor(log: Log) {
    this.#log = log
  }

  get signal(): AbortSignal {
    return this.#closing.signal
  }

  run(errand: string, work: (signal: AbortSignal) => Promise<unknown>): void {
    if (this.#closing.signal.aborted) return
    const done = work(this.#closing.signal).then(
      () => undefined,
      (error: unknown) => this.#log.debug({ errand, fault: faultOf(error) }, 'an errand failed'),
    )
    this.#running.add(done)
    void done.then(() => this.#running.delete(done))
  }

  /** Ends all errands and waits for them. */
  async end(): Promise<void> {
    this.#closing.abort(new Error('the Slack adapter was closed'))
    await Promise.all(this.#running)
  }
}
