import { withSentLine } from '#src/core/sent-line.ts'
import type { AnswerParts } from '#src/engine/answer-parts.ts'
import { withoutIgnored } from '#src/engine/commands/without-ignored.ts'
import { type Heard, withoutSurface } from '#src/engine/exchange.ts'
import { writeNotice } from '#src/engine/write-notice.ts'
import type { Access } from './access.ts'
import type { Refusal } from './decide.ts'
import { refusalWords } from './refusal-words.ts'

type Parts = Pick<AnswerParts, 'store' | 'budget' | 'clock' | 'log' | 'telemetry'> &
  Readonly<{
    access: Access
    /** Runs it without holding up who comes next. */
    own(task: () => Promise<void>): void
    abort: AbortSignal
  }>

/** Where every message comes in, live or read later: what is answered is received, and the rest is not. */
export class Door {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** What is to be answered of it, if it is new and whoever said it may ask: then it is written down, and counts. */
  async receive(event: Heard): Promise<Heard | undefined> {
    const received = await this.#receive(event)
    if (received === 'to be told') return undefined
    if (received === undefined) event.surface.over?.()
    return received
  }

  async #receive(event: Heard): Promise<Heard | 'to be told' | undefined> {
    const { access, store, clock } = this.#parts
    const allowed = await withoutIgnored(store.preferences, event)
    if (allowed === undefined) return undefined
    const heard = { ...allowed, message: withSentLine(allowed.message) }
    // What was missed is judged by the time at which it was said: ten questions in an hour are not ten in this second.
    const at = heard.isMissed ? heard.at : clock.now()
    const decision = await access.decide(heard, at)
    switch (decision.is) {
      case 'heard':
        if ((await store.turns.receive(withoutSurface(heard))) === 'known') return undefined
        await access.count(heard.person, at)
        return heard
      case 'kept':
        await store.turns.overhear(withoutSurface(heard))
        return undefined
      case 'silent':
        // It stays unanswered, also when it is read once more after the rules have changed.
        if (heard.message.addressed) await store.turns.turnAway(heard.key)
        return undefined
      case 'refused':
        if ((await store.turns.turnAway(heard.key)) === 'known' || heard.isMissed) return undefined
        return await this.#refuse(heard, decision.refusal)
      default:
        return decision satisfies never
    }
  }

  /** Kindly, once in a while. */
  async #refuse({ person, surface, key }: Heard, refusal: Refusal): Promise<'to be told' | undefined> {
    const { access, clock, own, abort } = this.#parts
    if (!(await access.tellsRefusal(person))) return undefined
    const text = refusalWords(refusal, clock.now())
    const notice = { key: `c${key.replace(/\W/g, '').slice(-20)}`, text }
    own(async () => {
      await writeNotice(this.#parts, surface, notice, abort)
      surface.over?.()
    })
    return 'to be told'
  }
}
