import type { MessageEvent } from '#src/core/event.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import { isShared, type Place } from '#src/core/place.ts'
import type { Gap, Health, Inbox, PlaceRead, PlatformAdapter } from '#src/core/platform.ts'
import type { ReplySurface } from '#src/core/surface.ts'
import type { Answering } from './answering.ts'
import { buildDoors, type Doors } from './build-doors.ts'
import { Errands } from './errands.ts'
import type { Told } from './heard.ts'
import type { ToldMessage } from './incoming.ts'
import { linkTo } from './link-to.ts'
import { Listener } from './listener.ts'
import { LostSurface } from './lost-surface.ts'
import { readMissed } from './missed.ts'
import { OwnWatch } from './own-watch.ts'
import { platform } from './platform-name.ts'
import { answerPrivately } from './private-answer.ts'
import { Sideshow } from './sideshow.ts'
import { type SlackParts, type Timing, usualTiming } from './slack-parts.ts'
import { addressesOf } from './stream-text.ts'
import { SlackSurface } from './surface.ts'
import { botTokenRefused, identityOf } from './token-identity.ts'
import type { Workspace, WorkspaceParts } from './workspace.ts'
import { InstalledWorkspaces, SingleWorkspace, type Workspaces } from './workspaces.ts'

/** `port`: where it listens for Slack, if it does. */
export type SlackAdapter = PlatformAdapter & Readonly<{ port: number | undefined }>

/** Slack for the house: one app, in one workspace or in many. */
export function createSlackAdapter(parts: SlackParts): SlackAdapter {
  return new Adapter(parts)
}

type Asker = Pick<Answering, 'recipient' | 'allowed' | 'mayStand'>

class Adapter implements SlackAdapter {
  readonly platform = platform
  readonly #parts: SlackParts
  readonly #timing: Timing
  readonly #errands: Errands
  readonly #listener: Listener
  readonly #doors: Doors
  readonly #installed: InstalledWorkspaces | undefined
  /** Workspaces of which that was said: it shows in many places, and is one fact. */
  readonly #lost = new Set<string>()
  #workspaces: Workspaces | undefined
  #inbox: Inbox | undefined
  #down: Health | undefined = { state: 'connecting', cause: 'not started' }

