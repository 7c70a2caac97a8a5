import type { Awaitable } from '#src/core/awaitable.ts'
import type { Clock } from '#src/core/clock.ts'

/** `cure`: what the operator can do about it. */
export type Finding = Readonly<{ state: 'ok' } | { state: 'fault'; cause: string; cure: string }>

/** Something without which nobody is answered. */
export type Check = Readonly<{ name: string; look(signal: AbortSignal): Awaitable<Finding> }>

export type Looked = Readonly<{ name: string }> & Finding

/** How long a finding holds: whoever asks oftener hears it again, so that nobody can keep us busy by asking. */
const holdsMs = 2_000
/** Whoever asks gets an answer before their own patience ends (Docker and Prometheus give up after some 10 s). */
const lookWithinMs = 4_000

/** Whether Aeries can answer, as it is now. */
export class Readiness {
  readonly #checks: readonly Check[]
  readonly #clock: Clock
  #lookedAt = Number.NEGATIVE_INFINITY
  #latest: readonly Looked[] = []
  #looking: Promise<readonly Looked[]> | undefined

  constructor(checks: readonly Check[], clock: Clock) {
    this.#checks = checks
    this.#clock = clock
  }

  /** What the last look found. Looks anew when that was too long ago, without waiting for it. */
  get latest(): readonly Looked[] {
    void this.look()
    return this.#latest
  }

  /** Never rejects. */
  async look(): Promise<readonly Looked[]> {
    if (this.#clock.now().getTime() - this.#lookedAt < holdsMs) return this.#latest
    this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = undefined
    })
    return await this.#looking
  }

  async #lookAtAll(): Promise<readonly Looked[]> {
    this.#latest = await Promise.all(this.#checks.map(check => this.#lookAt(check)))
    this.#lookedAt = this.#clock.now().getTime()
    return this.#latest
  }

  async #lookAt({ name, look }: Check): Promise<Looked> {
    const patience = new AbortController()
    const late = Promise.withResolvers<Looked>()
    using _ = this.#clock.after(lookWithinMs, () => {
      patience.abort(new Error('too late'))
      late.resolve({ name, state: 'fault', cause: `nothing was heard within ${lookWithinMs / 1_000} s`, cure: ask })
    })
    const looked = (async () => ({ name, ...(await look(patience.signal)) }))()
    return await Promise.race([late.promise, looked]).catch(() => brokeOff(name))
  }
}

const ask = 'npm run doctor looks closer.'

function brokeOff(name: string): Looked {
  return { name, state: 'fault', cause: 'the look at it broke off', cure: ask }
}
