import type { MessageId } from '#src/core/ids.ts'
import type { Write, WritePhase } from '#src/core/surface.ts'
import type { Draft } from '#src/core/turns.ts'
import { DueText } from './due-text.ts'
import { type DuePart, dueWrite } from './due-write.ts'
import type { Ending } from './ending.ts'
import type { Plan, Writer } from './most-urgent.ts'
import type { Words } from './reply-text.ts'
import { ShownParts } from './shown-parts.ts'
import type { Standing } from './standing.ts'
import { type Under, underReply } from './under-reply.ts'
import type { ViewParts } from './view-parts.ts'

/**
 * A reply as it grows, against what of it is on the platform: frozen parts, one live part, and for each what the last
 * successful write showed. The model's stream appends and never waits; whoever writes asks for the next write at the
 * moment of sending, so the newest text goes out and nothing is sent twice in a row.
 */
export class ReplyView implements Writer {
  readonly #parts: ViewParts
  readonly #text: DueText
  readonly #shown: ShownParts
  /** A word of Aeries that stands in the place of the reply for as long as that has none. */
  #notice: string | undefined
  #ending: Ending | undefined
  /** A word under words that do not go on yet. */
  #mark: string | undefined
  /** The words are those of an earlier try, and the next one begins the reply anew. */
  #isAnew = false
  /** A send that nobody confirmed: it comes before all else, as it was. */
  #again: Write | undefined
  /** A send may stand there that nobody confirmed yet. */
  #inDoubt = false
  /** No words come for a moment. */
  #isPaused = false
  /** When last asked there was nothing to write: the next delta may bring something. */
  #hasNothing = false
  /** What is due, for as long as nothing has changed: a write is asked for several times on its way to its slot. */
  #known: Readonly<{ due: Write | undefined }> | undefined

  constructor(parts: ViewParts) {
    const { surface, stands, pace, now } = parts
    this.#parts = parts
    this.#text = new DueText(parts, () => this.#sentOfLive())
    this.#shown = new ShownParts(stands?.shown ?? [], surface.isInstant && pace === 'live' ? 'instant' : pace, now)
    this.#notice = stands?.shown.find(({ notice }) => notice)?.text
    if (stands?.draft) this.#takeUp(stands.draft)
  }

  get ended(): boolean {
    return this.#ending !== undefined
  }

  /** All that was generated, as it was. */
  get text(): string {
    return this.#text.whole
  }

  get hasWords(): boolean {
    return this.#text.hasWords
  }

  get messages(): readonly MessageId[] {
    return this.#shown.messages
  }

