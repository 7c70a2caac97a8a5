import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { ControlCall } from './control-call.ts'
import type { Feed } from './feed.ts'
import { isOwnPage } from './is-own-page.ts'

const prefix = '/__control/'
const maxBytes = 32 * 1024 * 1024
const maxWaitMs = 120_000 // a forgotten wait must not hold its socket for ever
const keepAliveMs = 15_000 // below the idle timeouts of browsers and proxies

type ControlParts<Control, Event> = Readonly<{
  /** What the calls can reach; the same objects that a test holds in its hands. */
  control: Control
  calls: Readonly<Record<string, ControlCall<Control>>>
  feed: Feed<Event>
  /** What of the world JSON leaves out or has in another form. */
  inJson(key: string, value: unknown): unknown
  /** The same for what an event tells. */
  inEvent?(key: string, value: unknown): unknown
  /** How a refusal of this platform is told; `undefined`: it is none. */
  refusal(error: unknown): readonly [status: number, body: object] | undefined
  /** Ends waits and event streams. */
  signal: AbortSignal
}>

/** The control interface of a stand-in over HTTP: `POST /__control/NAME` with a JSON object, and `GET /__control/events` as SSE. */
export class ControlServer<Control, Event extends Readonly<{ type: string }>> {
  readonly #parts: ControlParts<Control, Event>
  readonly #calls: ReadonlyMap<string, ControlCall<Control>>
  #sent = 0

  constructor(parts: ControlParts<Control, Event>) {
    this.#parts = parts
    this.#calls = new Map(Object.entries(parts.calls))
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnPage(request))
      return this.#respond(response, 403, { error: 'This interface answers only to its own host and origin' })
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const name = url.pathname.slice(prefix.length)
    if (name === 'events') return this.#stream(response, url.searchParams.get('types')?.split(','))
    const call = this.#calls.get(name)
    if (!call) return this.#respond(response, 404, { error: `There is no call "${name}"` })
    if (request.method !== 'POST') return this.#respond(response, 405, { error: 'A call is a POST with a JSON object' })
    try {
      const args: unknown = JSON.parse((await readText(request)) || '{}')
      const waits = [this.#parts.signal, hungUp(response), AbortSignal.timeout(waitOf(args))]
      this.#respond(response, 200, await call(this.#parts.control, args, AbortSignal.any(waits)))
    } catch (error) {
      this.#respond(response, ...(this.#parts.refusal(error) ?? faultOf(error)))
    }
  }

  #stream(response: ServerResponse, types: readonly string[] | undefined): void {
    const { feed, inEvent, inJson, signal } = this.#parts
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    response.write(':\n\n')
    const stop = feed.on(event => {
      if (types && !types.includes(event.type)) return
      this.#sent += 1
      response.write(`id: ${this.#sent}\nevent: ${event.type}\ndata: ${JSON.stringify(event, inEvent ?? inJson)}\n\n`)
    })
    const pulse = setInterval(() => response.write(':\n\n'), keepAliveMs).unref()
    const end = () => void response.end()
    response.on('close', () => {
      stop()
      clearInterval(pulse)
      signal.removeEventListener('abort', end)
    })
    signal.addEventListener('abort', end, { once: true })
  }

  #respond(response: ServerResponse, status: number, body: unknown): void {
    if (response.destroyed) return
    const text = body === undefined ? 'null' : JSON.stringify(body, this.#parts.inJson)
    response.writeHead(status, { 'content-type': 'application/json' }).end(text)
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`A call takes ${maxBytes} bytes at most`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function hungUp(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  return gone.signal
}

function waitOf(args: unknown): number {
  const { data } = z.object({ timeoutMs: z.number().max(maxWaitMs) }).safeParse(args)
  return data?.timeoutMs ?? maxWaitMs
}

function faultOf(error: unknown): readonly [status: number, body: object] {
  if (error instanceof z.ZodError) return [400, { error: z.prettifyError(error) }]
  if (error instanceof DOMException) return [408, { error: 'It did not happen in time' }]
  return [400, { error: error instanceof Error ? error.message : String(error) }]
}
