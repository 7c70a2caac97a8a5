import type { WebSocket } from 'ws'
import { isJson, type Json } from '#playground/slack-server/world/json.ts'
import type { Rules } from '#playground/slack-server/world/rules.ts'
import { afterOwnTime } from '#playground/stand-in/after-own-time.ts'
import type { Envelope, Told } from './delivery.ts'

type Parts = Readonly<{ name: string; socket: WebSocket; rules: Rules; onClose: () => void }>

type Waiting = Readonly<{ settle: (told: Told) => void }>

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets'

/** One Socket Mode connection: greets, pings, hands envelopes over and waits for their acknowledgement. */
export class SlackSocket {
  readonly name: string
  /** `refreshing`: told to go; it gets no new events. */
  state: 'greeting' | 'open' | 'refreshing' | 'closed' = 'greeting'
  /** A zombie: the connection stands, and nothing comes any more, no event, no ping, no pong. */
  muted = false
  readonly #socket: WebSocket
  readonly #rules: Rules
  readonly #waiting = new Map<string, Waiting>()
  readonly #ping: NodeJS.Timeout

  constructor({ name, socket, rules, onClose }: Parts) {
    this.name = name
    this.#socket = socket
    this.#rules = rules
    this.#ping = setInterval(() => this.#sendPing(), rules.pingMs).unref()
    socket.on('ping', data => this.muted || socket.pong(data))
    socket.on('message', data => this.#read(String(data)))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      this.#closed()
      onClose()
    })
  }

  hello(appId: string, connections: number): void {
    if (this.state !== 'greeting') return
    this.state = 'open'
    const debug = { host: this.name, build_number: 1, approximate_connection_time: 18_060 }
    this.#send({ type: 'hello', num_connections: connections, debug_info: debug, connection_info: { app_id: appId } })
    this.#sendPing()
  }

  /** Hands an envelope over; resolves with its acknowledgement, or when the time for it is over or the socket gone. */
  tell(envelope: Envelope): Promise<Told> {
    const { id, kind, payload, retry } = envelope
    const { promise, resolve } = Promise.withResolvers<Told>()
    const late = () => waiting.settle({ outcome: 'timeout', via: this.name })
    const time = afterOwnTime(this.#rules.ackMs, late)
    const waiting: Waiting = {
      settle: told => {
        time[Symbol.dispose]()
        this.#waiting.delete(id)
        resolve(told)
      },
    }
    this.#waiting.set(id, waiting)
    this.#send({
      envelope_id: id,
      payload,
      type: kind,
      accepts_response_payload: kind !== 'events_api',
      ...(kind === 'events_api' && { retry_attempt: retry?.number ?? 0, retry_reason: retry?.reason ?? '' }),
    })
    return promise
  }

  /** Tells the app that this connection ends. After `warning` it goes on; else it gets nothing new and is closed. */
  disconnect(reason: DisconnectReason, closeAfterMs: number): void {
    this.#send({ type: 'disconnect', reason, debug_info: { host: this.name } })
    if (reason === 'warning') return
    this.state = 'refreshing'
    setTimeout(() => this.#socket.close(1_000), closeAfterMs).unref()
  }

  /** Breaks the connection without a word. */
  drop(): void {
    this.#socket.terminate()
  }

  #sendPing(): void {
    if (!this.muted && this.#socket.readyState === this.#socket.OPEN) this.#socket.ping(`Ping from ${this.name}`)
  }

  #send(message: Json): void {
    if (!this.muted && this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  #read(text: string): void {
    const message = parsed(text)
    const { envelope_id: id, payload } = message ?? {}
    if (this.muted || typeof id !== 'string') return
    const answer = isJson(payload) && Object.keys(payload).length > 0 ? { answer: payload } : {}
    this.#waiting.get(id)?.settle({ outcome: 'acknowledged', via: this.name, ...answer })
  }

  #closed(): void {
    this.state = 'closed'
    clearInterval(this.#ping)
    for (const { settle } of [...this.#waiting.values()]) settle({ outcome: 'connection_failed', via: this.name })
  }
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : undefined
  } catch {
    return undefined
  }
}
