import type { MessageEvent } from '#src/core/event.ts'
import type { TurnId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Earlier, ReplySurface } from '#src/core/surface.ts'
import type { Asked, Reply, Turn } from '#src/core/turn.ts'
import { type AnswerParts, answerTurn } from './answer-turn.ts'
import { apologise } from './apologise.ts'
import { AskedAnew, Stopped } from './interruption.ts'
import { keepTyping } from './keep-typing.ts'

export type LaneParts = AnswerParts &
  Readonly<{
    /** A turn is closed. Nothing here waits for what follows from it. */
    onTurn(turn: Turn, reply: Reply): void
    stop: AbortSignal
    abort: AbortSignal
  }>

/** A thread that Aeries is called into is read once; an answer does not wait longer than that for it. */
const readEarlierWithinMs = 1_500

/** A question that grows is asked anew so often before its answer; what comes later is the next turn's. */
const mostTries = 4

const finishAgainAfterMs = [250, 1_000, 4_000]

const nothingEarlier: Earlier = { quotes: [], unread: [] }

/**
 * What one asker asks in one conversation: one turn at a time. What the asker adds before a word of the answer is shown
 * joins the turn, and the model is asked anew with both (the prefix is cached, so that costs little, and nobody has to wait
 * for a possible second message). What comes later is collected into the next turn.
 */
export class Lane {
  readonly #parts: LaneParts
  readonly #waiting: MessageEvent[] = []
  /** Set while a turn is tried of which nobody has seen a word. */
  #unseen: AbortController | undefined
  /** Set while a turn is answered. */
  #stopping: AbortController | undefined

  constructor(parts: LaneParts) {
    this.#parts = parts
  }

  /** The event is recorded already. */
  add(event: MessageEvent): void {
    this.#waiting.push(event)
    this.#unseen?.abort(new AskedAnew())
  }

  /** Ends the answer that is being given; what waits behind it is answered. */
  stop(): void {
    this.#stopping?.abort(new Stopped())
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  /** One turn with all that waits. `isCalledInto`: a thread that Aeries knows nothing of yet. */
  async answer(isCalledInto: boolean): Promise<void> {
    const asked = this.#waiting.splice(0)
    try {
      await this.#turn(asked, isCalledInto)
    } catch (error) {
      if (this.#parts.abort.aborted) throw error
      await apologise(this.#parts, newest(asked).surface, error, this.#parts.abort)
    }
  }

  async #turn(asked: MessageEvent[], isCalledInto: boolean): Promise<void> {
    const { store, clock, onTurn, abort } = this.#parts
    const { place, person, surface } = newest(asked)
    const conversation = conversationOf(place)
    const shown = new AbortController()
    const typing = keepTyping(surface, clock, AbortSignal.any([shown.signal, abort]))
    try {
      const keys = asked.map(event => event.key)
      const id = await store.turns.begin(conversation, person.id, keys, clock.now())
      const earlier = isCalledInto ? await this.#readEarlier(surface) : nothingEarlier
      const turnOf = (): Turn => ({ id, conversation, place, asker: person, asked: asked.map(withoutSurface) })
      const reply = await this.#tryUntilSeen(asked, turnOf, earlier, () => shown.abort())
      const turn = turnOf()
      await this.#finish(turn, reply)
      onTurn(turn, reply)
    } finally {
      shown.abort()
      await typing
    }
  }

  async #tryUntilSeen(
    asked: MessageEvent[],
    turnOf: () => Turn,
    earlier: Earlier,
    onShown: () => void,
  ): Promise<Reply> {
    const { abort } = this.#parts
    const stopping = new AbortController()
    this.#stopping = stopping
    const stop = AbortSignal.any([this.#parts.stop, stopping.signal])
    for (let tries = 1; ; tries++) {
      await this.#joinWaiting(asked, turnOf().id)
      const unseen = new AbortController()
      // Somebody who never stops writing is answered all the same.
      this.#unseen = tries < mostTries ? unseen : undefined
      const onWriting = () => {
        this.#unseen = undefined
      }
      try {
        const attempt = { turn: turnOf(), surface: newest(asked).surface, earlier, stop, onWriting, onShown }
        return await answerTurn(this.#parts, attempt, AbortSignal.any([unseen.signal, abort]))
      } catch (error) {
        if (!unseen.signal.aborted || abort.aborted) throw error
      } finally {
        this.#unseen = undefined
      }
    }
  }

  async #joinWaiting(asked: MessageEvent[], turn: TurnId): Promise<void> {
    for (let event = this.#waiting[0]; event; event = this.#waiting[0]) {
      await this.#parts.store.turns.join(turn, event.key)
      this.#waiting.shift()
      asked.push(event)
    }
    asked.sort((a, b) => a.at.getTime() - b.at.getTime())
  }

  /** The reader has the answer. Writing it down is worth some tries: a database may be locked for a moment. */
  async #finish(turn: Turn, reply: Reply): Promise<void> {
    const { store, clock, log } = this.#parts
    for (const pauseMs of [...finishAgainAfterMs, undefined]) {
      try {
        return await store.turns.finish(turn, reply, clock.now())
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

function newest(asked: readonly MessageEvent[]): MessageEvent {
  return asked.at(-1) as MessageEvent
}

export function withoutSurface({ key, place, person, at, message }: MessageEvent): Asked {
  return { key, place, person, at, message }
}
