import type { Brief } from '#src/core/brief.ts'
import type { HistoryMessage } from '#src/core/history.ts'
import type { Reason } from '#src/core/own-data.ts'
import type { Written } from './write-reply.ts'

/** What the last prompt of a turn held, for its asker to ask for. */
export class KeptReason {
  readonly #persona: string
  readonly #model: string
  #reason: Reason | undefined
  /** Of the last prompt. */
  promptTokens = 0

  constructor(persona: string, model: string) {
    this.#persona = persona
    this.#model = model
  }

  readonly keep = (lines: Brief['lines'], history: readonly HistoryMessage[], tokens: number): void => {
    this.promptTokens = tokens
    const [first, last] = [history[0], history.at(-1)]
    this.#reason = {
      lines,
      window: first && last && { messages: history.length, from: first.at, to: last.at },
      persona: this.#persona,
      model: this.#model,
    }
  }

  /** Into what was written: who spoke, and why so, if a model was asked for it. */
  put(written: Written): Written {
    const reply = { ...written.reply, persona: this.#persona }
    return { ...written, reply: this.#reason === undefined ? reply : { ...reply, reason: this.#reason } }
  }
}
