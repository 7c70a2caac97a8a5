import type { Clock } from '#src/core/clock.ts'
import type { ChatModel, ChatRequest, ModelEvent } from '#src/core/model.ts'

/** One step of an answer: some text, so many ms without, the word `(pause)` that the model pauses or `(length)` that it is cut, or what breaks it. */
export type Step = string | number | Error

/** A model that says what a test tells it to, and keeps what it was asked. */
export class ScriptedModel implements ChatModel {
  readonly requests: ChatRequest[] = []
  aborted = 0
  context = 16_384
  readonly #clock: Clock
  readonly #script: (request: ChatRequest) => readonly Step[]

  constructor(clock: Clock, script: (request: ChatRequest) => readonly Step[]) {
    this.#clock = clock
    this.#script = script
  }

  contextLength(): number {
    return this.context
  }

  /** Resolves once a server is there. */
  there: Promise<void> = Promise.resolve()

  async available(signal: AbortSignal): Promise<void> {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
    await Promise.race([this.there, aborted])
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    this.requests.push(request)
    try {
      for (const step of this.#script(request)) {
        signal.throwIfAborted()
        if (step instanceof Error) throw step
        if (typeof step === 'number') await this.#clock.sleep(step, signal)
        else if (step === '(length)') yield { type: 'end', reason: 'length', usage: undefined }
        else if (step === '(pause)') yield { type: 'pause' }
        else yield { type: 'text', text: step }
      }
      if (this.#script(request).at(-1) !== '(length)') yield { type: 'end', reason: 'stop', usage: undefined }
    } finally {
      if (signal.aborted) this.aborted++
    }
  }
}
