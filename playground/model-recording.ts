import type { IncomingMessage } from 'node:http'
import { createParser } from 'eventsource-parser'
import { z } from 'zod'
import { epochNow } from './vllm-server/call.ts'
import type { CallLog, OpenCall } from './vllm-server/call-log.ts'

const record = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish() }).optional(),
        message: z.object({ content: z.string().nullish() }).optional(),
        finish_reason: z.string().nullish(),
      }),
    )
    .optional(),
  usage: z
    .object({
      prompt_tokens: z.number(),
      completion_tokens: z.number().optional(),
      prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
    })
    .nullish(),
})

/** One request to a real model as it went: what was asked, and what is answered while it passes. */
export class ModelRecording {
  readonly #log: CallLog
  readonly #call: OpenCall
  readonly #decoder = new TextDecoder()
  readonly #parser = createParser({ onEvent: ({ data }) => this.#read(data) })
  #isStream = true
  #whole = ''

  private constructor(log: CallLog, call: OpenCall) {
    this.#log = log
    this.#call = call
  }

  static of(log: CallLog, { headers }: IncomingMessage, body: Buffer): ModelRecording | undefined {
    try {
      const asked: unknown = JSON.parse(body.toString('utf8'))
      const object = z.record(z.string(), z.unknown()).parse(asked)
      const recording = new ModelRecording(log, log.open(String(headers['x-request-id'] ?? ''), headers, object))
      recording.#isStream = object['stream'] === true
      return recording
    } catch {
      return undefined // no request that a model would take
    }
  }

  /** A record of a stream counts as one token: what the server itself counted comes at its end. */
  get tokens(): number {
    return this.#call.tokensSent
  }

  begins(status: number): void {
    this.#call.status = status
    this.#call.startedAt = epochNow()
  }

  hears(chunk: Uint8Array): void {
    const text = this.#decoder.decode(chunk, { stream: true })
    if (this.#isStream) this.#parser.feed(text)
    else this.#whole += text
  }

  ends(outcome: 'finished' | 'aborted' | 'broken'): void {
    if (!this.#isStream) this.#read(this.#whole)
    const { status = 0 } = this.#call
    this.#log.close(this.#call, status >= 400 ? 'refused' : outcome)
  }

  #read(data: string): void {
    const parsed = record.safeParse(jsonOf(data))
    if (!parsed.success) return
    const { choices = [], usage } = parsed.data
    const call = this.#call
    for (const { delta, message, finish_reason: finish } of choices) {
      const text = delta?.content ?? message?.content ?? ''
      if (text !== '') {
        call.firstTokenAt ??= epochNow()
        call.tokensSent += 1
        call.text += text
      }
      if (finish) call.finish = finish
    }
    if (!usage) return
    call.promptTokens = usage.prompt_tokens
    call.cachedTokens = usage.prompt_tokens_details?.cached_tokens ?? 0
    call.tokensSent = usage.completion_tokens ?? call.tokensSent
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
