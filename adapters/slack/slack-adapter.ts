import { randomBytes } from 'node:crypto'
import type { Clock } from '#src/core/clock.ts'
import type { Event } from '#src/core/event.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { InstallationStore } from '#src/core/installations.ts'
import type { Log } from '#src/core/log.ts'
import type { Place } from '#src/core/place.ts'
import type { Health, Inbox, PlatformAdapter } from '#src/core/platform.ts'
import type { ReplySurface } from '#src/core/surface.ts'
import { createBoltApp } from './bolt-app.ts'
import { createBoltInstallations } from './bolt-installations.ts'
import type { Recipient } from './channel-calls.ts'
import type { Door } from './door.ts'
import { Errands } from './errands.ts'
import type { Told } from './heard.ts'
import { HttpDoor } from './http-door.ts'
import { Listener } from './listener.ts'
import { LostSurface } from './lost-surface.ts'
import { platform } from './platform-name.ts'
import type { DmStyle } from './scene.ts'
import { Sideshow } from './sideshow.ts'
import { SocketDoor } from './socket-door.ts'
import { addressesOf } from './stream-text.ts'
import { SlackSurface } from './surface.ts'
import { botTokenRefused, identityOf } from './token-identity.ts'
import type { Workspace, WorkspaceParts } from './workspace.ts'
import { InstalledWorkspaces, SingleWorkspace, type Workspaces } from './workspaces.ts'

export type SlackParts = Readonly<{
  /** `https://slack.com/api/` */
  apiUrl: string
  access:
    | Readonly<{ type: 'token'; botToken: string }>
    | Readonly<{
        type: 'oauth'
        clientId: string
        clientSecret: string
        stateSecret: string
        installations: InstallationStore
      }>
  delivery: Readonly<{ type: 'socket'; appToken: string }> | Readonly<{ type: 'http'; signingSecret: string }>
  /** Where events by HTTP and installations come in; 0 takes a free one. */
  port: number
  /** How DMs are answered; left open, each by what is found out about it. */
  dmStyle: DmStyle | undefined
  nativeStream: 'dm' | 'all' | 'off'
  log: Log
  clock: Clock
  timing?: Partial<typeof usualTiming> | undefined
}>

export type SlackAdapter = PlatformAdapter & Readonly<{ port: number | undefined }>

const usualTiming = {
  /** A request without an answer. */
  requestMs: 10_000,
  /** A line without a pong. */
  pingMs: 5_000,
  /** Streams were seen to expire after minutes. */
  rotateStreamMs: 240_000,
}

/** Slack for the house: one app, in one workspace or in many. */
export function createSlackAdapter(parts: SlackParts): SlackAdapter {
  return new Adapter(parts)
}

class Adapter implements SlackAdapter {
  readonly platform = platform
  readonly #parts: SlackParts
  readonly #timing: typeof usualTiming
  readonly #errands: Errands
  readonly #listener: Listener
  readonly #doors: readonly Door[]
  readonly #http: HttpDoor | undefined
  readonly #installed: InstalledWorkspaces | undefined
  #workspaces: Workspaces | undefined
  #inbox: Inbox | undefined
  #lost: string | undefined = undefined
  #state: 'new' | 'running' | 'closed' = 'new'

