import { lastStop } from '#src/markdown/last-stop.ts'
import { sentenceEnd } from '#src/markdown/sentence-end.ts'
import { ReplyText, type Words } from './reply-text.ts'
import type { ViewParts } from './view-parts.ts'

/** A first text of so many characters is worth a notification: people's phones show the first version. */
const enoughForFirst = 40
/**
 * From that share of a message on, the live part is shown in whole sentences and lines only: its last words may belong to
 * the next message, and a message never takes back what it has shown.
 */
const nearlyFull = 0.8

/** The text of a reply, and what of it should stand on the platform. */
export class DueText extends ReplyText {
  readonly #parts: Pick<ViewParts, 'surface' | 'pace'>
  readonly #sentOfLive: () => number
  /** Words of an earlier try stand there. */
  readonly #goesOn: boolean
  /** About how many characters a message takes: below half of that there is nothing to measure. */
  readonly #capacity: number
  #worthShowing: boolean

  /** `sentOfLive`: so much of the live part may have been read. */
  constructor({ surface, pace, stands }: Pick<ViewParts, 'surface' | 'pace' | 'stands'>, sentOfLive: () => number) {
    super(text => surface.measure(text, 'freeze'), sentOfLive)
    this.#parts = { surface, pace }
    this.#sentOfLive = sentOfLive
    this.#goesOn = stands?.draft !== undefined
    this.#worthShowing = surface.isInstant ?? false
    this.#capacity = 100 / surface.measure('x'.repeat(100), 'interim')
  }

  /** The text has waited long enough. */
  showNow(): void {
    this.#worthShowing = true
  }

  /**
   * True when another kind of write is due than before. Words that make none due lie unread until the next write takes them, but
   * no more than a piece: then the next one is looked at, and so are those that `mayBeDue`.
   */
  take(words: Words, mayBeDue: boolean): boolean {
    const mayLie = this.#worthShowing && !mayBeDue && this.unread === 0
    if (mayLie) {
      this.hear(words)
      return false
    }
    const before = this.frozen.length
    const wasWorthShowing = this.#worthShowing
    this.hear(words)
    this.#worthShowing ||= this.#goesOn || this.whole.trimStart().length >= enoughForFirst || sentenceEnd(this.whole)
    return this.frozen.length > before || this.#worthShowing !== wasWorthShowing
  }

  /** The texts that should stand, a message each; `isWhole`: no words follow. */
  due(isWhole: boolean): readonly string[] {
    if (!this.#worthShowing || (this.#parts.pace === 'off' && !isWhole)) return []
    const { frozen, live } = this
    if (live.trim() === '') return frozen
    return [...frozen, isWhole ? live : this.#settled(live)]
  }

  /** What of the live part can be shown: all of it, as long as it is certain to stay in this message. */
  #settled(live: string): string {
    if (live.length < this.#capacity / 2 || this.#parts.surface.measure(live, 'interim') < nearlyFull) return live
    return live.slice(0, lastStop(live, this.#sentOfLive()))
  }
}
