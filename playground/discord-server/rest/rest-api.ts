import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError, refuse } from '#playground/discord-server/world/api-error.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { type Answer, banned, brokenBy, refusal, send, tooMany } from './answer.ts'
import type { Fault, Faults } from './faults.ts'
import { bucketHeaders } from './rate-limit-headers.ts'
import { type BucketState, RateLimits } from './rate-limits.ts'
import { type Body, readBody } from './read-body.ts'
import { type LogEntry, logEntry } from './request-log.ts'
import type { Route } from './route.ts'
import { findRoute } from './router.ts'

type RestParts = Readonly<{
  world: World
  faults: Faults
  onRequest: (entry: LogEntry) => void
  onUnknown: (call: string) => void
}>

type Asked = Readonly<{
  method: string
  path: string
  route: Route
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  authorization: string | undefined
  body: Body
  /** Why the body could not be read. */
  unreadable: ApiError | undefined
}>

type Outcome = Readonly<{ answer: Answer; bucket?: BucketState | undefined; fault?: Fault | undefined }>

const noBody: Body = { json: undefined, files: [] }
const foreverMs = 3_600_000

/** Discord's REST interface: limits first, then permissions and form, then the deed; each request leaves a log entry. */
export class RestApi {
  readonly #parts: RestParts
  readonly #limits: RateLimits
  readonly #closing = new AbortController()

  constructor(parts: RestParts) {
    this.#parts = parts
    this.#limits = new RateLimits(parts.world.rules, parts.world.now)
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { world, onRequest, onUnknown } = this.#parts
    const at = world.now()
    const url = new URL(request.url ?? '/', world.origin)
    // Clients encode the @ of "@me" as well.
    const path = url.pathname.replace(/^\/api(\/v\d+)?/, '').replaceAll('%40', '@')
    const method = request.method ?? 'GET'
    const match = findRoute(method, path)
    if (!match) {
      onUnknown(`${method} ${path}`)
      request.resume()
      send(response, refusal(refuse.notFound()))
      return
    }
    const { authorization } = request.headers
    const asked = { method, path, ...match, query: url.searchParams, authorization, ...(await this.#read(request)) }
    const { answer, ...circumstances } = await this.#answer(asked)
    onRequest(logEntry(asked, { at, answeredAt: world.now(), answer, ...circumstances }))
    if (answer.broken === 'reset') request.socket.resetAndDestroy()
    else if (answer.broken) request.socket.destroy()
    else send(response, answer)
  }

  close(): void {
    this.#closing.abort()
  }

  async #read(request: IncomingMessage): Promise<Pick<Asked, 'body' | 'unreadable'>> {
    try {
      return { body: await readBody(request, this.#parts.world.rules.requestBytes), unreadable: undefined }
    } catch (error) {
      if (error instanceof ApiError) return { body: noBody, unreadable: error }
      throw error
    }
  }

  /** Weather, token, limits, deed, weather again. */
  async #answer(asked: Asked): Promise<Outcome> {
    const target = { method: asked.method, route: asked.route.template, channelId: asked.params['channel'] }
    const fault = this.#parts.faults.strike(target)
    const before = fault && !strikesAfter(fault) ? await this.#strike(fault) : undefined
    if (before) return { answer: before, fault }
    const { answer, bucket } = this.#limited(asked)
    const after = fault && strikesAfter(fault) ? await this.#strike(fault) : undefined
    return { answer: after ? { ...answer, ...after, headers: {} } : answer, bucket, fault }
  }

  #limited(asked: Asked): Outcome {
    const { world } = this.#parts
    if (this.#limits.isSpent('invalid requests', world.rules.invalidRequests)) return { answer: banned }
    const { route, params, method } = asked
    if (route.auth && asked.authorization !== `Bot ${world.token}`)
      return { answer: this.#refused(refuse.unauthorized()) }
    const globalWait = route.auth ? this.#limits.takeGlobal() : undefined
    if (globalWait !== undefined) return { answer: this.#tooMany('global', globalWait) }
    // A first answer to an interaction is not limited at all; what follows it is, by token.
    if (route.template.startsWith('/interactions/')) return { answer: this.#done(asked) }
    const major = params['channel'] ?? params['guild'] ?? params['token'] ?? ''
    const { allowed, state } = this.#limits.take({ method, route: route.template, major, kind: route.bucket })
    const headers = bucketHeaders(state, world.now())
    const answer = allowed ? this.#done(asked) : this.#tooMany('user', state.resetAt - world.now())
    return { answer: { ...answer, headers: { ...headers, ...answer.headers } }, bucket: state }
  }

  #done({ route, params, query, body, unreadable }: Asked): Answer {
    try {
      if (unreadable) throw unreadable
      const reply = route.handle({ world: this.#parts.world, limits: this.#limits, params, query, ...body })
      return { status: reply.status, headers: {}, body: reply.body, accepted: true, reply }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return this.#refused(error)
    }
  }

  #refused(error: ApiError): Answer {
    if (error.retryAfterMs !== undefined) {
      const body = { ...error.body, retry_after: error.retryAfterMs / 1_000, global: false }
      return { ...this.#tooMany('user', error.retryAfterMs), body, code: error.code }
    }
    if (error.status === 401 || error.status === 403) this.#countInvalid()
    return refusal(error)
  }

  #tooMany(scope: 'user' | 'shared' | 'global', waitMs: number): Answer {
    if (scope !== 'shared') this.#countInvalid()
    return tooMany(scope, waitMs)
  }

  #countInvalid(): void {
    this.#limits.takeNamed('invalid requests', this.#parts.world.rules.invalidRequests)
  }

  /** What a fault makes of a request; undefined when it only takes its time. */
  async #strike(fault: Fault): Promise<Pick<Answer, 'status' | 'headers' | 'body' | 'broken' | 'code'> | undefined> {
    switch (fault.kind) {
      case 'rate-limit':
        return this.#tooMany(fault.scope ?? 'user', fault.retryAfterMs)
      case 'error': {
        const { status, code = 0, message = `${status}: injected` } = fault
        return { status, headers: {}, body: { message, code }, code }
      }
      case 'reset':
      case 'cut':
        return brokenBy(fault.kind)
      case 'hang':
        await this.#wait(fault.ms ?? foreverMs)
        return brokenBy('cut')
      case 'slow':
        await this.#wait(fault.ms)
        return undefined
      default:
        return fault satisfies never
    }
  }

  async #wait(ms: number): Promise<void> {
    // A closing server does not wait for the end of its own weather.
    await sleep(ms, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined)
  }
}

function strikesAfter(fault: Fault): boolean {
  return fault.kind !== 'rate-limit' && (fault.accepted ?? false)
}
