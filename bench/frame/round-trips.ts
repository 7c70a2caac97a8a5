import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent, request } from 'undici'
import { Timings } from './timings.ts'

const everyMs = 100

/** How long a request to a server in the process of the bench takes while the bench runs: loopback, and the machine's noise. */
export class RoundTrips implements AsyncDisposable {
  readonly timings = new Timings()
  readonly #url: string
  readonly #agent: Agent
  readonly #parts: AsyncDisposableStack

  static async start(): Promise<RoundTrips> {
    const parts = new AsyncDisposableStack()
    const server = createServer((incoming, response) => {
      incoming.resume()
      response.end('{}')
    })
    parts.defer(() => void server.close())
    const { promise, resolve } = Promise.withResolvers<void>()
    server.listen(0, '127.0.0.1', resolve)
    await promise
    const agent = new Agent()
    parts.defer(() => agent.destroy())
    const { port } = server.address() as AddressInfo
    return new RoundTrips(`http://127.0.0.1:${port}`, agent, parts)
  }

  private constructor(url: string, agent: Agent, parts: AsyncDisposableStack) {
    this.#url = url
    this.#agent = agent
    this.#parts = parts
  }

  /** Takes the time again and again until the work is done. */
  async during<Result>(work: Promise<Result>): Promise<Result> {
    const timer = setInterval(() => this.timings.measure(() => this.#ask()).catch(() => undefined), everyMs)
    try {
      return await work
    } finally {
      clearInterval(timer)
    }
  }

  async #ask(): Promise<void> {
    const { body } = await request(this.#url, { dispatcher: this.#agent })
    await body.dump()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.disposeAsync()
  }
}
