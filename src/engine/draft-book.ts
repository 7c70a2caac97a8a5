import type { Awaitable } from '#src/core/awaitable.ts'
import type { Clock } from '#src/core/clock.ts'
import type { TurnId } from '#src/core/ids.ts'
import type { Draft, GrownReply, Turns } from '#src/core/turns.ts'

/** Words that come so much later nobody sees, in ms, and a hundred replies that grew meanwhile are written down for little more than one. */
const gatherMs = 10

type Waiting = Readonly<{ grown: GrownReply; written: PromiseWithResolvers<void> }>

/**
 * Has the ledger told how replies grow: at once where nothing was told a moment ago, else those of a moment together. Whoever
 * shows words waits until they are written down, however that came.
 */
export class DraftBook {
  readonly #turns: Pick<Turns, 'draft' | 'drafts'>
  readonly #clock: Clock
  #waiting: Waiting[] = []
  #timer: Disposable | undefined
  #toldAt = 0

  constructor(turns: Pick<Turns, 'draft' | 'drafts'>, clock: Clock) {
    this.#turns = turns
    this.#clock = clock
  }

  /** Resolves once it is written down. `isUrgent`: by itself, before all that waits. */
  put(turn: TurnId, draft: Draft, isUrgent: boolean): Awaitable<void> {
    if (isUrgent) return this.#turns.draft(turn, draft)
    const now = this.#clock.now().getTime()
    if (this.#timer === undefined && now - this.#toldAt >= gatherMs) {
      this.#toldAt = now
      return this.#turns.draft(turn, draft)
    }
    const written = Promise.withResolvers<void>()
    this.#waiting.push({ grown: { turn, draft }, written })
    this.#timer ??= this.#clock.after(gatherMs, () => void this.#tell())
    return written.promise
  }

  async #tell(): Promise<void> {
    this.#timer = undefined
    this.#toldAt = this.#clock.now().getTime()
    const told = this.#waiting
    this.#waiting = []
    try {
      await this.#turns.drafts(told.map(({ grown }) => grown))
      for (const { written } of told) written.resolve()
    } catch {
      // One that the ledger does not take, since its turn is gone, is no reason to lose the others.
      for (const { grown, written } of told) written.resolve((async () => this.#turns.draft(grown.turn, grown.draft))())
    }
  }
}
