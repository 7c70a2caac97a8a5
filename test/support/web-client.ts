import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { Agent, request } from 'undici'

export type Streamed = Readonly<Record<string, unknown>> & Readonly<{ token?: string; messageId?: string }>
type Json = Readonly<Record<string, unknown>>

/** One browser before the web door: its cookie, and its streams. */
export class WebClient implements AsyncDisposable {
  readonly url: string
  readonly #cookie: string | undefined
  readonly #agent = new Agent({ pipelining: 0, connections: null })

  constructor(url: string, cookie?: string) {
    this.url = url
    this.#cookie = cookie
  }

  async ask(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) {
    const response = await request(`${this.url}${path}`, {
      method: method as 'GET',
      headers: { ...this.#headers(body), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      dispatcher: this.#agent,
    })
    const text = await response.body.text()
    return { status: response.statusCode, headers: response.headers, json: (text === '' ? {} : parsed(text)) as Json }
  }

  /** A new conversation's id. */
  async begin(title?: string): Promise<string> {
    return String((await this.ask('POST', '/api/conversations', { ...(title && { title }) })).json['id'])
  }

  /** Opens a stream; it is read from when this resolves. */
  async stream(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<WebStream> {
    const abort = new AbortController()
    const response = await request(`${this.url}${path}`, {
      method,
      headers: { ...this.#headers(body), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      dispatcher: this.#agent,
      signal: abort.signal,
    })
    return new WebStream(response, abort)
  }

  chat(conversationId: string, message: string, headers?: Readonly<Record<string, string>>): Promise<WebStream> {
    return this.stream('POST', '/api/chat', { message, conversationId }, headers)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy()
  }

  #headers(body: unknown): Record<string, string> {
    return {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(this.#cookie !== undefined && { cookie: this.#cookie }),
    }
  }
}

type Response = Awaited<ReturnType<typeof request>>

/** One event stream, as it comes. */
export class WebStream implements AsyncDisposable {
  readonly status: number
  readonly headers: Response['headers']
  readonly events: (Streamed & Readonly<{ id: string | undefined; event: string | undefined; at: number }>)[] = []
  readonly comments: string[] = []
  isDone = false
  lastId: string | undefined
  /** The stream is over; never rejects. */
  readonly over: Promise<void>
  readonly #abort: AbortController
  readonly #waiting = new Set<() => void>()

  constructor({ statusCode, headers, body }: Response, abort: AbortController) {
    this.status = statusCode
    this.headers = headers
    this.#abort = abort
    this.over = this.#read(body).catch(() => {})
  }

  get turn(): string {
    return String(this.headers['x-turn-id'])
  }

  get text(): string {
    return this.events.map(({ token = '' }) => token).join('')
  }

  /** Until what has come passes; rejects when the stream ends before. */
  async until(test: (stream: WebStream) => boolean): Promise<this> {
    let isOver = false
    void this.over.then(() => {
      isOver = true
      this.#wake()
    })
    while (!test(this)) {
      if (isOver) throw new Error(`the stream ended; it brought ${JSON.stringify(this.events).slice(0, 400)}`)
      await new Promise<void>(resolve => this.#waiting.add(resolve))
    }
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort()
    await this.over
  }

  async #read(body: Response['body']): Promise<void> {
    const parser = createParser({
      onEvent: event => this.#take(event),
      onComment: comment => void this.comments.push(comment),
    })
    const decoder = new TextDecoder()
    for await (const chunk of body) {
      parser.feed(decoder.decode(chunk as Buffer, { stream: true }))
      this.#wake()
    }
  }

  #take({ id, data, event }: EventSourceMessage): void {
    this.lastId = id ?? this.lastId
    if (data === '[DONE]') this.isDone = true
    else this.events.push({ ...(JSON.parse(data) as Streamed), id, event, at: performance.now() })
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { text }
  }
}
