import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Tickets } from '#playground/slack-server/web-api/tickets.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import type { Envelope, Told, Transport } from './delivery.ts'
import { type DisconnectReason, SlackSocket } from './slack-socket.ts'

export type SocketChange = Readonly<{ change: 'opened' | 'greeted' | 'closed'; name: string; open: number }>

type Parts = Readonly<{ world: World; tickets: Tickets; onChange: (change: SocketChange) => void }>

/** All Socket Mode connections of the app: up to ten, and each event goes to one of them in turn. */
export class SocketHub implements Transport {
  /** How long a new connection waits for its `hello`. */
  helloDelayMs = 0
  readonly #parts: Parts
  readonly #server = new WebSocketServer({ noServer: true, autoPong: false })
  readonly #sockets = new Set<SlackSocket>()
  #made = 0
  #turn = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Connections that were greeted and not told to go. */
  get open(): readonly SlackSocket[] {
    return [...this.#sockets].filter(one => one.state === 'open')
  }

  /** Lets a socket in by its one-use ticket; answers anything else with 401. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? ''
    if (!this.#parts.tickets.use(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      return
    }
    this.#server.handleUpgrade(request, socket, head, accepted => this.#accept(accepted))
  }

  async tell(envelope: Envelope): Promise<Told> {
    const { open } = this
    this.#turn += 1
    const socket = open[this.#turn % Math.max(1, open.length)]
    return socket ? await socket.tell(envelope) : { outcome: 'connection_failed', via: undefined }
  }

  /** Tells every open connection, or the named one, to go, as Slack does every few hours. */
  disconnect(reason: DisconnectReason, closeAfterMs = 10_000, name?: string): void {
    for (const socket of this.open)
      if (name === undefined || socket.name === name) socket.disconnect(reason, closeAfterMs)
  }

  /** Breaks every connection without a word. */
  drop(): void {
    for (const socket of this.#sockets) socket.drop()
  }

  /** Turns every open connection into a zombie, or wakes them. */
  mute(muted: boolean): void {
    for (const socket of this.#sockets) socket.muted = muted
  }

  close(): void {
    this.drop()
    this.#server.close()
  }

  #accept(accepted: ConstructorParameters<typeof SlackSocket>[0]['socket']): void {
    const { world } = this.#parts
    this.#made += 1
    const name = `applink-${this.#made}`
    const socket = new SlackSocket({ name, socket: accepted, rules: world.rules, onClose: () => this.#forget(socket) })
    this.#sockets.add(socket)
    this.#tellOf('opened', name)
    if (this.#sockets.size > world.rules.socketLimit) {
      socket.disconnect('too_many_websockets', 0)
      return
    }
    if (this.helloDelayMs === 0) this.#greet(socket)
    else setTimeout(() => this.#greet(socket), this.helloDelayMs).unref()
  }

  #greet(socket: SlackSocket): void {
    socket.hello(this.#parts.world.app.id, this.#sockets.size)
    if (socket.state === 'open') this.#tellOf('greeted', socket.name)
  }

  #forget(socket: SlackSocket): void {
    this.#sockets.delete(socket)
    this.#tellOf('closed', socket.name)
  }

  #tellOf(change: SocketChange['change'], name: string): void {
    this.#parts.onChange({ change, name, open: this.open.length })
  }
}
