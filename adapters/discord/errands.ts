import type { Log } from '#src/core/log.ts'
import { faultOf } from './outcomes.ts'

/** What is done beside the events, and ends with the adapter at the latest. */
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

  run(work: Promise<unknown>, errand: string): void {
    const done = work.then(
      () => undefined,
      (error: unknown) => this.#log.debug({ errand, fault: faultOf(error) }, 'an errand failed'),
    )
    this.#running.add(done)
    void done.then(() => this.#running.delete(done))
  }

  async end(): Promise<void> {
    this.#closing.abort(new Error('the Discord adapter was closed'))
    await Promise.all(this.#running)
  }
}
