import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent, request } from 'undici'
import { Timings } from './timings.ts'

const everyMs = 100

/** How long a request to a server in the process of the bench takes while the bench runs: loopback, and the machine's noise. */
export class RoundTrips implements AsyncDisposable {
  readonly timings = new Timings()
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
    this.#parts = parts
    const ask = async () => {
      const { body } = await request(url, { dispatcher: agent })
      await body.dump()
    }
    const timer = setInterval(() => this.timings.measure(ask).catch(() => undefined), everyMs)
    parts.defer(() => clearInterval(timer))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.disposeAsync()
  }
}
