import { ConfigError } from '#src/core/errors.ts'
import type { ChatModel, ChatRequest, ModelEvent, Usage } from '#src/core/model.ts'

/** Another model, whose server tells how much of each prompt its cache served. */
export class CountingModel implements ChatModel {
  readonly #model: ChatModel
  readonly #requests: ChatRequest[] = []
  readonly #usages: Usage[] = []

  constructor(model: ChatModel) {
    this.#model = model
  }

  /** Tokens of each prompt, and how many of them needed no prefill. */
  get turns(): readonly Readonly<{ prompt: number; cached: number }>[] {
    return this.#usages.map(({ promptTokens, cachedTokens }) => {
      if (cachedTokens !== undefined) return { prompt: promptTokens, cached: cachedTokens }
      throw new ConfigError(
        'The server does not tell what its cache served: start it with --enable-prompt-tokens-details.',
      )
    })
  }

  get requests(): readonly ChatRequest[] {
    return this.#requests
  }

  contextLength(): number {
    return this.#model.contextLength()
  }

  available(signal: AbortSignal): Promise<void> {
    return this.#model.available(signal)
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    this.#requests.push(request)
    for await (const event of this.#model.stream(request, signal)) {
      if (event.type === 'end' && event.usage) this.#usages.push(event.usage)
      yield event
    }
  }
}
