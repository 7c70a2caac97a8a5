import type { ControlEvent, MessageEvent } from '#src/core/event.ts'
import { conversationOf } from '#src/core/place.ts'
import type { PlatformAdapter } from '#src/core/platform.ts'
import type { OpenTurn } from '#src/core/store.ts'
import type { Asked } from '#src/core/turn.ts'
import { callIn } from './commands.ts'
import { abandoned, type Exchange, type Heard, type LaneParts, nothingEarlier, turnOf, withoutSurface } from './lane.ts'
import type { Lanes } from './lanes.ts'
import { offerAnswer, offeredTurn } from './offer-answer.ts'
import { isFresh } from './resting.ts'
import { standingOf } from './standing.ts'

export type Platform = Pick<PlatformAdapter, 'platform' | 'surface' | 'missed'>

/** Where nobody has said anything for longer nobody waits for an answer either. */
const lookForMissedMs = 7 * 24 * 3_600_000
const mostPlaces = 200

/** Goes on with what the ledger holds and no lane knows of: what an earlier process left, what was said while nobody listened. */
export class Recovery {
  readonly #parts: LaneParts
  readonly #platforms: readonly Platform[]
  readonly #lanes: Lanes
  /** How far each platform was heard before this process listened. */
  readonly #heardUntil = new Map<string, Date>()
  /** What is left to do once a platform is there, for what is too old to be answered unasked. */
  readonly #stale: { readonly platform: string; close(): Promise<void> }[] = []

  constructor(parts: LaneParts, platforms: readonly Platform[], lanes: Lanes) {
    this.#parts = parts
    this.#platforms = platforms
    this.#lanes = lanes
  }

  /** Reads what the process before left open. Of a platform that is off now it stays in the ledger. */
  async recall(): Promise<void> {
    const { turns } = this.#parts.store
    for (const { platform } of this.#platforms) {
      const until = await turns.heardUntil(platform)
      if (until) this.#heardUntil.set(platform, until)
    }
    const open = (await turns.open()).flatMap(turn => this.#exchange(turn))
    for (const exchange of open) this.#recallOpen(exchange)
    const waiting = byAsker((await turns.waiting()).flatMap(asked => this.#event(asked)))
    for (const said of waiting) this.#recallWaiting(said)
    if (open.length + waiting.length > 0) {
      this.#parts.log.info({ open: open.length, waiting: waiting.length }, 'found turns that were left open')
    }
  }

  /** The platform is connected: goes on with what was left there, and asks it for what was said since. */
  resume(name: string): void {
    this.#lanes.run(name)
    for (const { platform, close } of this.#stale) if (platform === name) this.#lanes.own(close)
    const since = this.#heardUntil.get(name)
    if (since) this.catchUp(name, since)
  }

  /** Asks a platform for what was said to Aeries since then and did not arrive. */
  catchUp(name: string, since: Date): void {
    const platform = this.#platforms.find(({ platform }) => platform === name)
    if (platform) this.#lanes.own(() => this.#hearMissed(platform, since))
  }

  /** Somebody takes the offer of an answer after all. Only its asker can, once. */
  answerAfterAll({ control, person }: ControlEvent): void {
    const turn = control.type === 'button' ? offeredTurn(control.action) : undefined
    if (turn === undefined) return
    this.#lanes.own(async () => {
      const open = await this.#parts.store.turns.reopen(turn, person.id)
      for (const exchange of open ? this.#exchange(open) : []) this.#lanes.takeUp(exchange)
    })
  }

  #recallOpen(exchange: Exchange): void {
    const newest = exchange.asked.at(-1)
    if (newest === undefined) return
    const { platform } = newest.place
    if (exchange.stands?.draft !== undefined || this.#isFresh(newest)) {
      this.#lanes.prepare(platform, newest, lane => lane.takeUp(exchange))
    } else this.#stale.push({ platform, close: () => this.#closeWordless(exchange) })
  }

  /** A notice that nobody waits behind any more stays; who got not even that is asked. */
  async #closeWordless(exchange: Exchange): Promise<void> {
    const { id, asked, stands } = exchange
    const messages = (stands?.shown ?? []).map(({ message }) => message)
    if (messages.length === 0) return await offerAnswer(this.#parts, id, asked)
    const { store, clock } = this.#parts
    await store.turns.finish(turnOf(exchange), { outcome: 'failed', text: '', messages }, clock.now())
  }

  #recallWaiting(said: readonly Heard[]): void {
    const newest = said.at(-1)
    if (newest === undefined) return
    const { platform } = newest.place
    if (this.#isFresh(newest)) {
      this.#lanes.prepare(platform, newest, lane => {
        for (const event of said) lane.add(event)
      })
    } else this.#stale.push({ platform, close: () => offerAnswer(this.#parts, undefined, said) })
  }

  async #hearMissed(platform: Platform, since: Date): Promise<void> {
    const { store, clock, stop, log } = this.#parts
    const lookedFor = new Date(clock.now().getTime() - lookForMissedMs)
    const places = await store.turns.placesSince(platform.platform, lookedFor, mostPlaces)
    const missed: Heard[] = []
    for await (const event of platform.missed(since, places, stop)) {
      if (callIn(event.message.text)) continue
      const isNews = event.message.addressed && (await store.turns.receive(withoutSurface(event))) === 'new'
      if (isNews) missed.push({ ...event, isMissed: true })
    }
    if (missed.length === 0) return
    log.info({ platform: platform.platform, messages: missed.length }, 'heard what was said while nobody listened')
    for (const said of byAsker(missed)) {
      const newest = said.at(-1)
      if (newest && this.#isFresh(newest)) this.#lanes.hear(said, false)
      else await offerAnswer(this.#parts, undefined, said)
    }
  }

  /** What stands of words that nobody waits for any more gets a word under it instead of its end. */
  #exchange(open: OpenTurn): readonly Exchange[] {
    const asked = open.turn.asked.flatMap(one => this.#event(one))
    const newest = asked.at(-1)
    if (newest === undefined) return []
    const stands = standingOf(open)
    const isLost = open.draft !== undefined && open.draft.end === undefined && !this.#isFresh(newest)
    return [
      { id: open.turn.id, asked, earlier: nothingEarlier, stands: isLost ? abandoned(stands) : stands, wasAway: true },
    ]
  }

  #event(asked: Asked): readonly Heard[] {
    const platform = this.#platforms.find(({ platform }) => platform === asked.place.platform)
    return platform
      ? [{ type: 'message', ...asked, surface: platform.surface(asked.place, asked.message.id), isMissed: true }]
      : []
  }

  #isFresh({ at }: MessageEvent): boolean {
    return isFresh(at, this.#parts.clock.now())
  }
}

/** What each asker said in each conversation, in order. */
function byAsker(events: readonly Heard[]): readonly (readonly Heard[])[] {
  return [...Map.groupBy(events, ({ place, person }) => `${conversationOf(place)} ${person.id}`).values()]
}
