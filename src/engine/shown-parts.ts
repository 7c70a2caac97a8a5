import type { MessageId } from '#src/core/ids.ts'
import type { Write } from '#src/core/surface.ts'
import type { Shown } from './standing.ts'
import type { Pace } from './view-parts.ts'

/** A calm reply is edited at most that often. */
const calmStepMs = 3_000
/** The first edit waits that long after the first text, or after the first words behind a pause: earlier it would spend a slot on a word or two. */
const firstStepMs = 400

/** What of a reply is on the platform: for each part the message that shows it and what the last successful write showed. */
export class ShownParts {
  readonly #pace: Pace | 'instant'
  readonly #now: () => number
  readonly #shown: Shown[]
  readonly #files: MessageId[] = []
  /** How much of each part was ever sent, arrived or not. */
  #sent: number[] = []
  /** No interim edit before that time. */
  #heldUntil = 0

  constructor(shown: readonly Shown[], pace: Pace | 'instant', now: () => number) {
    this.#shown = [...shown]
    this.#pace = pace
    this.#now = now
    // Whoever reads a stump has waited longest.
    this.changedAt = shown.some(({ notice }) => !notice) ? 0 : now()
  }

  /** When the reader saw the last new text of this try, in ms since the epoch; 0: none, under words of an earlier one. */
  changedAt: number

  get all(): readonly Shown[] {
    return this.#shown
  }

  get messages(): readonly MessageId[] {
    return [...this.#shown.map(({ message }) => message), ...this.#files]
  }

  of(part: number): Shown | undefined {
    return this.#shown[part]
  }

  /** So much of the part may have been read. */
  sentOf(part: number): number {
    return this.#sent[part] ?? 0
  }

  /** How long, in ms, the next interim edit still has to wait. */
  get heldForMs(): number {
    return this.#heldUntil - this.#now()
  }

  sends(part: number, text: string): void {
    this.#sent[part] = Math.max(this.sentOf(part), text.length)
  }

  wrote({ part, text, phase, note, notice, buttons = [] }: Write, message: MessageId): void {
    const actions = buttons.map(({ action }) => action)
    this.#shown[part] = { message, text, phase, note, notice: notice ?? false, ...(actions.length > 0 && { actions }) }
    this.changedAt = this.#now()
    if (this.#pace === 'calm') this.#heldUntil = this.changedAt + calmStepMs
    else if (phase === 'first' && part === 0) this.holdOn()
  }

  /** Words begin to come: the next interim edit waits for some more of them. */
  holdOn(): void {
    if (this.#pace !== 'instant') this.#heldUntil = Math.max(this.#heldUntil, this.#now() + firstStepMs)
  }

  /** A send of the part stands there, with words that nobody knows. */
  found(part: number, message: MessageId): void {
    this.#shown[part] = { message, text: '', phase: 'first', note: undefined, notice: false }
  }

  attached(file: MessageId): void {
    this.#files.push(file)
  }

  /** The words that were sent count no more: others take their place. */
  beginAnew(): void {
    this.#sent = []
  }

  /** Drops what is shown behind so many parts and tells the messages, each once. The file of an earlier try may have been found again. */
  takeSurplus(parts: number): readonly MessageId[] {
    const surplus = this.#shown.splice(parts).map(({ message }) => message)
    return surplus.filter(message => !this.#files.includes(message))
  }
}
