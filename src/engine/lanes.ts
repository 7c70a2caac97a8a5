import PQueue from 'p-queue'
import type { MessageEvent } from '#src/core/event.ts'
import type { MessageId, PersonId, TurnId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Exchange, Heard } from './exchange.ts'
import { ShuttingDown } from './interruption.ts'
import { Lane } from './lane.ts'
import type { LaneParts } from './lane-parts.ts'

/** What tells a lane: one asker in one conversation. */
type At = Pick<MessageEvent, 'place' | 'person'>

/** The last words of an answer that ends take no longer. */
const lookEveryMs = 20
const leavesWithin = 75

/** All lanes that have something to do, and whatever else runs beside them. */
export class Lanes {
  readonly #parts: LaneParts
  readonly #lanes = new Map<string, Lane>()
  /** Owns the failures of its tasks. */
  readonly #running = new PQueue({ concurrency: Number.POSITIVE_INFINITY })

  constructor(parts: LaneParts) {
    this.#parts = parts
  }

  /**
   * What one asker said in one conversation, all of it recorded: it gets one answer. `isCalledInto`: a thread that Aeries knows
   * nothing of yet.
   */
  hear(events: readonly Heard[], isCalledInto: boolean): void {
    const newest = events.at(-1)
    if (newest === undefined) return
    const key = laneOf(newest)
    const lane = this.#lanes.get(key)
    const opened = lane ?? this.#open(key)
    for (const event of events) opened.add(event)
    if (lane === undefined) this.own(() => this.#work(key, opened, isCalledInto))
  }

  /** Goes on with an open turn. */
  takeUp(exchange: Exchange): void {
    const [first] = exchange.asked
    if (first === undefined) return
    const key = laneOf(first)
    const lane = this.#lanes.get(key)
    const opened = lane ?? this.#open(key)
    opened.takeUp(exchange)
    if (lane === undefined) this.own(() => this.#work(key, opened, false))
  }

  /** Opens a lane for what an earlier process left there: until `run` new words of the asker queue up in it. */
  prepare(at: At): void {
    const key = laneOf(at)
    if (!this.#lanes.has(key)) this.#open(key)
  }

  /** Lets a prepared lane go, with what was left there before what has come since. */
  run(at: At, fill: (lane: Lane) => void): void {
    const key = laneOf(at)
    const lane = this.#lanes.get(key) ?? this.#open(key)
    fill(lane)
    this.own(() => this.#work(key, lane, false))
  }

  /** Ends the answer that is being given to that asker there, unless they asked after `saidAt`; returns its turn. */
  stop(at: At, saidAt?: Date): TurnId | undefined {
    return this.#lanes.get(laneOf(at))?.stop(saidAt)
  }

  /** The same for one turn, wherever it is answered. False when it is not. */
  stopTurn(turn: TurnId): boolean {
    return this.#lanes.values().some(lane => lane.stopTurn(turn))
  }

  /** It is being answered, or will be. */
  has(turn: TurnId): boolean {
    return this.#lanes.values().some(lane => lane.has(turn))
  }

  /** Gives a turn up without closing it, wherever it is answered; resolves once nothing more of it is written. */
  async letGo(turn: TurnId): Promise<void> {
    for (const lane of this.#lanes.values()) await lane.letGo(turn)
  }

  /** Other words for what waits for an answer. */
  reword(message: MessageId, text: string): void {
    for (const lane of this.#lanes.values()) lane.reword(message, text)
  }

  /** What waits for an answer gets none. */
  withdraw(message: MessageId): void {
    for (const lane of this.#lanes.values()) lane.withdraw(message)
  }

  /** The same, and in all threads below that place. */
  stopBelow(at: At, saidAt?: Date): void {
    const [here, person] = [conversationOf(at.place), ` ${at.person.id}`]
    for (const [key, lane] of this.#lanes) {
      if ((key.startsWith(`${here} `) || key.startsWith(`${here}:`)) && key.endsWith(person)) {
        lane.stop(saidAt)
      }
    }
  }

  /** The same for all who talk in that place or below it: a conversation, or the begin of its name. */
  async leavePlace(start: string): Promise<void> {
    await this.#leave(key => key.startsWith(`${start} `) || key.startsWith(`${start}:`))
  }

  /** Ends all that is written to that person or waits to be; resolves once nothing more comes of it, or nobody waits longer. */
  async leave(person: PersonId): Promise<void> {
    await this.#leave(key => key.endsWith(` ${person}`))
  }

  async #leave(isMeant: (key: string) => boolean): Promise<void> {
    const own = [...this.#lanes.keys()].filter(isMeant)
    for (const key of own) this.#lanes.get(key)?.leave()
    for (let looks = 0; looks < leavesWithin && own.some(key => this.#lanes.has(key)); looks += 1) {
      await this.#parts.clock.sleep(lookEveryMs, this.#parts.abort)
    }
  }

  /** How many have something to do. */
  get count(): number {
    return this.#lanes.size
  }

  /** Runs beside the lanes; `idle` waits for it. */
  own(task: () => Promise<void>): void {
    const { abort, log } = this.#parts
    this.#running.add(task).catch((error: unknown) => {
      if (!abort.aborted && !(error instanceof ShuttingDown))
        log.error({ err: error }, 'a message could not be taken or answered')
    })
  }

  idle(): Promise<void> {
    return this.#running.onIdle()
  }

  #open(key: string): Lane {
    const lane = new Lane(this.#parts)
    this.#lanes.set(key, lane)
    return lane
  }

  /** At a stop a lane leaves what it has not begun where it is recorded. A turn that fails takes no other with it. */
  async #work(key: string, lane: Lane, isCalledInto: boolean): Promise<void> {
    const { closing, abort, log, learning } = this.#parts
    using _ = learning?.rightOfWay.claim()
    for (let first = isCalledInto; !lane.isEmpty && !closing.aborted; first = false) {
      await lane.answer(first).catch((error: unknown) => {
        if (!abort.aborted) log.error({ err: error }, 'a message could not be answered')
      })
    }
    this.#lanes.delete(key)
  }
}

/** The lane's name. */
export function laneOf({ place, person }: At): string {
  return `${conversationOf(place)} ${person.id}`
}
