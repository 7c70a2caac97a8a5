import type { Awaitable } from '#src/core/awaitable.ts'
import { untold } from '#src/core/telemetry.ts'
import type { Reply } from '#src/core/turn.ts'
import { answerTurn } from './answer-turn.ts'
import { broken, type Exchange, ended, keyOf, newest, turnOf } from './exchange.ts'
import { AskedAnew, LetGo, ShuttingDown, Stopped } from './interruption.ts'
import { keepTyping } from './keep-typing.ts'
import type { LaneParts } from './lane-parts.ts'
import { Resting } from './resting.ts'
import { settleDoubt } from './settle-doubt.ts'
import { stillAsked } from './still-asked.ts'
import type { Waiting } from './waiting.ts'
import { restingNotice } from './words.ts'
import { writeNotice } from './write-notice.ts'
import type { Written } from './write-reply.ts'

/** A question that grows is asked anew so often before its answer; what comes later is the next turn's. */
const mostTries = 4

/** Nobody reads it; without one each abort would make an error, with its stack. */
const seen = 'seen'

/** Another try at a model that was away mostly fails at once: nobody sees it typing for that. */
const typeLaterMs = 300

/** The tries at one turn, until it has its reply. */
export class Attempts {
  readonly #parts: LaneParts
  readonly #exchange: Exchange
  readonly #waiting: Waiting
  /** Ends the answer that is being given. */
  readonly #stop: AbortSignal
  /** Ends the tries, and leaves the turn open. */
  readonly #leaving: AbortSignal
  #isTakenAway = false

  constructor(
    parts: LaneParts,
    exchange: Exchange,
    waiting: Waiting,
    { stop, leaving }: Readonly<{ stop: AbortSignal; leaving: AbortSignal }>,
  ) {
    this.#parts = parts
    this.#exchange = exchange
    this.#waiting = waiting
    this.#stop = stop
    this.#leaving = leaving
  }

  /** Somebody took a message of the reply off the platform. */
  get isTakenAway(): boolean {
    return this.#isTakenAway
  }

  /** The turn's reply; `undefined`: it stays open, for the next process or for whoever had it let go. Waits out a model that is away, for some time. */
  async untilOver(): Promise<Reply | undefined> {
    const { clock, model, patienceMs, closing } = this.#parts
    const exchange = this.#exchange
    // From its first notice on: a server may take its time to turn out to be away.
    let resting: Resting | undefined
    for (let wasAdded = false; ; ) {
      const { reply, pending, standing, isTakenAway } = await this.#untilSeen()
      this.#isTakenAway = isTakenAway
      exchange.stands = standing
      exchange.wasAway ||= pending === 'away'
      if (pending === 'parked' || pending === 'let go') return undefined
      if (pending === undefined) return reply
      resting ??= new Resting(clock, model, patienceMs)
      if (wasAdded && standing.draft === undefined && resting.tellsAgain()) await this.#tellAgain()
      try {
        const why = await resting.wait(
          newest(exchange.asked).at,
          this.#waiting,
          AbortSignal.any([this.#stop, this.#leaving, closing]),
        )
        if (why === 'over' && standing.draft === undefined) return reply
        if (why === 'over') exchange.stands = ended(standing, broken)
        wasAdded = why === 'added'
      } catch (error) {
        if (error instanceof Stopped && standing.draft === undefined) return { ...reply, outcome: 'stopped' }
        if (error instanceof Stopped) exchange.stands = ended(standing, { outcome: 'stopped', note: undefined })
        else if (error instanceof ShuttingDown || error instanceof LetGo) return undefined
        else throw error
      }
    }
  }

  /** What is added before a word was seen is answered, too: the model is asked anew with both. */
  async #untilSeen(): Promise<Written> {
    for (let tries = 1; ; tries++) {
      // What comes after words that may have been read is the next turn's, and so is what comes after a stop.
      const isSeen = this.#exchange.stands?.draft !== undefined || this.#exchange.run > 0
      const grows = !isSeen && !this.#stop.aborted && !this.#parts.closing.aborted
      if (grows && !this.#waiting.isEmpty) {
        // A notice that may stand is found behind the questions that it was said to.
        await settleDoubt(this.#parts, this.#exchange, this.#parts.abort)
        await this.#join()
      }
      const unseen = new AbortController()
      // Somebody who never stops writing is answered all the same.
      const mayGrow = tries < mostTries && grows
      using listening = this.#waiting.listen(() => mayGrow && unseen.abort(new AskedAnew()))
      const anew = AbortSignal.any([unseen.signal, this.#leaving])
      const written = await this.#once(anew, () => listening[Symbol.dispose]())
      if (written.pending !== 'anew') return written
      // Of its words nobody saw any, but a notice may stand there.
      const { shown, inDoubt } = written.standing
      if (shown.length > 0 || inDoubt) this.#exchange.stands = { shown, draft: undefined, inDoubt }
    }
  }

  async #once(anew: AbortSignal, onWriting: () => void): Promise<Written> {
    const { clock, abort } = this.#parts
    const { surface, acceptedAt } = newest(this.#exchange.asked)
    const { earlier, stands, wasAway, run, fallsBack } = this.#exchange
    const shown = new AbortController()
    const untilShown = AbortSignal.any([shown.signal, anew, abort])
    const typing = keepTyping(surface, clock, stands ? typeLaterMs : 0, () => this.#tellTyping(), untilShown)
    const onShown = () => shown.signal.aborted || shown.abort(seen)
    const how = { key: keyOf(this.#exchange), run, fallsBack }
    const ends = { stop: this.#stop, anew, untilFirstWord: this.#parts }
    const told = { ...how, ...ends, surface, earlier, stands, wasAway, acceptedAt, onWriting, onShown }
    try {
      return await answerTurn(this.#parts, { turn: turnOf(this.#exchange), ...told }, abort)
    } finally {
      onShown()
      await typing
    }
  }

  #tellTyping(): void {
    const { clock, telemetry = untold } = this.#parts
    const { place, acceptedAt } = newest(this.#exchange.asked)
    if (acceptedAt === undefined || this.#exchange.stands) return
    telemetry.tell({ type: 'typing', platform: place.platform, sinceAcceptMs: clock.now().getTime() - acceptedAt })
  }

  async #join(): Promise<void> {
    const { id, asked } = this.#exchange
    // A store that takes nothing for a moment shall not strand the turn: what was added stays for the next one.
    await this.#recorded(() =>
      this.#waiting.takeEach(async said => {
        const { turns } = this.#parts.store
        const [event] = await stillAsked(turns, [said])
        if (event === undefined) return said.surface.over?.()
        await turns.join(id, event.key)
        asked.push(event)
      }),
    )
    asked.sort((a, b) => a.at.getTime() - b.at.getTime())
  }

  /** Who asks again later is told again, under the newest question; the earlier notice stays what it was. */
  async #tellAgain(): Promise<void> {
    const { abort, clock, store } = this.#parts
    const exchange = this.#exchange
    const key = `${exchange.id}.${Math.floor(clock.now().getTime() / 60_000) % 1_000}`
    const notice = { key, text: restingNotice }
    exchange.stands = await writeNotice(this.#parts, newest(exchange.asked).surface, notice, abort)
    const message = exchange.stands.shown[0]?.message
    if (message !== undefined) await this.#recorded(() => store.turns.shown(exchange.id, 0, message))
  }

  async #recorded(write: () => Awaitable<void>): Promise<void> {
    try {
      await write()
    } catch (error) {
      this.#parts.log.warn({ err: error, turn: this.#exchange.id }, 'a turn that waits could not be written down yet')
    }
  }
}