  constructor(parts: SlackParts) {
    const { log, clock, access } = parts
    this.#parts = parts
    this.#timing = { ...usualTiming, ...parts.timing }
    this.#errands = new Errands(log)
    if (access.type === 'oauth') {
      this.#installed = new InstalledWorkspaces(access.installations, this.#workspaceParts())
      this.#workspaces = this.#installed
    }
    const workspaces = () => this.#workspaces
    const onRemoved = (team: string, word: string) => this.#refused(team, word)
    const sideshow = new Sideshow({ workspaces, clock, errands: this.#errands, onRemoved })
    const tell = (told: Told, workspace: Workspace) => this.#tell(told, workspace)
    this.#listener = new Listener({ workspaces, errands: this.#errands, log, sideshow, tell })
    const { doors, http } = this.#build()
    this.#doors = doors
    this.#http = http
  }

  get port(): number | undefined {
    return this.#http?.port
  }

  async start(inbox: Inbox, signal: AbortSignal): Promise<void> {
    this.#inbox = inbox
    const until = AbortSignal.any([signal, this.#errands.signal])
    const { access, apiUrl, log, clock } = this.#parts
    if (access.type === 'token') {
      const question = { token: access.botToken, apiUrl, log, clock, timeoutMs: this.#timing.requestMs }
      this.#workspaces = new SingleWorkspace(await identityOf(question, until), this.#workspaceParts())
    }
    const installed = await this.#installed?.load()
    if (installed !== undefined) log.info({ installed }, 'slack workspaces read')
    await Promise.all(this.#doors.map(door => door.open(until)))
    this.#state = 'running'
  }

  async closeDoor(): Promise<void> {
    await Promise.all(this.#doors.map(door => door.close()))
    // What was acknowledged is told: Slack will not say it again.
    await this.#listener.idle()
    this.#inbox = undefined
  }

  health(): Health {
    if (this.#state === 'closed') return { state: 'lost', cause: 'closed' }
    if (this.#lost !== undefined) return { state: 'lost', cause: this.#lost }
    if (this.#state === 'new' && this.#workspaces === undefined) return { state: 'connecting', cause: 'not started' }
    return this.#doors.map(door => door.health()).find(({ state }) => state !== 'connected') ?? { state: 'connected' }
  }

  surface(place: Place, answering: MessageId): ReplySurface {
    const workspace = place.workspace === undefined ? undefined : this.#workspaces?.known(place.workspace)
    if (workspace === undefined) return new LostSurface()
    const unknown = { recipient: undefined, allowed: new Set<string>(), mayStand: true }
    return this.#surfaceIn(workspace, place, answering, unknown)
  }

  /** Reads nothing: Slack tells what nobody acknowledged for some minutes more, and what is older only the ledger could ask for. */
  async *missed(_since: Date, _signal: AbortSignal): AsyncIterable<Event> {}

  async [Symbol.asyncDispose](): Promise<void> {
    await this.closeDoor()
    this.#state = 'closed'
    await this.#errands.end()
  }

  #build(): Readonly<{ doors: readonly Door[]; http: HttpDoor | undefined }> {
    const { apiUrl, log, clock, access, delivery, port } = this.#parts
    const app = createBoltApp({
      apiUrl,
      log,
      workspace: async team => await this.#workspaces?.get(team),
      onBody: body => this.#listener.take(body),
    })
    const onInstalled = (installation: Parameters<InstalledWorkspaces['take']>[0]) => {
      this.#installed?.take(installation)
      log.info({ team: installation.workspace }, 'slack workspace installed')
    }
    const install =
      access.type === 'oauth'
        ? { ...access, store: createBoltInstallations({ ...access, clock, onInstalled }) }
        : undefined
    // Beside a socket nothing is signed: a secret that nobody knows lets no event in.
    const signingSecret = delivery.type === 'http' ? delivery.signingSecret : randomBytes(32).toString('hex')
    const needsHttp = delivery.type === 'http' || install !== undefined
    const http = needsHttp ? new HttpDoor({ app, apiUrl, port, signingSecret, install, log, clock }) : undefined
    const pingTimeoutMs = this.#timing.pingMs
    const socket =
      delivery.type === 'socket'
        ? new SocketDoor({ app, appToken: delivery.appToken, apiUrl, log, clock, pingTimeoutMs })
        : undefined
    return { doors: [http, socket].filter(door => door !== undefined), http }
  }

  #workspaceParts(): WorkspaceParts {
    const { apiUrl, log, clock, dmStyle } = this.#parts
    const timeoutMs = this.#timing.requestMs
    const onTokenRefused = ({ team }: Workspace, word: string) => {
      this.#installed?.tokenRefused(team)
      this.#refused(team, word)
    }
    return { apiUrl, log, clock, errands: this.#errands, dmStyle, timeoutMs, onTokenRefused }
  }

  /** One workspace is lost. With others beside it the adapter goes on. */
  #refused(team: string, word: string): void {
    const single = this.#parts.access.type === 'token'
    const cause = single ? botTokenRefused(word) : `the workspace took Aeries out or its token back (${word})`
    const cure = single ? 'set the new token and start again' : 'install the app there again at /slack/install'
    if (single && this.#lost !== undefined) return
    if (single) this.#lost = cause
    this.#parts.log.error({ team, cause, cure }, 'slack workspace lost')
  }

  #tell(told: Told, workspace: Workspace): void {
    if (told.type !== 'message') {
      this.#inbox?.event(told)
      return
    }
    const { place, message, person } = told
    const user = person.id.slice(person.id.lastIndexOf(':') + 1)
    const recipient = { user, team: workspace.person(user)?.team ?? workspace.team }
    const asker = { recipient, allowed: addressesOf(message.text), mayStand: false }
    this.#inbox?.event({ ...told, surface: this.#surfaceIn(workspace, place, message.id, asker) })
  }

  #surfaceIn(
    workspace: Workspace,
    place: Place,
    message: MessageId,
    asker: Readonly<{ recipient: Recipient | undefined; allowed: ReadonlySet<string>; mayStand: boolean }>,
  ): ReplySurface {
    const parts = {
      workspace,
      clock: this.#parts.clock,
      errands: this.#errands,
      rotateAfterMs: this.#timing.rotateStreamMs,
    }
    return new SlackSurface(parts, { place, message, native: this.#mayStream(place, asker.recipient), ...asker })
  }

  /** A native stream needs a thread, and outside of DMs somebody whom it is for: others see its beginning until it ends. */
  #mayStream({ thread, audience }: Place, recipient: Recipient | undefined): boolean {
    const { nativeStream } = this.#parts
    if (nativeStream === 'off' || thread === undefined) return false
    return audience === 'dm' || (nativeStream === 'all' && recipient !== undefined)
  }
}
