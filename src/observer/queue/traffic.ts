import type { Clock } from '#src/core/clock.ts'
import type { RightOfWay } from '#src/core/right-of-way.ts'

export type TrafficParts = Readonly<{
  clock: Clock
  /** How long nobody may have waited for a reply before anything else asks the model, in milliseconds. */
  quietMs: number
  /** So many replies may be under way beside it. */
  beside: number
  /** It became quiet, or is no more. Must not throw. */
  changed(isQuiet: boolean): void
}>

/** Who waits for a reply at this moment. Others ask the model only while it is quiet. */
export class Traffic implements RightOfWay {
  readonly #parts: TrafficParts
  #claims = 0
  #isQuiet = true
  #soon: Disposable | undefined

  constructor(parts: TrafficParts) {
    this.#parts = parts
  }

  get isQuiet(): boolean {
    return this.#isQuiet
  }

  claim(): Disposable {
    this.#claims++
    this.#look()
    let isClaimed = true
    return {
      [Symbol.dispose]: () => {
        if (isClaimed) this.#claims--
        isClaimed = false
        this.#look()
      },
    }
  }

  #look(): void {
    const { clock, quietMs, beside } = this.#parts
    if (this.#claims > beside) {
      this.#soon?.[Symbol.dispose]()
      this.#soon = undefined
      this.#become(false)
    } else if (!this.#isQuiet) {
      this.#soon ??= clock.after(quietMs, () => {
        this.#soon = undefined
        this.#become(true)
      })
    }
  }

  #become(isQuiet: boolean): void {
    if (isQuiet === this.#isQuiet) return
    this.#isQuiet = isQuiet
    this.#parts.changed(isQuiet)
  }
}
