import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import { faultOf } from './faults.ts'

/** What is under way when the adapter ends gets so long: it clears what would otherwise stand there without us. */
const goodbyeMs = 1_000

/** What is done beside the events and the answers. A failure is nobody's loss; all of it ends with the adapter. */
export class Errands {
  readonly #log: Log
  readonly #clock: Clock
  readonly #closing = new AbortController()
  readonly #running = new Set<Promise<void>>()

  constructor(log: Log, clock: Clock) {
    this.#log = log
    this.#clock = clock
  }

  get signal(): AbortSignal {
    return this.#closing.signal
  }

  /** Resolves when it is done, done or not. */
  run(errand: string, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    if (this.#closing.signal.aborted) return Promise.resolve()
    const done = work(this.#closing.signal).then(
      () => undefined,
      (error: unknown) => this.#log.debug({ errand, fault: faultOf(error) }, 'an errand failed'),
    )
    this.#running.add(done)
    return done.finally(() => this.#running.delete(done))
  }

  /** Lets all errands finish for a moment, then ends them and waits for them. */
  async end(): Promise<void> {
    const idle = new AbortController()
    const tooLong = this.#clock.sleep(goodbyeMs, idle.signal).catch(() => undefined)
    await Promise.race([tooLong, Promise.all(this.#running)])
    idle.abort()
    this.#closing.abort(new Error('the Slack adapter was closed'))
    await Promise.all(this.#running)
  }
}
