import type { MessageEvent } from '#src/core/event.ts'
import type { TurnId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Earlier, ReplySurface } from '#src/core/surface.ts'
import { untold } from '#src/core/telemetry.ts'
import type { Asked, Reply, Turn } from '#src/core/turn.ts'
import { type AnswerParts, answerTurn } from './answer-turn.ts'
import { apologise } from './apologise.ts'
import { Bell } from './bell.ts'
import { AskedAnew, ShuttingDown, Stopped } from './interruption.ts'
import { keepTyping } from './keep-typing.ts'
import { Resting } from './resting.ts'
import type { Standing } from './standing.ts'
import { abandonedNote, restingNotice } from './words.ts'
import { writeNotice } from './write-notice.ts'
import type { Written } from './write-reply.ts'

export type LaneParts = AnswerParts &
  Readonly<{
    /** A turn is closed. Nothing here waits for what follows from it. */
    onTurn(turn: Turn, reply: Reply): void
    stop: AbortSignal
    abort: AbortSignal
  }>

/** What was said, whether it reached us only long after, and otherwise when, in ms since the epoch. */
export type Heard = MessageEvent & Readonly<{ isMissed?: true; acceptedAt?: number }>

/** A turn on its way: it grows with what its asker adds, and with what of its reply stands. */
export type Exchange = {
  readonly id: TurnId
  /** At least one, in the platform's order. */
  readonly asked: Heard[]
  readonly earlier: Earlier
  stands: Standing | undefined
  /** It had to wait because Aeries or its model was away. */
  wasAway: boolean
}

/** A thread that Aeries is called into is read once; an answer does not wait longer than that for it. */
const readEarlierWithinMs = 1_500

/** A question that grows is asked anew so often before its answer; what comes later is the next turn's. */
const mostTries = 4

/** Another try at a model that was away mostly fails at once: nobody sees it typing for that. */
const typeLaterMs = 300

const finishAgainAfterMs = [250, 1_000, 4_000]

