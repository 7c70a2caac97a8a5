import type { Readable } from 'node:stream'
import { z } from 'zod'

const words = z.string().nullish()
const recordSchema = z.looseObject({
  id: words,
  choices: z
    .array(
      z.looseObject({
        index: z.number().nullish(),
        delta: z.looseObject({ role: words, content: words, reasoning: words, reasoning_content: words }).nullish(),
        finish_reason: words,
        stop_reason: z.unknown().optional(),
      }),
    )
    .nullish(),
  usage: z
    .looseObject({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      total_tokens: z.number(),
      prompt_tokens_details: z.looseObject({ cached_tokens: z.number().nullish() }).nullish(),
    })
    .nullish(),
  error: z.unknown().optional(),
})
export type StreamRecord = z.infer<typeof recordSchema>
export type Usage = NonNullable<StreamRecord['usage']>

/** A streamed answer as the bare records that it is made of. */
export class Stream {
  readonly status: number
  readonly contentType: string
  readonly #body: Readable
  readonly #leave: AbortController
  /** `[DONE]` and records that are no JSON stay words. */
  #records: (StreamRecord | string)[] = []
  #raw = ''

  constructor(status: number, contentType: string, body: Readable, leave: AbortController) {
    this.status = status
    this.contentType = contentType
    this.#body = body
    this.#leave = leave
  }

  /** Reads until the end, or until so many records with words came: then the answer stays open. */
  async read(words = Number.POSITIVE_INFINITY): Promise<this> {
    let rest = ''
    // Who stops reading has not left yet.
    for await (const bytes of this.#body.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      this.#raw += bytes
      const parts = (rest + bytes).split(/\r?\n\r?\n/)
      rest = parts.pop() ?? ''
      this.#records.push(...parts.flatMap(readPart))
      if (this.said >= words) break
    }
    this.#records.push(...readPart(rest))
    return this
  }

  leave(): void {
    // The body tells of it as an error, which is our own doing.
    this.#body.on('error', () => {})
    this.#leave.abort()
  }

  get raw(): string {
    return this.#raw
  }

  get records(): readonly (StreamRecord | string)[] {
    return this.#records
  }

  get json(): readonly StreamRecord[] {
    return this.#records.filter(record => typeof record === 'object')
  }

  get choices() {
    return this.json.flatMap(({ choices }) => choices ?? [])
  }

  get text(): string {
    return this.choices.map(({ delta }) => delta?.content ?? '').join('')
  }

  get reasoning(): string {
    return this.choices.map(({ delta }) => delta?.reasoning ?? delta?.reasoning_content ?? '').join('')
  }

  /** How many records brought words. */
  get said(): number {
    return this.choices.filter(({ delta }) => delta?.content).length
  }

  /** All that there are; one is right. */
  get finishes() {
    return this.choices.filter(({ finish_reason }) => finish_reason)
  }

  get usage(): Usage | undefined {
    return this.json.findLast(({ usage }) => usage)?.usage ?? undefined
  }

  get error(): unknown {
    return this.json.find(({ error }) => error != null)?.error
  }
}

function readPart(part: string): readonly (StreamRecord | string)[] {
  const data = part
    .split(/\r?\n/)
    .filter(line => line.startsWith('data:'))
    .map(line => line.slice('data:'.length).trimStart())
    .join('\n')
  if (data === '') return []
  if (data === '[DONE]') return [data]
  try {
    return [recordSchema.parse(JSON.parse(data))]
  } catch {
    return [data]
  }
}
