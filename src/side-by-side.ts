import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'

type Parts = Readonly<{ withinMs: number; clock: Clock; log: Log }>

/**
 * Things of which none needs another at its end: they end at the same time, and what has not ended `withinMs` is left behind.
 * Never rejects: one that fails keeps nothing from ending after it.
 */
export class SideBySide implements AsyncDisposable {
  readonly #parts: Parts
  readonly #things: AsyncDisposable[] = []

  constructor(parts: Parts) {
    this.#parts = parts
  }

  use<Thing extends AsyncDisposable>(thing: Thing): Thing {
    this.#things.push(thing)
    return thing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { withinMs, clock, log } = this.#parts
    const late = Promise.withResolvers<void>()
    using _ = clock.after(withinMs, () => {
      log.info({ ms: withinMs }, 'something does not say goodbye and is left behind')
      late.resolve()
    })
    await Promise.race([Promise.all(this.#things.map(thing => this.#end(thing))), late.promise])
  }

  async #end(thing: AsyncDisposable): Promise<void> {
    try {
      await thing[Symbol.asyncDispose]()
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'something did not end as it should')
    }
  }
}