export const nothingEarlier: Earlier = { quotes: [], unread: [] }

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
  readonly #waiting: Heard[] = []
  readonly #added = new Bell()
  /** Set while a turn is tried of which nobody has seen a word. */
  #unseen: AbortController | undefined
  /** Set while a turn is answered. */
  #stopping: AbortController | undefined

  constructor(parts: LaneParts) {
    this.#parts = parts
  }

  /** The event is recorded already. */
  add(event: Heard): void {
    this.#waiting.push(event)
    this.#unseen?.abort(new AskedAnew())
    this.#added.ring()
  }

  /** The turn is open already. It comes before all that waits. */
  takeUp(exchange: Exchange): void {
    this.#left.push(exchange)
  }

  /** These were said before all that waits. */
  recall(events: readonly Heard[]): void {
    this.#waiting.unshift(...events)
  }

  /** Ends the answer that is being given; what waits behind it is answered. */
  stop(): void {
    this.#stopping?.abort(new Stopped())
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#left.length === 0
  }

  /** One turn: the oldest that was left open, or a new one with all that waits. `isCalledInto`: a thread that Aeries knows nothing of yet. */
  async answer(isCalledInto: boolean): Promise<void> {
    const left = this.#left.shift()
    const asked = left?.asked ?? this.#waiting.splice(0)
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
      const reply = await this.#tryUntilOver(exchange, stop)
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

  async #tryUntilOver(exchange: Exchange, stop: AbortSignal): Promise<Reply | undefined> {
    const { clock, model } = this.#parts
    const resting = new Resting(clock, model)
    for (let wasAdded = false; ; ) {
      const { reply, pending, standing } = await this.#tryUntilSeen(exchange, stop)
      exchange.stands = standing
      exchange.wasAway ||= pending === 'away'
      if (pending === 'parked') return undefined
      if (pending === undefined) return reply
      if (wasAdded && standing.draft === undefined && resting.tellsAgain()) await this.#tellAgain(exchange)
      try {
        const why = await resting.wait(newest(exchange.asked).at, this.#added, stop)
        if (why === 'over' && standing.draft === undefined) return reply
        if (why === 'over') exchange.stands = abandoned(standing)
        wasAdded = why === 'added'
      } catch (error) {
        if (error instanceof Stopped) return { ...reply, outcome: 'stopped' }
        if (error instanceof ShuttingDown) return undefined
        throw error
      }
    }
  }

  async #tryUntilSeen(exchange: Exchange, stop: AbortSignal): Promise<Written> {
    const { abort } = this.#parts
    for (let tries = 1; ; tries++) {
      // What comes after words that may have been read is the next turn's.
      const isSeen = exchange.stands?.draft !== undefined
      if (!isSeen) await this.#joinWaiting(exchange)
      const unseen = new AbortController()
      // Somebody who never stops writing is answered all the same.
      this.#unseen = tries < mostTries && !isSeen ? unseen : undefined
      try {
        return await this.#try(exchange, stop, AbortSignal.any([unseen.signal, abort]))
      } catch (error) {
        if (!unseen.signal.aborted || abort.aborted) throw error
      } finally {
        this.#unseen = undefined
      }
    }
  }

  async #try(exchange: Exchange, stop: AbortSignal, signal: AbortSignal): Promise<Written> {
    const { clock, telemetry = untold } = this.#parts
    const { surface, place, acceptedAt } = newest(exchange.asked)
    const { earlier, stands, wasAway } = exchange
    const shown = new AbortController()
    const untilShown = AbortSignal.any([shown.signal, signal])
    const onTyping = () => {
      if (acceptedAt === undefined || stands) return
      const sinceAcceptMs = clock.now().getTime() - acceptedAt
      telemetry.tell({ type: 'typing', platform: place.platform, sinceAcceptMs })
    }
    const typing = keepTyping(surface, clock, stands ? typeLaterMs : 0, onTyping, untilShown)
    const onWriting = () => {
      this.#unseen = undefined
    }
    try {
      const attempt = {
        turn: turnOf(exchange),
        surface,
        earlier,
        stands,
        wasAway,
        acceptedAt,
        stop,
        onWriting,
        onShown: () => shown.abort(),
      }
      return await answerTurn(this.#parts, attempt, signal)
    } finally {
      shown.abort()
      await typing
    }
  }

  async #joinWaiting({ id, asked }: Exchange): Promise<void> {
    for (let event = this.#waiting[0]; event; event = this.#waiting[0]) {
      await this.#parts.store.turns.join(id, event.key)
      this.#waiting.shift()
      asked.push(event)
    }
    asked.sort((a, b) => a.at.getTime() - b.at.getTime())
  }

  /** Who asks again later is told again, under the newest question; the earlier notice stays what it was. */
  async #tellAgain(exchange: Exchange): Promise<void> {
    const { abort, clock, store } = this.#parts
    const key = `${exchange.id}.${Math.floor(clock.now().getTime() / 60_000) % 1_000}`
    const notice = { key, text: restingNotice }
    exchange.stands = await writeNotice(this.#parts, newest(exchange.asked).surface, notice, abort)
    const message = exchange.stands.shown[0]?.message
    if (message !== undefined) await store.turns.shown(exchange.id, 0, message)
  }

  async #mayLearn({ asked }: Exchange): Promise<boolean> {
    const { learning, log } = this.#parts
    const { person, place } = newest(asked)
    try {
      return (await learning?.consent.allows(person.id, place)) ?? false
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
      return await surface.earlier(signal)
    } catch (error) {
      if (this.#parts.abort.aborted) throw error
      return { quotes: [], unread: ['what was said in this thread before'] }
    }
  }
}

function newest(asked: readonly Heard[]): Heard {
  return asked.at(-1) as Heard
}

export function turnOf({ id, asked }: Exchange): Turn {
  const { place, person } = newest(asked)
  return { id, conversation: conversationOf(place), place, asker: person, asked: asked.map(withoutSurface) }
}

/** Words that nobody goes on with any more: what is left to do is to say so under them. */
export function abandoned(stands: Standing): Standing {
  const end = { outcome: 'cut off', note: abandonedNote } as const
  return { ...stands, draft: { text: stands.draft?.text ?? '', end } }
}

export function withoutSurface({ key, place, person, at, message }: MessageEvent): Asked {
  return { key, place, person, at, message }
}
