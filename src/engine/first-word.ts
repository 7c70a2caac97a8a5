import type { FarewellSignals } from './farewell.ts'

/** At a stop these end a try that nothing has come of yet. */
export type UntilFirstWord = Pick<FarewellSignals, 'closing' | 'wordless'>

/** Waits with a try for its first word: an answer without one when Aeries stops is left to the next process. Disposed of when the word is there. */
export class FirstWord implements Disposable {
  readonly #until: UntilFirstWord
  readonly #leave = new AbortController()
  readonly #listening = new AbortController()

  constructor(until: UntilFirstWord) {
    this.#until = until
    this.#heed(until.wordless)
  }

  /** Ends the try. */
  get signal(): AbortSignal {
    return this.#leave.signal
  }

  /** The try has no place at the model yet: nothing of it would be lost. */
  waits(): void {
    this.#heed(this.#until.closing)
  }

  [Symbol.dispose](): void {
    this.#listening.abort()
  }

  #heed(step: AbortSignal): void {
    const leave = () => this.#leave.abort(step.reason)
    if (step.aborted) leave()
    else step.addEventListener('abort', leave, { once: true, signal: this.#listening.signal })
  }
}