  constructor(parts: SlackParts) {
    const { log, clock, access } = parts
    this.#parts = parts
    this.#timing = { ...usualTiming, ...parts.timing }
    this.#errands = new Errands(log, clock)
    if (access.type === 'oauth') {
      this.#installed = new InstalledWorkspaces(access.installations, this.#workspaceParts())
      this.#workspaces = this.#installed
    }
    const errands = this.#errands
    const workspaces = () => this.#workspaces
    const onRemoved = (team: string, word: string) => this.#lose(team, word)
    const sideshow = new Sideshow({ workspaces, clock, errands, onRemoved })
    const tell = (told: Told, workspace: Workspace) => this.#tell(told, workspace)
    const own = new OwnWatch({ clock, errands, tell })
    this.#listener = new Listener({ workspaces, errands, clock, log, sideshow, own, tell })
    this.#doors = buildDoors({
      ...parts,
      times: this.#timing,
      workspace: async team => await this.#workspaces?.get(team),
      onBody: body => this.#listener.take(body),
      onGap: since => this.#inbox?.event({ type: 'gap', platform, since }),
      onInstalled: installation => {
        this.#installed?.take(installation)
        this.#lost.delete(installation.workspace)
        log.info({ team: installation.workspace }, 'slack workspace installed')
      },
    })
  }

  get port(): number | undefined {
    return this.#doors.http?.port
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
    await Promise.all(this.#doors.all.map(door => door.open(until)))
    this.#down = undefined
  }

  /** Doors first; what was acknowledged before is still told, since Slack will not say it again. */
  async closeDoor(): Promise<void> {
    await Promise.all(this.#doors.all.map(door => door.close()))
    await this.#listener.finish()
    this.#inbox = undefined
  }

  health(): Health {
    if (this.#down !== undefined) return this.#down
    return (
      this.#doors.all.map(door => door.health()).find(({ state }) => state !== 'connected') ?? { state: 'connected' }
    )
  }

  async link(message: MessageId, signal: AbortSignal): Promise<string | undefined> {
    return await linkTo(message, this.#workspaces, signal)
  }

  surface(place: Place, answering: MessageId): ReplySurface {
    const workspace = place.workspace === undefined ? undefined : this.#workspaces?.known(place.workspace)
    if (workspace === undefined) return new LostSurface()
    return this.#surface(workspace, place, answering, { recipient: undefined, allowed: new Set(), mayStand: true })
  }

  async *missed(gap: Gap, signal: AbortSignal): AsyncIterable<MessageEvent | PlaceRead> {
    const workspaces = this.#workspaces?.all() ?? []
    for await (const { told, workspace } of readMissed({ clock: this.#parts.clock, workspaces }, gap, signal)) {
      yield told.type === 'place read' ? told : this.#answerable(told, workspace)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.closeDoor()
    this.#down = { state: 'lost', cause: 'closed' }
    for (const { agent } of this.#workspaces?.all() ?? []) agent.endAll()
    await this.#errands.end()
  }

  #workspaceParts(): WorkspaceParts {
    const { apiUrl, log, clock, dmStyle } = this.#parts
    const timeoutMs = this.#timing.requestMs
    const onTokenRefused = ({ team }: Workspace, word: string) => {
      this.#installed?.tokenRefused(team)
      this.#lose(team, word)
    }
    return { apiUrl, log, clock, errands: this.#errands, dmStyle, timeoutMs, onTokenRefused }
  }

  /** One workspace is lost. Where there may be others, Slack is not. */
  #lose(team: string, word: string): void {
    if (this.#lost.has(team)) return
    this.#lost.add(team)
    if (this.#installed !== undefined) {
      const cure = 'if that was not meant, install the app there again at /slack/install'
      this.#parts.log.error({ team, cause: word, cure }, 'a workspace took Aeries out, or its token back')
      return
    }
    const cause = botTokenRefused(word)
    this.#down = { state: 'lost', cause }
    this.#parts.log.error({ team, cause }, 'slack is lost')
  }

  #tell(told: Told, workspace: Workspace): void {
    if (told.type !== 'message') {
      this.#inbox?.event(told)
      return
    }
    this.#inbox?.event(this.#answerable(told, workspace))
  }

  /** A message with the surface that it is answered on. */
  #answerable(told: ToldMessage, workspace: Workspace): MessageEvent {
    const { place, message, person } = told
    const user = person.id.slice(person.id.lastIndexOf(':') + 1)
    const recipient = { user, team: workspace.person(user)?.team ?? workspace.team }
    const asker = { recipient, allowed: addressesOf(message.text), mayStand: false }
    const surface = this.#surface(workspace, place, message.id, asker)
    // In a DM nobody else reads along, and what is written there stays.
    if (!isShared(place)) return { ...told, surface }
    // In a thread that nobody has begun, Slack shows words for one person to nobody (https://docs.slack.dev/reference/methods/chat.postEphemeral).
    const thread = place.thread === nativeMessageId(message.id) ? undefined : place.thread
    return { ...told, surface, respond: answerPrivately(workspace, { channel: place.channel, thread, user }) }
  }

  #surface(workspace: Workspace, place: Place, message: MessageId, asker: Asker): ReplySurface {
    const rotateAfterMs = this.#timing.rotateStreamMs
    const parts = { workspace, clock: this.#parts.clock, errands: this.#errands, rotateAfterMs }
    return new SlackSurface(parts, { place, message, native: this.#mayStream(place, asker), ...asker })
  }

  /** A native stream needs a thread, and outside of DMs somebody whom it is for. */
  #mayStream({ thread, audience }: Place, { recipient }: Asker): boolean {
    const { nativeStream } = this.#parts
    if (nativeStream === 'off' || thread === undefined) return false
    return audience === 'dm' || (nativeStream === 'all' && recipient !== undefined)
  }
}
