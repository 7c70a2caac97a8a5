import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Feed } from '#playground/stand-in/feed.ts'
import { closeServer, listenOnLoopback } from '#playground/stand-in/loopback.ts'
import { createControlServer } from './control/control-server.ts'
import { People } from './control/people.ts'
import { Places } from './control/places.ts'
import { Scene } from './control/scene.ts'
import type { ServerEvent } from './control/server-event.ts'
import { Watch } from './control/watch.ts'
import { Gateway } from './gateway/gateway.ts'
import { serveAttachment } from './rest/attachments.ts'
import { Faults } from './rest/faults.ts'
import type { LogEntry } from './rest/request-log.ts'
import { RestApi } from './rest/rest-api.ts'
import { defaultRules, type Rules } from './world/rules.ts'
import { World } from './world/world.ts'

export type DiscordServerOptions = Readonly<{
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  port?: number
  botName?: string
  token?: string
  rules?: Partial<Rules>
  /** Privileged intents that are switched on in the portal; Message Content by default. */
  intents?: Readonly<{ messageContent?: boolean; guildMembers?: boolean; presences?: boolean }>
  /** Seed of the weather's chances. */
  seed?: number
  /** Milliseconds since 1970; a test may own the time. */
  now?: () => number
}>

/** A running stand-in of Discord. Disposing of it ends all its sockets. */
export interface DiscordServer extends AsyncDisposable {
  /** What `DISCORD_API_URL` takes. */
  readonly apiUrl: string
  /** The token that opened this server at its start. */
  readonly token: string
  readonly botId: string
  /** What is enforced; may be changed at any time. */
  readonly rules: Rules
  readonly world: World
  /** Who there is, where they talk, and what they do. */
  readonly scene: Scene
  readonly places: Places
  readonly people: People
  readonly watch: Watch
  readonly events: Feed<ServerEvent>
  readonly gateway: Gateway
  readonly faults: Faults
  /** Every request that met a known route, in the order of the answers. */
  readonly log: readonly LogEntry[]
  /** Requests that this server does not know, as "METHOD /path". */
  readonly unknownCalls: readonly string[]
}

/** Starts a stand-in of Discord on loopback: gateway, REST, files, and the control interface. It has no guild yet. */
export async function createDiscordServer(options: DiscordServerOptions = {}): Promise<DiscordServer> {
  const { token = defaultToken, botName = 'Aeries', now = Date.now, seed = 1 } = options
  const rules = Object.assign(defaultRules(), options.rules)
  const intents = { messageContent: true, guildMembers: false, presences: false, ...options.intents }
  const world = new World({ rules, token, now, botName, intents })
  const events = new Feed<ServerEvent>()
  const log: LogEntry[] = []
  const unknownCalls: string[] = []
  const onRequest = (entry: LogEntry) => {
    log.push(entry)
    events.emit({ type: 'request', entry })
  }
  const faults = new Faults(seed)
  const rest = new RestApi({ world, faults, onRequest, onUnknown: call => unknownCalls.push(call) })
  const gateway = new Gateway({ world, onState: state => events.emit(state) })
  // Watchers hear of an event after the gateway has sent it.
  world.onEvent(event => events.emit(event))
  const parts = {
    world,
    scene: new Scene(world),
    places: new Places(world),
    people: new People(world),
    watch: new Watch(world, events),
    faults,
    gateway,
    log,
    unknownCalls,
  }
  const closing = new AbortController()
  const control = createControlServer(parts, events, closing.signal)
  const server = createServer((request, response) => void serve({ rest, control, world }, request, response))
  server.keepAliveTimeout = idleMs
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/gateway')) gateway.accept(request, socket, head)
    else socket.destroy()
  })
  world.origin = await listenOnLoopback(server, options.port ?? 0)
  const dispose = async () => {
    closing.abort()
    rest.close()
    gateway.close()
    await closeServer(server)
  }
  return {
    ...parts,
    apiUrl: `${world.origin}/api`,
    token,
    botId: world.botId,
    rules,
    events,
    [Symbol.asyncDispose]: dispose,
  }
}

// Longer than a rate-limit window: a socket that is closed just as a client takes it up again looks like a fault.
const idleMs = 65_000

/** Opens nothing but this server. */
const defaultToken = 'loopback-discord-token'

type Doors = Readonly<{ rest: RestApi; control: ReturnType<typeof createControlServer>; world: World }>

async function serve(
  { rest, control, world }: Doors,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url ?? '/'
  try {
    if (path.startsWith('/api/')) await rest.handle(request, response)
    else if (path.startsWith('/__control/')) await control.handle(request, response)
    else if (path.startsWith('/attachments/')) serveAttachment(world, path, response)
    else response.writeHead(404).end()
  } catch (error) {
    // A fault of this server's own. The client sees what Discord gives for one of its own.
    if (response.headersSent) response.destroy()
    else
      response
        .writeHead(500, { 'content-type': 'application/json' })
        .end(JSON.stringify({ message: String(error), code: 0 }))
  }
}