  get draft(): Draft {
    return { text: this.text, end: this.#ending?.open ? undefined : this.#ending }
  }

  /** For another try at the same turn. */
  get standing(): Standing {
    const draft = this.hasWords ? { text: this.text, end: undefined } : undefined
    return { shown: this.#shown.all, draft, inDoubt: this.#inDoubt }
  }

  /** What is too long for messages, once the reply has ended. */
  get rest(): string {
    return this.ended ? this.#text.rest.trim() : ''
  }

  /** Every message is on the platform in its lasting form. */
  get complete(): boolean {
    return this.ended && this.next() === undefined
  }

  /** How long, in ms, the next interim edit still has to wait. */
  get heldForMs(): number {
    return this.#shown.heldForMs
  }

  /** All that was generated, as far as it was looked at. */
  get known(): string {
    return this.#text.known
  }

  /** True when another kind of write is due than before. Words that make none due lie unread until the next write takes them. */
  append(words: Words): boolean {
    this.#known = undefined
    this.#mark = undefined
    if (this.#isAnew) this.#clear()
    const goesOn = this.#isPaused
    this.#isPaused = false
    // Its first words are worth no edit of their own, and whoever writes has to hear how long to wait.
    if (goesOn && this.#hasNothing) this.#shown.holdOn()
    const mayBeDue = this.#hasNothing && !this.#isHeld
    const isAnother = this.#text.take(words, mayBeDue)
    return isAnother || goesOn || (mayBeDue && this.next() !== undefined)
  }

  /** No words come for a moment: those that are there need not wait for more. Until the next ones come. */
  pause(): void {
    this.#known = undefined
    this.#isPaused = true
    // What lies unread would take in the next ones without a word.
    this.next()
  }

  /** What stands is replaced by what comes; until that comes it stays. */
  beginAnew(): void {
    this.#known = undefined
    this.#isAnew = true
  }

  /** The first text has waited long enough. */
  showNow(): void {
    this.#known = undefined
    this.#text.showNow()
  }

  /** Stands under the words of an earlier try until new ones come. */
  mark(word: string): void {
    this.#known = undefined
    this.#mark = word
    this.#text.showNow()
  }

  /** Stands in the place of the reply until that has words. */
  waitWith(notice: string): void {
    this.#known = undefined
    this.#notice = notice
  }

  /** Nothing more comes. The note, if there is one, is shown under the last part; of a reply without words, in its place. */
  end(ending: Ending): void {
    this.#known = undefined
    this.#ending = ending
    this.#text.showNow()
    if (!this.hasWords) this.#notice = ending.note
  }

  plan(): Plan | undefined {
    const next = this.next()
    if (next === undefined) return undefined
    const { changedAt: shownAt } = this.#shown
    const bucket = this.#parts.surface.bucket(next)
    return { bucket, phase: this.#urgency(next.phase), shownAt, isPaused: this.#isPaused }
  }

  /** The first sign that a stump goes on is as urgent as a first text, and what stands between a reader and the end, as that. */
  #urgency(phase: WritePhase): WritePhase {
    if (this.ended) return 'final'
    return this.#shown.changedAt === 0 && phase === 'interim' ? 'first' : phase
  }

  /** The write that is due now, with the newest text. Parts appear in their order. */
  next(): Write | undefined {
    const known = this.#known ?? { due: this.#due() }
    this.#hasNothing = known.due === undefined
    // Time alone ends a hold, and the note under an end may come late.
    this.#known = this.ended || this.heldForMs > 0 ? undefined : known
    return known.due
  }

  #due(): Write | undefined {
    if (this.#again) return this.#again
    const texts = this.#texts
    for (const [part, text] of texts.entries()) {
      const write = dueWrite(this.#parts, this.#duePart(part, text, part === texts.length - 1), this.#shown.of(part))
      if (write) return write.phase === 'interim' && this.heldForMs > 0 ? undefined : write
    }
    return undefined
  }

  /** The write goes out now. */
  sends(write: Write): void {
    this.#known = undefined
    this.#again = undefined
    if (!write.notice) this.#shown.sends(write.part, write.text)
  }

  /** Nobody knows whether the write arrived. */
  doubts(write: Write): void {
    this.#inDoubt ||= write.message === undefined
  }

  /** The write is looked for no more: it goes out once again. */
  repeat(write: Write): void {
    this.#known = undefined
    this.#again = write
  }

  wrote(write: Write, message: MessageId): void {
    this.#known = undefined
    if (write.message === undefined) this.#inDoubt = false
    this.#shown.wrote(write, message)
  }

  /** A send of the part by somebody else stands there, with words that nobody knows. */
  found(part: number, message: MessageId): void {
    this.#known = undefined
    this.#shown.found(part, message)
  }

  /** Messages of an earlier try that the ended reply has no words for, each told once. */
  takeSurplus(): readonly MessageId[] {
    this.#known = undefined
    if (this.#parts.fallsBack && !this.hasWords) return []
    return this.#shown.takeSurplus(this.#texts.length)
  }

  /** The rest stands on the platform as a file. */
  attached(message: MessageId): void {
    this.#shown.attached(message)
  }

  /** The rest cannot be a file, so it becomes messages after all. */
  unfold(): void {
    this.#known = undefined
    this.#text.unfold()
  }

  /** Anything of the draft may have been read. */
  #takeUp({ text, end }: Draft): void {
    this.#text.hear({ text })
    const texts = [...this.#text.frozen, this.#text.live]
    for (const [part, text] of texts.entries()) this.#shown.sends(part, text)
    if (end) this.end(end)
  }

  #clear(): void {
    this.#isAnew = false
    this.#isPaused = false
    this.#text.clear()
    this.#shown.beginAnew()
  }

  /** The texts that should stand, a message each. */
  get #texts(): readonly string[] {
    if (!this.hasWords) return this.#notice === undefined ? [] : [this.#notice]
    return this.#text.due(this.ended)
  }

  /** More words make nothing due: their part is shown, and its next edit has to wait. */
  get #isHeld(): boolean {
    return this.heldForMs > 0 && this.#shown.of(this.#text.frozen.length) !== undefined
  }

  #sentOfLive(): number {
    return this.#shown.sentOf(this.#text.frozen.length)
  }

  #duePart(part: number, text: string, isLast: boolean): DuePart {
    const isFrozen = part < this.#text.frozen.length
    const under = isLast ? this.#under : nothing
    return { part, text, isFrozen, isEnd: isLast && this.ended, isNotice: !this.hasWords, under }
  }

  get #under(): Under {
    const isFolded = this.#text.rest.trim() !== ''
    return underReply(this.#parts, { hasWords: this.hasWords, ending: this.#ending, mark: this.#mark, isFolded })
  }
}

const nothing: Under = { note: undefined, buttons: [] }
