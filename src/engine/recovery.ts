import type { ControlEvent } from '#src/core/event.ts'
import type { Asked } from '#src/core/turn.ts'
import type { OpenTurn } from '#src/core/turns.ts'
import type { Door } from './access/door.ts'
import { CatchUp, type Heed } from './catch-up.ts'
import { broken, type Exchange, ended, type Heard, turnOf } from './exchange.ts'
import type { LaneParts } from './lane-parts.ts'
import { type Lanes, laneOf } from './lanes.ts'
import { offerAnswer, offeredTurn } from './offer-answer.ts'
import type { Platform } from './platform.ts'
import type { Removals } from './removals.ts'
import { isFresh } from './resting.ts'

/** What one asker was left with in one conversation. */
type Left = { readonly open: OpenTurn[]; readonly waiting: Asked[] }

type Others = Readonly<{ lanes: Lanes; removals: Removals; door: Door; heed: Heed }>

/** What comes live at a start waits at most that long for what was said before it. */
const newsWaitMs = 2_000

/** Goes on with what the ledger holds and no lane knows of: what an earlier process left, what was said while nobody listened. */
export class Recovery {
  readonly #parts: LaneParts
  readonly #platforms: readonly Platform[]
  readonly #lanes: Lanes
  readonly #removals: Removals
  readonly #catchUp: CatchUp
  /** How far each platform was heard before this process listened. */
  readonly #heardUntil = new Map<string, Date>()
  readonly #left = new Map<string, Left>()
  /** Until then what comes live may be later than what is still being read. */
  readonly #catchingUp = new Map<string, Promise<void>>()

  constructor(parts: LaneParts, platforms: readonly Platform[], { lanes, removals, door, heed }: Others) {
    this.#parts = parts
    this.#removals = removals
    this.#platforms = platforms
    this.#lanes = lanes
    this.#catchUp = new CatchUp(parts, platforms, lanes, door, heed)
  }

  /** Reads what the process before left open. Of a platform that is off now it stays in the ledger. */
  async recall(): Promise<void> {
    const { turns } = this.#parts.store
    for (const { platform } of this.#platforms) {
      const until = await turns.heardUntil(platform)
      if (until === undefined) continue
      this.#heardUntil.set(platform, until)
      // What comes live before the look back begins would pass for the last that was heard.
      await this.#catchUp.note(platform, until)
    }
    for (const open of await turns.open()) this.#leave(open.turn.asked.at(-1), ({ open: turns }) => turns.push(open))
    for (const asked of await turns.waiting()) this.#leave(asked, ({ waiting }) => waiting.push(asked))
    if (this.#left.size > 0) this.#parts.log.info({ lanes: this.#left.size }, 'found what was left open')
  }

  /** The platform is connected: goes on with what was left there, and asks it for what was said since. */
  resume(name: string): void {
    for (const [key, left] of this.#left) {
      const [first] = [...left.open.flatMap(({ turn }) => turn.asked), ...left.waiting]
      if (first?.place.platform !== name) continue
      this.#left.delete(key)
      this.#goOn(first, left)
    }
    this.#lanes.own(() => this.#removals.run(name, this.#parts.stop))
    const since = this.#heardUntil.get(name)
    if (since === undefined) return
    const { clock, stop } = this.#parts
    const soon = clock.sleep(newsWaitMs, stop).catch(() => {})
    this.#catchingUp.set(name, Promise.race([this.#catchUp.lookBack(name, since), soon]))
  }

  /** Resolves, soon in any case, when what was said before the present is in its lane. */
  async caughtUp(name: string): Promise<void> {
    await this.#catchingUp.get(name)
  }

  /** Asks a platform for what was said to Aeries since then and did not arrive. */
  catchUp(name: string, since: Date): void {
    void this.#catchUp.lookBack(name, since)
  }

  /** Somebody takes the offer of an answer after all. Only its asker can, once. */
  async answerAfterAll({ control, person }: ControlEvent): Promise<void> {
    const turn = control.type === 'button' ? offeredTurn(control.action) : undefined
    const open = turn && (await this.#parts.store.turns.reopen(turn, person.id))
    if (open) this.#lanes.takeUp(this.#exchange(open))
  }

  #leave(asked: Asked | undefined, put: (left: Left) => void): void {
    if (asked === undefined || !this.#platforms.some(({ platform }) => platform === asked.place.platform)) return
    const key = laneOf(asked)
    const left = this.#left.get(key) ?? { open: [], waiting: [] }
    this.#left.set(key, left)
    put(left)
    this.#lanes.prepare(asked)
  }

  #goOn(at: Asked, { open, waiting }: Left): void {
    const exchanges = open.map(turn => this.#exchange(turn))
    const said = waiting.map(asked => this.#parts.openExchange.event(asked))
    const isOver = said.length > 0 && !said.some(event => this.#isFresh(event))
    for (const exchange of exchanges.filter(one => this.#isLostCause(one))) this.#lanes.own(() => this.#close(exchange))
    if (isOver) this.#lanes.own(() => offerAnswer(this.#parts, undefined, said))
    this.#lanes.run(at, lane => {
      for (const exchange of exchanges.filter(one => !this.#isLostCause(one))) lane.takeUp(exchange)
      if (!isOver) lane.recall(said)
    })
  }

  /** Not a word was said, and nobody waits for one any more. */
  #isLostCause({ stands, asked }: Exchange): boolean {
    return stands?.draft === undefined && !asked.some(event => this.#isFresh(event))
  }

  /** A notice that nobody waits behind any more stays; who got not even that is asked; an earlier reply comes back. */
  async #close(exchange: Exchange): Promise<void> {
    const { id, asked, stands, fallsBack } = exchange
    if (fallsBack) {
      const open = await this.#parts.store.revisions.restore(id)
      if (open) this.#lanes.takeUp(this.#parts.openExchange.exchange(open, false))
      return
    }
    const messages = (stands?.shown ?? []).map(({ message }) => message)
    if (messages.length === 0) return await offerAnswer(this.#parts, id, asked)
    const { store, clock } = this.#parts
    await store.turns.finish(turnOf(exchange), { outcome: 'failed', text: '', messages }, clock.now())
  }

  /** What stands of words that nobody waits for any more gets a word under it instead of its end. */
  #exchange(open: OpenTurn): Exchange {
    const exchange = this.#parts.openExchange.exchange(open, true)
    const { stands, asked } = exchange
    const isBegun = open.draft !== undefined && open.draft.end === undefined
    const isLost = isBegun && !asked.some(one => this.#isFresh(one))
    return { ...exchange, stands: isLost && stands ? ended(stands, broken) : stands }
  }

  #isFresh({ at }: Heard): boolean {
    const { clock, patienceMs } = this.#parts
    return isFresh(at, clock.now(), patienceMs)
  }
}
