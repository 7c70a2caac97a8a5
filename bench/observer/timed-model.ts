import type { ChatModel, ChatRequest, ModelEvent } from '#src/core/model.ts'

/** Another model, and when the first words of its newest answer came. */
export class TimedModel implements ChatModel {
  readonly #model: ChatModel
  /** By `performance.now()`. */
  firstTextAt = Number.NaN

  constructor(model: ChatModel) {
    this.#model = model
  }

  contextLength(): number {
    return this.#model.contextLength()
  }

  available(signal: AbortSignal): Promise<void> {
    return this.#model.available(signal)
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    let isFirst = true
    for await (const event of this.#model.stream(request, signal)) {
      if (isFirst && event.type === 'text') this.firstTextAt = performance.now()
      isFirst &&= event.type !== 'text'
      yield event
    }
  }
}
