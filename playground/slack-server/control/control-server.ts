import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Feed } from '#playground/discord-server/control/feed.ts'
import { readBytes } from '#playground/slack-server/web-api/read-body.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import type { Control } from './control-call.ts'
import { peopleCalls } from './people-calls.ts'
import { sceneCalls } from './scene-calls.ts'
import type { ServerEvent } from './server-event.ts'
import { weatherCalls } from './weather-calls.ts'

const calls = new Map(Object.entries({ ...sceneCalls, ...peopleCalls, ...weatherCalls }))
const prefix = '/__control/'
const maxWaitMs = 120_000 // a forgotten wait must not hold its socket for ever
const keepAliveMs = 15_000 // below the idle timeouts of browsers and proxies

/** The control interface over HTTP: `POST /__control/NAME` with a JSON object, and `GET /__control/events` as SSE. */
export class ControlServer {
  readonly #control: Control
  readonly #feed: Feed<ServerEvent>
  readonly #signal: AbortSignal
  #sent = 0

  constructor(control: Control, feed: Feed<ServerEvent>, signal: AbortSignal) {
    this.#control = control
    this.#feed = feed
    this.#signal = signal
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwn(request))
      return respond(response, 403, { error: 'This interface answers only to its own host and origin' })
    const url = new URL(request.url ?? '/', this.#control.world.origin)
    const name = url.pathname.slice(prefix.length)
    if (name === 'events') return this.#stream(response, url.searchParams.get('types')?.split(','))
    const call = calls.get(name)
    if (!call) return respond(response, 404, { error: `There is no call "${name}"` })
    if (request.method !== 'POST') return respond(response, 405, { error: 'A call is a POST with a JSON object' })
    try {
      const args: unknown = JSON.parse((await readBytes(request)).toString('utf8') || '{}')
      const waits = [this.#signal, hungUp(response), AbortSignal.timeout(waitOf(args))]
      respond(response, 200, await call(this.#control, args, AbortSignal.any(waits)))
    } catch (error) {
      respond(response, ...faultOf(error))
    }
  }

  #stream(response: ServerResponse, types: readonly string[] | undefined): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    response.write(':\n\n')
    const stop = this.#feed.on(event => {
      if (types && !types.includes(event.type)) return
      this.#sent += 1
      response.write(`id: ${this.#sent}\nevent: ${event.type}\ndata: ${toJson(event, 'versions')}\n\n`)
    })
    const pulse = setInterval(() => response.write(':\n\n'), keepAliveMs).unref()
    response.on('close', () => {
      stop()
      clearInterval(pulse)
    })
  }
}

/** Guards against a web page that reaches for a loopback port, by its Origin or by a name rebound to 127.0.0.1. */
function isOwn({ headers, socket }: IncomingMessage): boolean {
  const own = ['127.0.0.1', 'localhost'].map(host => `${host}:${socket.localPort}`)
  const { host = '', origin } = headers
  return own.includes(host) && (origin === undefined || own.some(one => origin === `http://${one}`))
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

function faultOf(error: unknown): [status: number, body: object] {
  if (error instanceof Refusal) return [400, { error: error.error }]
  if (error instanceof z.ZodError) return [400, { error: z.prettifyError(error) }]
  if (error instanceof DOMException) return [408, { error: 'It did not happen in time' }]
  return [400, { error: error instanceof Error ? error.message : String(error) }]
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? 'null' : toJson(body))
}

/**
 * A file's bytes stay out: whoever wants them fetches the file. Of the list named by `last` only the end goes out: with
 * the whole film strip in each of its events a long answer would weigh as the square of its length.
 */
function toJson(value: unknown, last?: 'versions'): string {
  return JSON.stringify(value, (key, one) => {
    if (key === 'content' && typeof one === 'object') return undefined
    return key === last && Array.isArray(one) ? one.slice(-1) : one
  })
}
