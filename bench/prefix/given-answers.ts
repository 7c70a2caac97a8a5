import type { ChatModel, ChatRequest, ModelEvent } from '#src/core/model.ts'

/**
 * Another model that reads every prompt, and answers in its place, one after the other: what a small model says is far from as long as
 * what people are answered. What it generated would be of no use to its cache: the turn's own context stands before it.
 */
export class GivenAnswers implements ChatModel {
  readonly #model: ChatModel
  readonly #answers: Iterator<string>

  constructor(model: ChatModel, answers: readonly string[]) {
    this.#model = model
    this.#answers = answers.values()
  }

  contextLength(): number {
    return this.#model.contextLength()
  }

  available(signal: AbortSignal): Promise<void> {
    return this.#model.available(signal)
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    for await (const event of this.#model.stream({ ...request, maxTokens: 1 }, signal)) {
      if (event.type !== 'end') continue
      yield { type: 'text', text: this.#answers.next().value ?? '' }
      yield { ...event, reason: 'stop' }
    }
  }
}
