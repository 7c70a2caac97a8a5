import { conversationOf } from '#src/core/place.ts'
import type { Earlier, ReplySurface } from '#src/core/surface.ts'
import { untold } from '#src/core/telemetry.ts'
import type { Reply, Turn } from '#src/core/turn.ts'
import type { AnswerParts } from './answer-turn.ts'
import { apologise } from './apologise.ts'
import { Attempts } from './attempts.ts'
import { quotable } from './commands/without-ignored.ts'
import { type Exchange, type Heard, newest, nothingEarlier, turnOf } from './exchange.ts'
import { Stopped } from './interruption.ts'
import { Waiting } from './waiting.ts'

export type LaneParts = AnswerParts &
  Readonly<{
    /** A turn is closed. Nothing here waits for what follows from it. */
    onTurn(turn: Turn, reply: Reply): void
    /** How long somebody waits for an answer, in ms; 15 minutes unless said. */
    patienceMs?: number
    stop: AbortSignal
    abort: AbortSignal
  }>

/** A thread that Aeries is called into is read once; an answer does not wait longer than that for it. */
const readEarlierWithinMs = 1_500

const finishAgainAfterMs = [250, 1_000, 4_000]

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
  #stopping: AbortController | undefined

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

  /** Ends the answer that is being given; what waits behind it is answered. */
  stop(): void {
    this.#stopping?.abort(new Stopped())
  }

  /** Ends the answer that is being given, and answers nothing of what waits behind it. */
  leave(): void {
    this.stop()
    this.#waiting.takeAll()
    this.#left.length = 0
  }

  get isEmpty(): boolean {
    return this.#waiting.isEmpty && this.#left.length === 0
  }

  /** One turn: the oldest that was left open, or a new one with all that waits. `isCalledInto`: a thread that Aeries knows nothing of yet. */
  async answer(isCalledInto: boolean): Promise<void> {
    const left = this.#left.shift()
    const asked = left?.asked ?? this.#waiting.takeAll()
    try {
      await this.#see(left ?? (await this.#begin(asked, isCalledInto)))
    } catch (error) {
      if (this.#parts.abort.aborted) throw error
      await apologise(this.#parts, newest(asked).surface, error, this.#parts.abort)
    }
  }

  async #begin(asked: Heard[], isCalledInto: boolean): Promise<Exchange> {
    const { store, clock } = this.#parts
    const { place, person, surface } = newest(asked)
    const keys = asked.map(event => event.key)
    const id = await store.turns.begin(conversationOf(place), person.id, keys, clock.now())
    const earlier = isCalledInto ? await this.#readEarlier(surface) : nothingEarlier
    return { id, asked, earlier, stands: undefined, wasAway: asked.some(({ isMissed }) => isMissed) }
  }

  /** Sees the turn through to its end, or leaves it open for the next process. */
  async #see(exchange: Exchange): Promise<void> {
    const { onTurn, telemetry = untold } = this.#parts
    const stopping = new AbortController()
    this.#stopping = stopping
    const stop = AbortSignal.any([this.#parts.stop, stopping.signal])
    telemetry.tell({ type: 'turn begun' })
    try {
      const mayLearn = await this.#mayLearn(exchange)
      const reply = await new Attempts(this.#parts, exchange, this.#waiting, stop).untilOver()
      if (reply === undefined) return
      const turn = turnOf(exchange)
      // What was said before a yes is nobody's to learn from, and a no counts at once.
      await this.#finish(turn, reply, mayLearn && (await this.#mayLearn(exchange)))
      telemetry.tell({ type: 'turn closed', platform: turn.place.platform, outcome: reply.outcome })
      onTurn(turn, reply)
    } finally {
      telemetry.tell({ type: 'turn over' })
      this.#stopping = undefined
    }
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

  async #readEarlier(surface: ReplySurface): Promise<Earlier> {
    const signal = AbortSignal.any([this.#parts.abort, AbortSignal.timeout(readEarlierWithinMs)])
    try {
      const earlier = await surface.earlier(signal)
      return { ...earlier, quotes: await quotable(this.#parts.store.preferences, earlier.quotes) }
    } catch (error) {
      if (this.#parts.abort.aborted) throw error
      return { quotes: [], unread: ['what was said in this thread before'] }
    }
  }
}
