import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { guildCreatePayload } from '#playground/discord-server/wire/guild-payload.ts'
import { readyPayload } from '#playground/discord-server/wire/ready-payload.ts'
import { memberPayload, userPayload } from '#playground/discord-server/wire/user-payload.ts'
import type { Json } from '#playground/discord-server/world/json.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import type { WorldEvent } from '#playground/discord-server/world/world-event.ts'
import { Connection, type Doorkeeper, type Identify, type Resume } from './connection.ts'
import { dispatchesFor } from './dispatches.ts'
import { intent, intentsFault } from './intents.ts'
import { Session } from './session.ts'

/** A change in how the bot is connected, for whoever watches. */
export type GatewayState = Readonly<{
  type: 'gateway'
  state: 'connected' | 'ready' | 'resumed' | 'refused' | 'closed'
  sessionId: string | undefined
  /** The close code of `closed` and `refused`. */
  code: number | undefined
}>

type GatewayParts = Readonly<{ world: World; onState: (state: GatewayState) => void }>

/** The socket side of Discord: lets clients in, hands events to sessions, and breaks in every known way when told to. */
export class Gateway implements Doorkeeper {
  readonly #world: World
  readonly #onState: GatewayParts['onState']
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #connections = new Set<Connection>()
  readonly #sessions = new Map<string, Session>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  #lastIdentify = 0
  #muted = false
  #refusing = false

  constructor({ world, onState }: GatewayParts) {
    this.#world = world
    this.#onState = onState
    world.onEvent(event => this.#tell(event))
  }

  /** How many sockets are open, and how many sessions are alive, resumable ones included. */
  get counts(): Readonly<{ connections: number; sessions: number; online: number }> {
    const online = [...this.#sessions.values()].filter(one => one.connected).length
    return { connections: this.#connections.size, sessions: this.#sessions.size, online }
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#refusing) {
      socket.destroy()
      return
    }
    this.#server.handleUpgrade(request, socket, head, webSocket => {
      const { heartbeatIntervalMs, gatewaySendsPerMinute } = this.#world.rules
      const limits = { heartbeatIntervalMs, sendsPerMinute: gatewaySendsPerMinute }
      this.#connections.add(new Connection(webSocket, this, limits))
      this.#say('connected', undefined, undefined)
    })
  }

  /** Ends every socket: with a close code, or without any, as a broken network does. Sessions stay resumable. */
  drop(code?: number): void {
    for (const connection of this.#connections) {
      if (code === undefined) connection.cut()
      else connection.close(code)
    }
  }

