import { createServer } from 'node:http'
import { Feed } from '#playground/stand-in/feed.ts'
import { closeServer, listenOnLoopback } from '#playground/stand-in/loopback.ts'
import type { Control } from './control/control.ts'
import { createControlServer } from './control/control-server.ts'
import { Delivering } from './control/delivering.ts'
import { Interactions } from './control/interactions.ts'
import { People } from './control/people.ts'
import { ResponseUrls } from './control/response-urls.ts'
import { Scene } from './control/scene.ts'
import type { ServerEvent } from './control/server-event.ts'
import { Watch } from './control/watch.ts'
import { serve } from './doors.ts'
import { Deliveries } from './events/deliveries.ts'
import { slackEvents } from './events/slack-events.ts'
import { SocketHub } from './events/socket-hub.ts'
import { Faults } from './web-api/faults.ts'
import type { LogEntry } from './web-api/log-entry.ts'
import type { Desk } from './web-api/method.ts'
import { OAuth } from './web-api/oauth.ts'
import { RateLimits } from './web-api/rate-limits.ts'
import { Tickets } from './web-api/tickets.ts'
import { Views } from './web-api/views.ts'
import { WebApi } from './web-api/web-api.ts'
import { AgentView } from './world/agent-view.ts'
import { type App, makeApp } from './world/app.ts'
import { defaultRules, type Rules } from './world/rules.ts'
import { Streams } from './world/streams.ts'
import { World } from './world/world.ts'

export type SlackServerOptions = Readonly<{
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  port?: number
  /** Settings of the one app, as its settings pages would show them. */
  app?: Partial<App>
  rules?: Partial<Rules>
  /** Where an installation by OAuth ends when its link names no address. */
  redirectUrl?: string
  /** Seed of the weather's chances. */
  seed?: number
  /** Milliseconds since 1970; a test may own the time. */
  now?: () => number
}>

/** A running stand-in of Slack. Disposing of it ends all its sockets. */
export interface SlackServer extends Control, AsyncDisposable {
  /** What `SLACK_API_URL` takes: ends in `/api/`. */
  readonly apiUrl: string
  /** Where an OAuth installation begins: Bolt's `installerOptions.authorizationUrl`. */
  readonly authorizeUrl: string
  readonly app: App
  /** What is enforced; may be changed at any time. */
  readonly rules: Rules
  readonly events: Feed<ServerEvent>
  /** Calls with one team's token for another team's channel or person: there should never be one. */
  readonly leaks: readonly LogEntry[]
  /** Methods that were called and that this server does not know. */
  readonly unknownCalls: readonly string[]
  /** Forgets what was logged so far. */
  clearLog(): void
}

/** Starts a stand-in of Slack on loopback: Web API, Socket Mode, events by HTTP, OAuth, and the control interface. */
export async function createSlackServer(options: SlackServerOptions = {}): Promise<SlackServer> {
  const closing = new AbortController()
  const events = new Feed<ServerEvent>()
  const log: LogEntry[] = []
  const { desk, control, responseUrls } = assemble(options, { events, log, signal: closing.signal })
  const { world } = desk
  const onEntry = (entry: LogEntry) => {
    log.push(entry)
    events.emit({ type: 'request', entry })
  }
  const webApi = new WebApi({ desk, limits: control.limits, faults: control.faults, onEntry, signal: closing.signal })
  const controlServer = createControlServer(control, events, closing.signal)
  const doors = { world, webApi, control: controlServer, oauth: desk.oauth, responseUrls }
  const server = createServer((request, response) => {
    void serve({ ...doors, redirectUrl: options.redirectUrl }, request, response)
  })
  server.on('upgrade', (request, socket, head) => control.sockets.upgrade(request, socket, head))
  world.origin = await listenOnLoopback(server, options.port ?? 0)
  const dispose = async () => {
    closing.abort()
    control.sockets.close()
    desk.streams.close()
    desk.agentView.close()
    await closeServer(server)
  }
  return {
    ...control,
    apiUrl: `${world.origin}/api/`,
    authorizeUrl: `${world.origin}/oauth/v2/authorize`,
    app: world.app,
    rules: world.rules,
    events,
    get leaks() {
      return log.filter(one => one.leak)
    },
    get unknownCalls() {
      return log.filter(one => one.error === 'unknown_method').map(one => one.method)
    },
    clearLog: () => void log.splice(0),
    [Symbol.asyncDispose]: dispose,
  }
}

type Outlets = Readonly<{ events: Feed<ServerEvent>; log: readonly LogEntry[]; signal: AbortSignal }>
type Assembled = Readonly<{ desk: Desk; control: Control; responseUrls: ResponseUrls }>

function assemble(options: SlackServerOptions, { events, log, signal }: Outlets): Assembled {
  const { now = Date.now, seed = 1 } = options
  const rules = Object.assign(defaultRules(), options.rules)
  const world = new World(makeApp(options.app), rules, now)
  const [streams, agentView, views] = [new Streams(world), new AgentView(world), new Views(world)]
  const tickets = new Tickets(() => rules.ticketMs, now)
  const sockets = new SocketHub({ world, tickets, onChange: change => events.emit({ type: 'socket', ...change }) })
  const delivering = new Delivering({ world, sockets, signal })
  const deliveries = new Deliveries({
    world,
    transport: () => delivering.transport,
    onChange: delivery => events.emit({ type: 'delivery', delivery }),
    signal,
  })
  world.onEvent(event => {
    for (const one of slackEvents(world, event)) deliveries.event(one)
    // Watchers hear of a happening after the app was told.
    events.emit(event)
  })
  const responseUrls = new ResponseUrls(world)
  const control = {
    world,
    scene: new Scene(world, agentView),
    people: new People({ world, streams, agentView }),
    interactions: new Interactions({ world, deliveries, views, responseUrls }),
    watch: new Watch({ world, feed: events, deliveries, sockets }),
    faults: new Faults(seed),
    limits: new RateLimits(rules, now),
    streams,
    sockets,
    deliveries,
    delivering,
    log,
  }
  return { desk: { world, streams, agentView, oauth: new OAuth(world), tickets, views }, control, responseUrls }
}
