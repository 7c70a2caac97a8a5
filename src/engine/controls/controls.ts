import PQueue from 'p-queue'
import type { Clock } from '#src/core/clock.ts'
import type { EventKey, MessageId, TurnId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import { isShared, type Place } from '#src/core/place.ts'
import type { KnownTurn, SupersedeCause } from '#src/core/revisions.ts'
import type { Store } from '#src/core/store.ts'
import { untold } from '#src/core/telemetry.ts'
import type { OpenTurn } from '#src/core/turns.ts'
import type { Access } from '#src/engine/access/access.ts'
import type { LaneParts } from '#src/engine/lane-parts.ts'
import type { Lanes } from '#src/engine/lanes.ts'
import type { ControlName } from './control-name.ts'
import { mayGoOn } from './may-go-on.ts'
import { takeBackControl, tellControl } from './tell-controls.ts'

/** An answer that is older is not changed under people's eyes any more: the next one comes below. In ms. */
export const inPlaceMs = 15 * 60_000

/** Who works a control, on which answer; `removed`: the reaction is taken back. */
export type ControlUse = Readonly<{
  turn: TurnId
  place: Place
  person: Person
  change: 'added' | 'removed'
  by?: Exclude<SupersedeCause, 'edit'>
  /** The reaction that tells it: platforms tell of some twice, and of others late. */
  told?: Readonly<{ key: EventKey; message: MessageId; at: Date }>
  /** Tells that person why nothing happens; a reaction causes no words. */
  refuse?(words: string): Promise<void>
}>

export type ControlParts = Pick<
  LaneParts,
  'learning' | 'log' | 'openExchange' | 'onRemovals' | 'onTurn' | 'telemetry'
> &
  Readonly<{ store: Store; clock: Clock; lanes: Lanes; access: Pick<Access, 'charge'> }>

/** What people have done with answers. Whoever may not has no effect, and sees nothing of it. */
export class Controls {
  readonly #parts: ControlParts
  /** What is done to one turn is done one after the other. */
  readonly #turns = new Map<TurnId, PQueue>()

  constructor(parts: ControlParts) {
    this.#parts = parts
  }

  /** Resolves once it is under way, or nothing is to be done. */
  async act(control: ControlName, use: ControlUse): Promise<void> {
    // Nothing stands between somebody's stop and what is written.
    if (control === 'stop') return await this.#stop(use)
    await this.oneByOne(use.turn, async () => {
      const known = await this.#parts.store.revisions.known(use.turn)
      if (known === undefined || known.isWithdrawn) return
      const isAsker = known.turn.asker.id === use.person.id
      if (control === 'delete') {
        if (use.change === 'added' && (isAsker || mayModerate(use, known))) await this.withdraw(use.turn)
      } else if (!isAsker || !(await this.#isNews(control, use))) return
      else if (control === 'regenerate') await this.#regenerate(known, use)
      else if (use.change === 'added') await this.#goOn(known, use)
    })
  }

  /** Takes the answer out of the history and off the platform, also while it is written. */
  async withdraw(turn: TurnId): Promise<void> {
    const { store, clock, lanes } = this.#parts
    await lanes.letGo(turn)
    const open = await this.#open(turn)
    const known = await store.revisions.known(turn)
    if (known === undefined) return
    await store.revisions.withdraw(turn, clock.now())
    this.#parts.onRemovals(known.turn.place.platform)
    if (open) this.tellClosed(open)
  }

  /** A turn is over without its reply. */
  tellClosed({ turn, draft, messages }: OpenTurn): void {
    const { onTurn, telemetry = untold } = this.#parts
    const reply = { outcome: 'stopped', text: draft?.text ?? '', messages } as const
    telemetry.tell({ type: 'turn closed', platform: turn.place.platform, outcome: reply.outcome })
    onTurn(turn, reply)
  }

  /** A turn that something became of, on its way to its new reply; if nothing became of it, to the one that it was given. */
  async takeUp(turn: TurnId, open: OpenTurn | undefined): Promise<void> {
    const { lanes, openExchange } = this.#parts
    const left = open ?? (await this.#open(turn))
    if (left) lanes.takeUp(openExchange.exchange(left, false))
  }

  /** Ends the answer that is being given to that person there. Not everything that ends one says something against it. */
  async stopAt(at: Pick<ControlUse, 'place' | 'person'>, saidAt?: Date): Promise<void> {
    const { store, lanes } = this.#parts
    const turn = lanes.stop(at, saidAt)
    const known = turn && (await store.revisions.known(turn))
    if (known) await this.#tellStopped(known)
  }

  async oneByOne(turn: TurnId, task: () => Promise<void>): Promise<void> {
    const queue = this.#turns.get(turn) ?? new PQueue({ concurrency: 1 })
    this.#turns.set(turn, queue)
    try {
      await queue.add(task)
    } finally {
      if (queue.size === 0 && queue.pending === 0) this.#turns.delete(turn)
    }
  }

  /** Whether the asker's limits leave room for one more answer; it counts then. */
  async mayAsk(
    { person, place, refuse }: Pick<ControlUse, 'person' | 'place' | 'refuse'>,
    characters = 0,
  ): Promise<boolean> {
    const refused = await this.#parts.access.charge({ person, place, characters })
    if (refused?.words !== undefined) await refuse?.(refused.words)
    return refused === undefined
  }

  async #open(turn: TurnId): Promise<OpenTurn | undefined> {
    return (await this.#parts.store.turns.open()).find(one => one.turn.id === turn)
  }

  async #stop(use: ControlUse): Promise<void> {
    const { turn, person, change } = use
    const { store, lanes } = this.#parts
    const known = await store.revisions.known(turn)
    if (known === undefined || change === 'removed' || known.turn.asker.id !== person.id) return
    if (known.reply !== undefined || !(await this.#isNews('stop', use)) || !lanes.stopTurn(turn)) return
    await this.#tellStopped(known)
  }

  /** Nobody has told of it before, nor of what came of it since. */
  async #isNews(control: ControlName, { turn, change, told }: ControlUse): Promise<boolean> {
    return told === undefined || (await this.#parts.store.revisions.heed({ ...told, turn, control, change }))
  }

  async #tellStopped(known: KnownTurn): Promise<void> {
    const { store, clock } = this.#parts
    const open = await this.#open(known.turn.id)
    const { reply } = (open ? undefined : await store.revisions.known(known.turn.id)) ?? {}
    await tellControl(this.#parts, 'stopped', known, clock.now(), open?.draft?.text ?? reply?.text)
  }

  async #regenerate(known: KnownTurn, use: ControlUse): Promise<void> {
    const { change, by = 'reaction' } = use
    const { store, clock, onRemovals, lanes } = this.#parts
    const { turn, reply, closedAt, isNewest } = known
    if (change === 'removed') {
      if (known.superseded !== 'reaction') return
      await lanes.letGo(turn.id)
      await this.takeUp(turn.id, await store.revisions.restore(turn.id, 'reaction'))
      await takeBackControl(this.#parts, 'regenerated', known)
      onRemovals(turn.place.platform)
      return
    }
    if (reply === undefined || closedAt === undefined) return
    const now = clock.now()
    const inPlace = isNewest && now.getTime() - closedAt.getTime() <= inPlaceMs && reply.messages.length > 0
    if (!(await this.mayAsk(use))) return
    const open = await store.revisions.supersede(turn.id, { cause: by, inPlace })
    if (open === undefined) return
    await this.takeUp(turn.id, open)
    await tellControl(this.#parts, 'regenerated', known, now)
  }

  async #goOn(known: KnownTurn, use: ControlUse): Promise<void> {
    if (!mayGoOn(known) || !(await this.mayAsk(use))) return
    const open = await this.#parts.store.revisions.goOn(known.turn.id)
    if (open) await this.takeUp(known.turn.id, open)
  }
}

/** Of a DM there are no moderators, whoever somebody is elsewhere. */
function mayModerate({ person, place }: ControlUse, { turn }: KnownTurn): boolean {
  const isThere = place.workspace === turn.place.workspace && place.channel === turn.place.channel
  return isThere && isShared(turn.place) && person.standing !== undefined
}