  /** Op 7 to every client. */
  reconnect(): void {
    for (const connection of this.#connections) connection.askToReconnect()
  }

  /** Op 9 to every client; without `resumable` the sessions are gone. */
  invalidate(resumable: boolean): void {
    for (const connection of this.#connections) connection.invalidate(resumable)
    for (const session of this.#sessions.values()) this.#park(session)
    if (!resumable) this.loseSessions()
  }

  /** Forgets all sessions: the next RESUME is answered with op 9. */
  loseSessions(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    this.#sessions.clear()
  }

  /** Turns the sockets of this moment into zombies: open, and dead. A new socket is well. */
  zombify(): void {
    for (const connection of this.#connections) connection.zombify()
  }

  /** Sends every session a dispatch of any shape, also one that Discord would never send. */
  dispatch(name: string, payload: Json): void {
    for (const session of this.#sessions.values()) session.dispatch({ name, payload: () => payload })
  }

  /** Holds events back while heartbeats go on, until it is switched off: a gateway that lags. */
  setMuted(on: boolean): void {
    this.#muted = on
    for (const session of this.#sessions.values()) session.hold(on)
  }

  /** The portal resets the token: sessions end with 4004, and the old token opens nothing any more. */
  resetToken(token: string): void {
    this.#world.token = token
    this.loseSessions()
    this.drop(4004)
  }

  /** New sockets are turned away before the handshake. */
  setRefusing(on: boolean): void {
    this.#refusing = on
  }

  close(): void {
    this.loseSessions()
    this.drop()
    this.#server.close()
  }

  identify(connection: Connection, { token, intents, shard }: Identify): Session | undefined {
    const { rules, application, now } = this.#world
    if (token !== this.#world.token) return this.#refuse(connection, 4004, 'Authentication failed.')
    const fault = intentsFault(intents, application)
    if (fault) return this.#refuse(connection, fault, fault === 4013 ? 'Invalid intent(s).' : 'Disallowed intent(s).')
    if (shard[0] >= shard[1]) return this.#refuse(connection, 4010, 'Invalid shard.')
    if (rules.sessionStarts.remaining <= 0) return this.#refuse(connection, 4004, 'Authentication failed.')
    const tooSoon = now() - this.#lastIdentify < rules.identifyWindowMs
    this.#lastIdentify = now()
    if (tooSoon) return this.#turnAway(connection)
    rules.sessionStarts.remaining -= 1
    const contentAllowed = application.messageContent
    const session = new Session({ intents, shard, contentAllowed, replayLimit: rules.replayLimit })
    this.#sessions.set(session.id, session)
    session.hold(this.#muted)
    session.attach(connection, 0)
    this.#greet(session)
    this.#say('ready', session.id, undefined)
    return session
  }

  resume(connection: Connection, { token, sessionId, seq }: Resume): Session | undefined {
    if (token !== this.#world.token) return this.#refuse(connection, 4004, 'Authentication failed.')
    const session = this.#sessions.get(sessionId)
    if (session && seq > session.seq) return this.#refuse(connection, 4007, 'Invalid seq.')
    if (!session?.canReplayFrom(seq)) return this.#turnAway(connection)
    clearTimeout(this.#timers.get(sessionId))
    this.#timers.delete(sessionId)
    for (const other of this.#connections) if (other.session === session) other.close(4000)
    session.attach(connection, seq)
    session.dispatch({ name: 'RESUMED', payload: () => ({ _trace: ['["playground"]'] }) })
    this.#say('resumed', session.id, undefined)
    return session
  }

  requestMembers(session: Session, { guild_id: guildId, user_ids: wanted, nonce }: Json): void {
    const guild = this.#world.guilds.get(String(guildId))
    if (!guild) return
    const ids = Array.isArray(wanted) ? wanted.map(String) : typeof wanted === 'string' ? [wanted] : undefined
    const members = guild.members
      .filter(one => !ids || ids.includes(one.personId))
      .map(one => ({ ...memberPayload(one), user: userPayload(this.#world.person(one.personId)) }))
    const missing = ids?.filter(id => !guild.members.some(one => one.personId === id)) ?? []
    const chunk = { guild_id: guild.id, members, chunk_index: 0, chunk_count: 1, not_found: missing, nonce }
    session.dispatch({ name: 'GUILD_MEMBERS_CHUNK', payload: () => chunk })
  }

  closed(connection: Connection, code: number): void {
    this.#connections.delete(connection)
    const { session } = connection
    this.#say('closed', session?.id, code)
    if (!session || !this.#sessions.has(session.id)) return
    // A client that closes with 1000 or 1001 has no use for its session any more.
    if (code === 1000 || code === 1001) this.#sessions.delete(session.id)
    else this.#park(session)
  }

  #greet(session: Session): void {
    const world = this.#world
    const joined = [...world.guilds.values()].filter(one =>
      one.members.some(({ personId }) => personId === world.botId),
    )
    const guilds = joined.filter(one => session.covers(one.id))
    const ready = readyPayload(world, { sessionId: session.id, shard: session.shard, guilds })
    session.dispatch({ name: 'READY', payload: () => ready })
    if (!(session.intents & intent.guilds)) return
    for (const guild of guilds.filter(one => one.available)) {
      session.dispatch({ name: 'GUILD_CREATE', payload: () => guildCreatePayload(world, guild) })
    }
  }

  /** Keeps a session without a socket for its RESUME, for as long as the rules say. */
  #park(session: Session): void {
    clearTimeout(this.#timers.get(session.id))
    const forget = () => this.#sessions.delete(session.id)
    this.#timers.set(session.id, setTimeout(forget, this.#world.rules.resumeWindowMs).unref())
  }

  #tell(event: WorldEvent): void {
    if (this.#sessions.size === 0) return
    for (const dispatch of dispatchesFor(this.#world, event)) {
      for (const session of this.#sessions.values()) if (session.wants(dispatch)) session.dispatch(dispatch)
    }
  }

  #turnAway(connection: Connection): undefined {
    connection.invalidate(false)
  }

  #refuse(connection: Connection, code: number, reason: string): undefined {
    connection.close(code, reason)
    this.#say('refused', undefined, code)
  }

  #say(state: GatewayState['state'], sessionId: string | undefined, code: number | undefined): void {
    this.#onState({ type: 'gateway', state, sessionId, code })
  }
}
