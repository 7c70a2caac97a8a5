import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Call } from './call.ts'
import { Door } from './door.ts'
import { Engine } from './engine.ts'
import { Exchange } from './exchange.ts'
import { route } from './routes.ts'
import type { Script } from './script.ts'
import { defaultOptions, type VllmServerOptions } from './server-options.ts'
import type { ServerState, StatePatch } from './server-state.ts'

/** A stand-in for a vLLM server on loopback. It speaks vLLM's wire and is no language model. */
export interface VllmServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, also while nothing listens there. */
  readonly url: string
  readonly port: number
  /** Where the control routes answer whatever the weather; the same as `url` without `adminPort`. */
  readonly adminUrl: string
  /** Every chat request since the last reset, oldest first; they fill in while they go on. */
  readonly calls: readonly Call[]
  readonly state: ServerState
  /** Requests in a slot, and requests that wait for one. */
  readonly running: number
  readonly waiting: number
  /** What the next requests get: each takes the first script that fits it. Without one the default voice answers. */
  script(...scripts: readonly Script[]): void
  /** Changes the weather; done when the door is as asked. */
  setState(patch: StatePatch): Promise<void>
  /** The first thing that `look` finds; it looks again at every change. Rejects when the signal aborts. */
  until<T>(look: () => T | undefined | false, signal?: AbortSignal): Promise<T>
  /** Fair weather, no scripts, no calls, an empty cache; open answers are cut. */
  reset(): Promise<void>
  close(): Promise<void>
}

/** Starts one on 127.0.0.1, on any free port unless one is given. */
export async function createVllmServer(options: VllmServerOptions = {}): Promise<VllmServer> {
  const server = new StandIn(options)
  await server.open()
  return server
}

class StandIn implements VllmServer {
  readonly #engine: Engine
  readonly #door: Door
  readonly #adminDoor: Door | undefined
  readonly #watchers = new Set<() => void>()

  constructor(given: VllmServerOptions) {
    const options = { ...defaultOptions, ...given }
    this.#engine = new Engine(options, () => this.#changed())
    const handler = (req: IncomingMessage, res: ServerResponse) => this.#answer(req, res)
    this.#door = new Door(handler, options.port, options.keepAliveMs)
    const { adminPort } = options
    this.#adminDoor = adminPort === undefined ? undefined : new Door(handler, adminPort, options.keepAliveMs)
  }

  get url(): string {
    return `http://127.0.0.1:${this.#door.port}`
  }

  get port(): number {
    return this.#door.port
  }

  get adminUrl(): string {
    return this.#adminDoor ? `http://127.0.0.1:${this.#adminDoor.port}` : this.url
  }

  get calls(): readonly Call[] {
    return this.#engine.log.calls
  }

  get state(): ServerState {
    return this.#engine.state
  }

  get running(): number {
    return this.#engine.scheduler.running
  }

  get waiting(): number {
    return this.#engine.scheduler.waiting
  }

  async open(): Promise<void> {
    await this.#door.open()
    await this.#adminDoor?.open()
  }

  script(...scripts: readonly Script[]): void {
    this.#engine.scripts.add(scripts)
  }

  async setState(patch: StatePatch): Promise<void> {
    this.#engine.change(patch)
    await this.#moveDoor()
  }

  until<T>(look: () => T | undefined | false, signal?: AbortSignal): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const check = () => {
      const found = look()
      if (found === undefined || found === false) return
      settle()
      resolve(found)
    }
    const abort = () => {
      settle()
      reject(signal?.reason)
    }
    const settle = () => {
      this.#watchers.delete(check)
      signal?.removeEventListener('abort', abort)
    }
    signal?.addEventListener('abort', abort)
    this.#watchers.add(check)
    if (signal?.aborted) abort()
    else check()
    return promise
  }

  async reset(): Promise<void> {
    for (const exchange of [...this.#engine.live]) exchange.res.destroy()
    this.#engine.reset()
    await this.#moveDoor()
  }

  async close(): Promise<void> {
    this.#engine.ticker.stop()
    await Promise.all([this.#door.slam(), this.#adminDoor?.slam()])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #moveDoor(): Promise<void> {
    const { door } = this.#engine.state
    if (door === 'open') await this.#door.open()
    else if (door === 'silent') this.#door.shutGently()
    else await this.#door.slam()
  }

  #answer(req: IncomingMessage, res: ServerResponse): void {
    const { options, random, ticker } = this.#engine
    const given = req.headers['x-request-id']
    const named = typeof given === 'string' && given !== '' ? given : undefined
    // uvicorn says neither that it keeps a connection nor for how long.
    res.removeHeader('connection')
    res.setHeader('server', 'uvicorn')
    res.setHeader('vary', 'Origin')
    if (options.requestIdHeaders) res.setHeader('x-request-id', named ?? random.hex(32))
    if (req.headers.connection === 'close') res.setHeader('connection', 'close')
    const exchange = new Exchange(req, res, named ?? random.hex(16), ticker)
    const house = {
      engine: this.#engine,
      port: () => this.port,
      setState: (patch: StatePatch) => this.setState(patch),
      reset: () => this.reset(),
    }
    // What is left to fail here is a client that breaks off in the middle of its own request.
    route(house, exchange).catch(() => res.destroy())
  }

  // Called for every token: it costs nothing while nobody waits.
  #changed(): void {
    if (this.#watchers.size === 0) return
    for (const check of [...this.#watchers]) check()
  }
}
