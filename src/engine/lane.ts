import type { MessageId, TurnId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import { untold } from '#src/core/telemetry.ts'
import type { Reply, Turn } from '#src/core/turn.ts'
import { apologise } from './apologise.ts'
import { Attempts } from './attempts.ts'
import { type Exchange, type Heard, newest, nothingEarlier, turnOf } from './exchange.ts'
import { LetGo, Stopped } from './interruption.ts'
import type { LaneParts } from './lane-parts.ts'
import { readEarlier } from './read-earlier.ts'
import { settleDoubt } from './settle-doubt.ts'
import { stillAsked } from './still-asked.ts'
import { Waiting } from './waiting.ts'

const finishAgainAfterMs = [250, 1_000, 4_000]

/** One turn that is being answered. */
type Work = {
  /** Known once it is begun. */
  turn: TurnId | undefined
  /** It grows once it is begun. */
  asked: readonly Heard[]
  readonly stopping: AbortController
  readonly leaving: AbortController
  readonly over: PromiseWithResolvers<void>
}

/**
 * What one asker asks in one conversation: one turn at a time. What the asker adds before a word of the answer is shown
 * joins the turn, and the model is asked anew with both (the prefix is cached, so that costs little, and nobody has to wait
 * for a possible second message). What comes later is collected into the next turn. While the model is away the turn stays
 * open for some time: its notice becomes the answer once the model is back.
 */
export class Lane {
  readonly #parts: LaneParts
  /** Turns that an earlier process, or an earlier try, left open. */
  readonly #left: Exchange[] = []
  readonly #waiting = new Waiting()
  /** Set while a turn is answered. */
  #work: Work | undefined

  constructor(parts: LaneParts) {
    this.#parts = parts
  }

  /** The event is recorded already. */
  add(event: Heard): void {
    this.#waiting.add(event)
  }

  /** The turn is open already. It comes before all that waits. */
  takeUp(exchange: Exchange): void {
    this.#left.push(exchange)
  }

  /** These were said before all that waits. */
  recall(events: readonly Heard[]): void {
    this.#waiting.addBefore(events)
  }

  /**
   * Ends the answer that is being given, and returns its turn; what waits behind it is answered. `saidAt`, by the platform's clock: who
   * said it before they asked, and is heard only now, did not mean this answer.
   */
  stop(saidAt?: Date): TurnId | undefined {
    if (this.#work === undefined || (saidAt && newest(this.#work.asked).at > saidAt)) return undefined
    this.#work.stopping.abort(new Stopped())
    return this.#work.turn
  }

  /** The same for one turn. False when that is not being answered. */
  stopTurn(turn: TurnId): boolean {
    if (this.#work?.turn !== turn) return false
    this.stop()
    return true
  }

  /** It is being answered, or will be. */
  has(turn: TurnId): boolean {
    return this.#work?.turn === turn || this.#left.some(({ id }) => id === turn)
  }

  /**
   * Gives a turn up without closing it; resolves once nothing more of it is written. An answer whose last words are on their way
   * may close it meanwhile. `undefined`: nothing is written of it here.
   */
  letGo(turn: TurnId): Promise<void> | undefined {
    const at = this.#left.findIndex(({ id }) => id === turn)
    const [left] = at === -1 ? [] : this.#left.splice(at, 1)
    if (left !== undefined) return settleDoubt(this.#parts, left, this.#parts.abort)
    if (this.#work?.turn !== turn) return undefined
    this.#work.leaving.abort(new LetGo())
    return this.#work.over.promise
  }

  /** Other words for what waits. False when it does not. */
  reword(message: MessageId, text: string): boolean {
    return this.#waiting.reword(message, text)
  }

  /** Nobody is to be answered this. */
  withdraw(message: MessageId): void {
    this.#waiting.drop(message)
  }

  /** Ends the answer that is being given, and answers nothing of what waits behind it. */
  leave(): void {
    this.stop()
    for (const { surface } of this.#waiting.takeAll()) surface.over?.()
    this.#left.length = 0
  }

  get isEmpty(): boolean {
    return this.#waiting.isEmpty && this.#left.length === 0
  }

  /** One turn: the oldest that was left open, or a new one with all that waits. `isCalledInto`: a thread that Aeries knows nothing of yet. */
  async answer(isCalledInto: boolean): Promise<void> {
    const left = this.#left.shift()
    const said = left?.asked ?? this.#waiting.takeAll()
    if (said.length === 0) return
    const work: Work = {
      turn: left?.id,
      asked: said,
      stopping: new AbortController(),
      leaving: new AbortController(),
      over: Promise.withResolvers(),
    }
    this.#work = work
    let exchange: Exchange | undefined = left
    try {
      exchange ??= await this.#begin(said, isCalledInto, work)
      if (exchange === undefined) return
      work.asked = exchange.asked
      await this.#see(exchange, work)
    } catch (error) {
      if (this.#parts.abort.aborted) throw error
      await apologise(this.#parts, newest(said).surface, error, this.#parts.abort)
    } finally {
      this.#work = undefined
      work.over.resolve()
      // Of what was said first some may have been taken back, and what was added since is answered along with it.
      for (const surface of new Set([...said, ...(exchange?.asked ?? [])].map(one => one.surface))) surface.over?.()
    }
  }

  async #begin(said: readonly Heard[], isCalledInto: boolean, work: Work): Promise<Exchange | undefined> {
    const { store, clock } = this.#parts
    const asked = await stillAsked(store.turns, said)
    if (asked.length === 0) return undefined
    const { place, person, surface } = newest(asked)
    const keys = asked.map(event => event.key)
    const id = await store.turns.begin(conversationOf(place), person.id, keys, clock.now())
    work.turn = id
    const earlier = isCalledInto ? await readEarlier(this.#parts, surface, this.#parts.abort) : nothingEarlier
    const wasAway = asked.some(({ isMissed }) => isMissed)
    return { id, asked, earlier, stands: undefined, wasAway, run: 0, fallsBack: false }
  }

  /** Sees the turn through to its end, or leaves it open for the next process. */
  async #see(exchange: Exchange, { stopping, leaving }: Work): Promise<void> {
    const { onTurn, telemetry = untold } = this.#parts
    const stop = AbortSignal.any([this.#parts.stop, stopping.signal])
    telemetry.tell({ type: 'turn begun' })
    const wasInDoubt = exchange.stands?.inDoubt ?? false
    try {
      const mayLearn = await this.#mayLearn(exchange)
      const attempts = new Attempts(this.#parts, exchange, this.#waiting, { stop, leaving: leaving.signal })
      const reply = await attempts.untilOver()
      if (reply === undefined) {
        if (leaving.signal.aborted) await this.#settle(exchange, wasInDoubt)
        return
      }
      if (attempts.isTakenAway) return await this.#withdraw(exchange, reply)
      if (exchange.fallsBack && reply.text.trim() === '') return await this.#fallBack(exchange)
      const turn = turnOf(exchange)
      // What was said before a yes is nobody's to learn from, and a no counts at once.
      await this.#finish(turn, reply, mayLearn && (await this.#mayLearn(exchange)))
      telemetry.tell({ type: 'turn closed', platform: turn.place.platform, outcome: reply.outcome })
      onTurn(turn, reply)
    } finally {
      telemetry.tell({ type: 'turn over' })
    }
  }

  async #settle(exchange: Exchange, wasInDoubt: boolean): Promise<void> {
    const { stands = { shown: [], draft: undefined, inDoubt: false } } = exchange
    // What an earlier process may have sent is known once a message stands there.
    const inDoubt = stands.inDoubt || (wasInDoubt && stands.shown.length === 0)
    await settleDoubt(this.#parts, { ...exchange, stands: { ...stands, inDoubt } }, this.#parts.abort)
  }

  /** Somebody who may do so took the answer off the platform while it was written, or before it could go on. */
  async #withdraw(exchange: Exchange, reply: Reply): Promise<void> {
    const { store, clock, onRemovals, onTurn, telemetry = untold } = this.#parts
    const turn = turnOf(exchange)
    await store.revisions.withdraw(turn.id, clock.now())
    onRemovals(turn.place.platform)
    telemetry.tell({ type: 'turn closed', platform: turn.place.platform, outcome: reply.outcome })
    onTurn(turn, reply)
  }

  /** No other reply came, so the one before is the turn's again. */
  async #fallBack({ id, asked }: Exchange): Promise<void> {
    const { store, openExchange, onRemovals } = this.#parts
    const open = await store.revisions.restore(id)
    if (open === undefined) return
    this.takeUp(openExchange.exchange(open, false))
    onRemovals(newest(asked).place.platform)
  }

  async #mayLearn({ asked }: Exchange): Promise<boolean> {
    const { learning, log } = this.#parts
    const { person, place } = newest(asked)
    try {
      return (await learning?.consent.mayLearn(person.id, place)) ?? false
    } catch (error) {
      log.warn({ err: error }, 'nothing is learnt: whether it may be could not be read')
      return false
    }
  }

  /** The reader has the answer. Writing it down is worth some tries: a database may be locked for a moment. */
  async #finish(turn: Turn, reply: Reply, isObserved: boolean): Promise<void> {
    const { store, clock, log } = this.#parts
    for (const pauseMs of [...finishAgainAfterMs, undefined]) {
      try {
        return await store.turns.finish(turn, reply, clock.now(), isObserved)
      } catch (error) {
        log.error({ err: error, turn: turn.id, againInMs: pauseMs }, 'a turn could not be written down')
        if (pauseMs !== undefined) await clock.sleep(pauseMs)
      }
    }
  }
}
