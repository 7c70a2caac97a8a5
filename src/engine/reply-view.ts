import type { MessageId } from '#src/core/ids.ts'
import type { ReplySurface, Write, WritePhase } from '#src/core/surface.ts'
import { growParts, noParts, type Parts } from '#src/markdown/grow-parts.ts'
import { lastStop } from '#src/markdown/last-stop.ts'
import { sentenceEnd } from '#src/markdown/sentence-end.ts'
import type { Plan, Writer } from './write-budget.ts'

/** A first text of so many characters is worth a notification: people's phones show the first version. */
const enoughForFirst = 40

/**
 * From that share of a message on, the live part is shown in whole sentences and lines only: its last words may belong to
 * the next message, and a message never takes back what it has shown.
 */
const nearlyFull = 0.8

/** What the reader has on the screen of one part. */
type Shown = Readonly<{ message: MessageId; text: string; phase: WritePhase; note: string | undefined }>

/**
 * A reply as it grows, against what of it is on the platform: a list of frozen parts, one live part, and for each what the
 * last successful write showed. The model's stream appends and never waits; whoever writes asks for the next write at the
 * moment of sending, so the newest text goes out and nothing is sent twice in a row.
 */
export class ReplyView implements Writer {
  readonly #surface: ReplySurface
  readonly #turn: string
  #parts: Parts = noParts
  #note: string | undefined
  #worthShowing = false
  readonly #shown: Shown[] = []
  /** How much of each part was ever sent, arrived or not. */
  readonly #sent: number[] = []
  /** About how many characters a message takes: below that there is nothing to measure. */
  readonly #capacity: number
  #shownAt: number

  constructor(surface: ReplySurface, turn: string, startedAt: number) {
    this.#surface = surface
    this.#turn = turn
    this.#shownAt = startedAt
    this.#capacity = 100 / surface.measure('x'.repeat(100), 'interim')
  }

  /** All that was generated, as it was. */
  text = ''
  ended = false

  get messages(): readonly MessageId[] {
    return this.#shown.map(part => part.message)
  }

  /** True when another kind of write is due than before. */
  append(delta: string): boolean {
    const before = this.#state()
    this.text += delta
    this.#parts = growParts(this.#parts, delta, text => this.#surface.measure(text, 'freeze'), this.#shownOfLive())
    this.#worthShowing ||= this.text.trimStart().length >= enoughForFirst || sentenceEnd(this.text)
    return before !== this.#state()
  }

  /** The first text has waited long enough. */
  showNow(): void {
    this.#worthShowing = true
  }

  /** Nothing more comes; the note, if there is one, is shown under the last part. */
  end(note: string | undefined): void {
    this.ended = true
    this.#note = note
    this.#worthShowing = true
  }

  /** Nothing came; this stands in its place. It is no part of the reply's text. */
  endWith(notice: string): void {
    this.#parts = { ...noParts, live: notice }
    this.end(undefined)
  }

  /** Everything is on the platform in its lasting form. */
  get complete(): boolean {
    return this.ended && this.next() === undefined
  }

  get hasWords(): boolean {
    return this.text.trim() !== ''
  }

  plan(): Plan | undefined {
    const next = this.next()
    return next && { bucket: this.#surface.bucket(next), phase: next.phase, shownAt: this.#shownAt }
  }

  /** The write that is due now, with the newest text. Parts appear in their order. */
  next(): Write | undefined {
    if (!this.#worthShowing) return undefined
    const texts = this.#texts()
    const last = texts.length - 1
    for (const [part, text] of texts.entries()) {
      const write = this.#writeOf(part, text, part === last)
      if (write) return write
    }
    return undefined
  }

  /** The write goes out now. */
  sends({ part, text }: Write): void {
    this.#sent[part] = Math.max(this.#sent[part] ?? 0, text.length)
  }

  wrote(write: Write, message: MessageId, at: number): void {
    this.#shown[write.part] = { message, text: write.text, phase: write.phase, note: write.note }
    this.#shownAt = at
  }

  #texts(): readonly string[] {
    const { frozen, live } = this.#parts
    if (live.trim() === '') return frozen
    return [...frozen, this.ended ? live : this.#settled(live)]
  }

  /** What of the live part can be shown: all of it, as long as it is certain to stay in this message. */
  #settled(live: string): string {
    if (live.length < this.#capacity / 2 || this.#surface.measure(live, 'interim') < nearlyFull) return live
    return live.slice(0, lastStop(live, this.#shownOfLive()))
  }

  #shownOfLive(): number {
    return this.#sent[this.#parts.frozen.length] ?? 0
  }

  #writeOf(part: number, text: string, isLast: boolean): Write | undefined {
    if (text.trim() === '') return undefined
    const shown = this.#shown[part]
    const note = isLast && this.ended ? this.#note : undefined
    const phase = phaseOf(shown !== undefined, part < this.#parts.frozen.length, isLast && this.ended)
    const write: Write = {
      key: `${this.#turn}:${part}`,
      part,
      phase,
      text,
      ...(note !== undefined && { note }),
      ...(shown && { message: shown.message }),
    }
    if (shown === undefined) return write
    return shown.note === note && this.#looksEqual(shown, write) ? undefined : write
  }

  #looksEqual(shown: Shown, write: Write): boolean {
    if (shown.text.trimEnd() !== write.text.trimEnd()) return false
    return this.#surface.render(shown.text, shown.phase) === this.#surface.render(write.text, write.phase)
  }

  /** Changes when another kind of write is due. */
  #state(): string {
    return `${this.#worthShowing} ${this.#parts.frozen.length} ${this.ended}`
  }
}

function phaseOf(isShown: boolean, isFrozen: boolean, isEnd: boolean): WritePhase {
  if (isEnd) return 'final'
  if (isFrozen) return 'freeze'
  return isShown ? 'interim' : 'first'
}
