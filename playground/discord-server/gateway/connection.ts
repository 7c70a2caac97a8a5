import type { WebSocket } from 'ws'
import type { Json } from '#playground/discord-server/world/json.ts'
import type { FrameSink, Session, Shard } from './session.ts'

const opcode = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const

export type Identify = Readonly<{ token: string; intents: number; shard: Shard }>
export type Resume = Readonly<{ token: string; sessionId: string; seq: number }>

/** What a connection asks of the gateway; each gives the session, or has closed or refused the connection itself. */
export interface Doorkeeper {
  identify(connection: Connection, identify: Identify): Session | undefined
  resume(connection: Connection, resume: Resume): Session | undefined
  requestMembers(session: Session, request: Json): void
  closed(connection: Connection, code: number): void
}

type Limits = Readonly<{ heartbeatIntervalMs: number; sendsPerMinute: number }>

/** One socket: speaks the opcodes, and knows its session once there is one. */
export class Connection implements FrameSink {
  session: Session | undefined
  readonly #socket: WebSocket
  readonly #door: Doorkeeper
  readonly #limits: Limits
  #sends: number[] = []
  /** How often the pulse was looked at since the client was heard. */
  #looks = 0
  #zombie = false
  readonly #watch: NodeJS.Timeout

  constructor(socket: WebSocket, door: Doorkeeper, limits: Limits) {
    this.#socket = socket
    this.#door = door
    this.#limits = limits
    socket.on('message', (data: Buffer) => this.#receive(data.toString()))
    socket.on('error', () => socket.terminate())
    socket.on('close', code => this.#closed(code))
    this.#watch = setInterval(() => this.#checkPulse(), limits.heartbeatIntervalMs).unref()
    this.#put(opcode.hello, { heartbeat_interval: limits.heartbeatIntervalMs, _trace: ['["playground"]'] })
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN && !this.#zombie
  }

  send(frame: string): void {
    this.#socket.send(frame)
  }

  close(code: number, reason = ''): void {
    this.#socket.close(code, reason)
  }

  /** Ends the socket without a closing handshake, as a network does. */
  cut(): void {
    this.#socket.terminate()
  }

  /** The socket stays open, but from now on nothing is heard over it and nothing comes, no heartbeat ACK either. */
  zombify(): void {
    this.#zombie = true
  }

  /** Op 7: the client is to come back and resume. */
  askToReconnect(): void {
    this.#put(opcode.reconnect, null)
  }

  /** Op 9: the session is over, or may be tried again by a resume over this same socket. */
  invalidate(resumable: boolean): void {
    this.session?.detach(this)
    this.session = undefined
    this.#put(opcode.invalidSession, resumable)
  }

  #put(op: number, d: unknown): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify({ op, s: null, t: null, d }))
  }

  #closed(code: number): void {
    clearInterval(this.#watch)
    this.session?.detach(this)
    this.#door.closed(this, code)
  }

  /** A client that has not been heard for two intervals is gone. One in which this process stood still is a single look. */
  #checkPulse(): void {
    this.#looks += 1
    if (this.#looks > 2) this.close(4009, 'Session timed out')
  }

  #receive(text: string): void {
    if (this.#zombie) return
    const now = Date.now()
    this.#sends = [...this.#sends.filter(at => now - at < 60_000), now]
    const message = parsed(text)
    if (this.#sends.length > this.#limits.sendsPerMinute) this.close(4008, 'You are being rate limited.')
    else if (!message) this.close(4002, 'Error while decoding payload.')
    else this.#handle(message.op, message.d)
  }

  #handle(op: number, d: unknown): void {
    switch (op) {
      case opcode.heartbeat:
        this.#beat(d)
        break
      case opcode.identify:
        this.#enter(identifyOf(asJson(d)), identify => this.#door.identify(this, identify))
        break
      case opcode.resume:
        this.#enter(resumeOf(asJson(d)), resume => this.#door.resume(this, resume))
        break
      case opcode.requestMembers:
      case opcode.presence:
      case opcode.voice:
        if (!this.session) this.close(4003, 'Not authenticated.')
        else if (op === opcode.requestMembers) this.#door.requestMembers(this.session, asJson(d))
        break
      default:
        this.close(4001, 'Unknown opcode.')
    }
  }

  #beat(seq: unknown): void {
    this.#looks = 0
    if (typeof seq === 'number') this.session?.confirm(seq)
    this.#put(opcode.heartbeatAck, null)
  }

  #enter<Request>(request: Request | undefined, ask: (request: Request) => Session | undefined): void {
    if (this.session) this.close(4005, 'Already authenticated.')
    else if (request === undefined) this.close(4002, 'Error while decoding payload.')
    else this.session = ask(request)
  }
}

function identifyOf({ token, intents, shard }: Json): Identify | undefined {
  if (typeof token !== 'string' || typeof intents !== 'number') return undefined
  const [id = 0, count = 1] = Array.isArray(shard) ? shard.map(Number) : []
  return { token, intents, shard: [id, count] }
}

function resumeOf({ token, session_id: sessionId, seq }: Json): Resume | undefined {
  if (typeof token !== 'string' || typeof sessionId !== 'string' || typeof seq !== 'number') return undefined
  return { token, sessionId, seq }
}

function parsed(text: string): { op: number; d: unknown } | undefined {
  try {
    const { op, d } = asJson(JSON.parse(text))
    return typeof op === 'number' ? { op, d } : undefined
  } catch {
    return undefined
  }
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}
