import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import { addresseeOf } from './addressee.ts'
import { ChannelTurns } from './channel-turns.ts'
import type { Errands } from './errands.ts'
import { hearClick, hearReaction, hearStop } from './hear-act.ts'
import { hearMessage } from './hear-message.ts'
import type { Heard, Told } from './heard.ts'
import { Interactions } from './interactions.ts'
import type { OwnWatch } from './own-watch.ts'
import type { Sideshow } from './sideshow.ts'
import { Twins } from './twins.ts'
import { clickSchema, type Envelope, envelopeSchema } from './wire.ts'
import type { Workspace } from './workspace.ts'
import type { Workspaces } from './workspaces.ts'

export type ListenerParts = Readonly<{
  workspaces: () => Workspaces | undefined
  errands: Errands
  clock: Clock
  log: Log
  sideshow: Sideshow
  own: OwnWatch
  tell: (told: Told, workspace: Workspace) => void
}>

/** Whoever stops has running answers to end: names that are still asked for by then are not worth more of that time. */
const lastNamesMs = 500

/** Makes events of what Slack sends, channel by channel in order. One that nobody understands does not end the line. */
export class Listener {
  readonly #parts: ListenerParts
  readonly #turns = new ChannelTurns()
  readonly #twins = new Twins()
  readonly #interactions: Interactions
  readonly #arrived: unknown[] = []
  #looking: Promise<void> | undefined
  readonly #hurry = new AbortController()
  /** Ends what is asked for before an event can be told. */
  readonly #learning: AbortSignal

  constructor(parts: ListenerParts) {
    this.#parts = parts
    this.#learning = AbortSignal.any([parts.errands.signal, this.#hurry.signal])
    this.#interactions = new Interactions(parts)
  }

  /**
   * A body as Slack sent it, acknowledged already. One is looked at in a turn of the event loop, so that in a burst those behind
   * it are read and acknowledged first: for that Slack gives three seconds, for the answers as long as they take.
   */
  take(body: unknown): void {
    this.#arrived.push(body)
    this.#looking ??= this.#look()
  }

  /** Resolves when all that came is told: soon, with what is known by then. Nothing comes any more. */
  async finish(): Promise<void> {
    const told = new AbortController()
    const late = this.#parts.clock.sleep(lastNamesMs, told.signal).then(
      () => this.#hurry.abort(new Error('Slack is let go of')),
      () => undefined,
    )
    while (this.#looking !== undefined) await this.#looking
    await this.#turns.idle()
    told.abort()
    await late
  }

  async #look(): Promise<void> {
    while (this.#arrived.length > 0) {
      await turnOfTheLoop()
      const body = this.#arrived.shift()
      this.#guarded(() => {
        if (this.#interactions.take(body)) return
        if (isClick(body)) this.#click(body)
        else this.#event(envelopeSchema.parse(body))
      })
    }
    // In the same turn as the last look, so that nothing that comes is left lying.
    this.#looking = undefined
  }

  #event(envelope: Envelope): void {
    const { event } = envelope
    const { sideshow, workspaces, tell } = this.#parts
    const known = workspaces()
    const workspace = known && addresseeOf(envelope, known)
    if (workspace === undefined) return
    if (event.type === 'app_uninstalled' || event.type === 'tokens_revoked') {
      sideshow.removed(envelope, workspace, told => tell(told, workspace))
      return
    }
    const heard = this.#hear(envelope, workspace)
    if (heard !== undefined) this.#later(heard, workspace)
  }

  #hear(envelope: Envelope, workspace: Workspace): Heard | undefined {
    const { event, event_id: id } = envelope
    const delivery = { id, external: envelope.is_ext_shared_channel === true }
    const { own } = this.#parts
    const context = { workspace, delivery, own, twins: this.#twins, signal: this.#learning }
    switch (event.type) {
      case 'message':
      case 'app_mention':
        return hearMessage(event, context)
      case 'reaction_added':
      case 'reaction_removed':
        return hearReaction(event, context)
      case 'agent_session_stopped':
        this.#parts.sideshow.stop(event, workspace)
        return hearStop(event, context)
      case 'app_home_opened':
        this.#parts.sideshow.opened(event, workspace)
        this.#interactions.opened(event, workspace)
        return undefined
      default:
        return this.#parts.sideshow.left(envelope, workspace)
    }
  }

  #click(body: unknown): void {
    const click = clickSchema.safeParse(body)
    const workspace = click.success ? this.#parts.workspaces()?.known(click.data.team.id) : undefined
    // Clicks outside of messages are nobody's yet.
    if (!click.success || workspace === undefined) return
    this.#later(hearClick(click.data, { workspace, signal: this.#learning }), workspace)
  }

  #later({ channel, learning, tell }: Heard, workspace: Workspace): void {
    this.#turns.take(channel, learning, () =>
      this.#guarded(() => {
        const told = tell()
        if (told !== undefined) this.#parts.tell(told, workspace)
      }),
    )
  }

  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#parts.log.error({ err: error }, 'a slack event was not understood')
    }
  }
}

function isClick(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'type' in body && body.type === 'block_actions'
}
