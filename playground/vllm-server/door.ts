import { randomInt } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Handler = (req: IncomingMessage, res: ServerResponse) => void

const backlog = 2_048 // uvicorn's; a shorter one makes a thousand clients at once wait a second for their retry

/** Below what systems hand out by themselves (Linux: from 32768): while the door is shut nobody else is given its port. */
const ownPorts = { from: 20_000, to: 32_000 }
const mostTries = 50

/** A listening socket on loopback that can be shut and opened again on the same port. */
export class Door {
  readonly #handler: Handler
  readonly #keepAliveMs: number
  /** One server an opening: a shut one keeps its last connections to itself. */
  #servers: Server[] = []
  /** Two kinds of weather may end at once. */
  #opening: Promise<void> | undefined
  #port: number

  constructor(handler: Handler, port: number, keepAliveMs: number) {
    this.#handler = handler
    this.#port = port
    this.#keepAliveMs = keepAliveMs
  }

  get port(): number {
    return this.#port
  }

  /** Listens, on the port of the first time. Harmless when it does already. */
  async open(): Promise<void> {
    if (this.#servers.some(server => server.listening)) return
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined))
    await this.#opening
  }

  async #open(): Promise<void> {
    const isFirst = this.#port === 0
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#listen(isFirst ? randomInt(ownPorts.from, ownPorts.to) : this.#port)
      } catch (error) {
        const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
        if (!isFirst || !isTaken || tries === mostTries) throw error
      }
    }
  }

  async #listen(port: number): Promise<void> {
    const server = createServer(this.#handler)
    server.keepAliveTimeout = this.#keepAliveMs
    server.keepAliveTimeoutBuffer = 0
    server.requestTimeout = 0
    server.on('close', () => {
      this.#servers = this.#servers.filter(other => other !== server)
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ port, host: '127.0.0.1', backlog }, resolve)
    })
    this.#servers.push(server)
    this.#port = portOf(server.address())
  }

  /** No new connections; idle ones end, busy ones stay. */
  shutGently(): void {
    for (const server of this.#servers) if (server.listening) server.close()
  }

  /** As if the process were gone: nothing listens, every connection breaks. Done when the last one is closed. */
  async slam(): Promise<void> {
    const closing = this.#servers.map(server => new Promise(resolve => server.once('close', resolve)))
    const servers = this.#servers
    this.shutGently()
    for (const server of servers) server.closeAllConnections()
    await Promise.all(closing)
  }
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
