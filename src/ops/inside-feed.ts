import type { Inside, Sighting } from '#src/core/inside.ts'
import type { Telemetry, Telling } from '#src/core/telemetry.ts'

type Listener = (sighting: Sighting) => void

/** Hands every sighting to whoever looks in, at once. Nothing is kept: who comes later sees what comes later. */
export class InsideFeed implements Inside, Telemetry {
  readonly #listeners = new Set<Listener>()

  get isWatched(): boolean {
    return this.#listeners.size > 0
  }

  show(sighting: Sighting): void {
    for (const listener of this.#listeners) listener(sighting)
  }

  tell(telling: Telling): void {
    if (this.isWatched) this.show({ type: 'telling', telling })
  }

  /** Listens until disposed of. A listener never throws. */
  watch(listener: Listener): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }
}
