import type { MessageId } from '#src/core/ids.ts'
import type { ReplySurface, Write, WritePhase } from '#src/core/surface.ts'
import { lastStop } from '#src/markdown/last-stop.ts'
import { sentenceEnd } from '#src/markdown/sentence-end.ts'
import { ReplyText } from './reply-text.ts'
import { restNote } from './words.ts'
import type { Plan, Writer } from './write-budget.ts'

/** How a reply grows: as fast as the platform allows, seldom, or not at all before it is whole. */
export type Pace = 'live' | 'calm' | 'off'

/** A first text of so many characters is worth a notification: people's phones show the first version. */
const enoughForFirst = 40
/**
 * From that share of a message on, the live part is shown in whole sentences and lines only: its last words may belong to
 * the next message, and a message never takes back what it has shown.
 */
const nearlyFull = 0.8
/** A calm reply is edited at most that often. */
export const calmStepMs = 3_000

/** What the reader has on the screen of one part. */
type Shown = Readonly<{ message: MessageId; text: string; phase: WritePhase; note: string | undefined }>

/**
 * A reply as it grows, against what of it is on the platform: frozen parts, one live part, and for each what the last
 * successful write showed. The model's stream appends and never waits; whoever writes asks for the next write at the
 * moment of sending, so the newest text goes out and nothing is sent twice in a row.
 */
export class ReplyView implements Writer {
  readonly #surface: ReplySurface
  readonly #turn: string
  readonly #pace: Pace
  readonly #now: () => number
  readonly #text: ReplyText
  #note: string | undefined
  #worthShowing = false
  /** A send that nobody confirmed: it comes before all else, as it was. */
  #again: Write | undefined
  /** Was asked for a plan and had none: the next delta may bring one. */
  #hasNoPlan = false
  readonly #shown: Shown[] = []
  readonly #files: MessageId[] = []
  /** How much of each part was ever sent, arrived or not. */
  readonly #sent: number[] = []
  /** About how many characters a message takes: below half of that there is nothing to measure. */
  readonly #capacity: number
  #shownAt: number

  constructor(surface: ReplySurface, turn: string, pace: Pace, now: () => number) {
    this.#surface = surface
    this.#turn = turn
    this.#pace = pace
    this.#now = now
    this.#shownAt = now()
    this.#text = new ReplyText(text => surface.measure(text, 'freeze'))
    this.#capacity = 100 / surface.measure('x'.repeat(100), 'interim')
  }

  ended = false

  /** All that was generated, as it was. */
  get text(): string {
    return this.#text.whole
  }

  get hasWords(): boolean {
    return this.text.trim() !== ''
  }

  get messages(): readonly MessageId[] {
    return [...this.#shown.flatMap(part => part.message), ...this.#files]
  }

  /** What of the text somebody could read. */
  get seen(): string {
    return this.#shown.flatMap(part => part.text).join('')
  }

  /** What is too long for messages, once the reply has ended. */
  get rest(): string {
    return this.ended ? this.#text.rest.trim() : ''
  }

  /** Every message is on the platform in its lasting form. */
  get complete(): boolean {
    return this.ended && this.next() === undefined
  }

  /** True when another kind of write is due than before. */
  append(delta: string): boolean {
    const before = this.#text.frozen.length
    const wasWorthShowing = this.#worthShowing
    this.#text.append(delta, () => this.#sentOfLive())
    this.#worthShowing ||= this.text.trimStart().length >= enoughForFirst || sentenceEnd(this.text)
    if (this.#text.frozen.length > before || this.#worthShowing !== wasWorthShowing) return true
    return this.#hasNoPlan && this.next() !== undefined
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
    this.#text.replaceBy(notice)
    this.end(undefined)
  }

  plan(): Plan | undefined {
    const next = this.next()
    this.#hasNoPlan = next === undefined
    return next && { bucket: this.#surface.bucket(next), phase: next.phase, shownAt: this.#shownAt }
  }

  /** The write that is due now, with the newest text. Parts appear in their order. */
  next(): Write | undefined {
    if (this.#again) return this.#again
    if (!this.#worthShowing || (this.#pace === 'off' && !this.ended)) return undefined
    const texts = this.#texts()
    for (const [part, text] of texts.entries()) {
      const write = this.#writeOf(part, text, part === texts.length - 1)
      if (write) return this.#isTooSoon(write) ? undefined : write
    }
    return undefined
  }

  /** The write goes out now. */
  sends({ part, text }: Write): void {
    this.#again = undefined
    this.#sent[part] = Math.max(this.#sent[part] ?? 0, text.length)
  }

  /** Nobody knows whether the write arrived. */
  repeat(write: Write): void {
    this.#again = write
  }

  wrote(write: Write, message: MessageId): void {
    this.#shown[write.part] = { message, text: write.text, phase: write.phase, note: write.note }
    this.#shownAt = this.#now()
  }

  /** The rest stands on the platform as a file. */
  attached(message: MessageId): void {
    this.#files.push(message)
  }

  /** The rest cannot be a file, so it becomes messages after all. */
  unfold(): void {
    this.#text.unfold()
  }

  #texts(): readonly string[] {
    const { frozen, live } = this.#text
    if (live.trim() === '') return frozen
    return [...frozen, this.ended ? live : this.#settled(live)]
  }

  /** What of the live part can be shown: all of it, as long as it is certain to stay in this message. */
  #settled(live: string): string {
    if (live.length < this.#capacity / 2 || this.#surface.measure(live, 'interim') < nearlyFull) return live
    return live.slice(0, lastStop(live, this.#sentOfLive()))
  }

  #sentOfLive(): number {
    return this.#sent[this.#text.frozen.length] ?? 0
  }

  #writeOf(part: number, text: string, isLast: boolean): Write | undefined {
    if (text.trim() === '') return undefined
    const shown = this.#shown[part]
    const isEnd = isLast && this.ended
    const note = this.#noteUnder(isLast, isEnd)
    const write: Write = {
      key: `${this.#turn}:${part}`,
      part,
      phase: phaseOf(shown !== undefined, part < this.#text.frozen.length, isEnd),
      text,
      ...(note !== undefined && { note }),
      ...(shown && { message: shown.message }),
    }
    return shown && shown.note === note && this.#looksEqual(shown, write) ? undefined : write
  }

  #noteUnder(isLast: boolean, isEnd: boolean): string | undefined {
    const notes = [isLast && this.#text.rest.trim() !== '' && restNote, isEnd && this.#note].filter(
      note => typeof note === 'string',
    )
    return notes.length === 0 ? undefined : notes.join(' ')
  }

  #looksEqual(shown: Shown, write: Write): boolean {
    if (shown.text.trimEnd() !== write.text.trimEnd()) return false
    return this.#surface.render(shown.text, shown.phase) === this.#surface.render(write.text, write.phase)
  }

  #isTooSoon({ phase }: Write): boolean {
    return this.#pace === 'calm' && phase === 'interim' && this.#now() < this.#shownAt + calmStepMs
  }
}

function phaseOf(isShown: boolean, isFrozen: boolean, isEnd: boolean): WritePhase {
  if (isEnd) return 'final'
  if (isFrozen) return 'freeze'
  return isShown ? 'interim' : 'first'
}
