import type { MessageId } from '#src/core/ids.ts'
import type { Button, ReplySurface, Write, WritePhase } from '#src/core/surface.ts'
import type { TurnOutcome } from '#src/core/turn.ts'
import type { Draft } from '#src/core/turns.ts'
import { lastStop } from '#src/markdown/last-stop.ts'
import { sentenceEnd } from '#src/markdown/sentence-end.ts'
import type { AnswerButtons } from './controls/answer-buttons.ts'
import type { Plan, Writer } from './most-urgent.ts'
import { ReplyText, type Words } from './reply-text.ts'
import { ShownParts } from './shown-parts.ts'
import type { Shown, Standing } from './standing.ts'
import { restNote } from './words.ts'

/** How a reply grows: as fast as the platform allows, seldom, or not at all before it is whole. */
export type Pace = 'live' | 'calm' | 'off'

export type ViewParts = Readonly<{
  surface: ReplySurface
  /** Begins the keys of its writes. */
  turn: string
  pace: Pace
  /** In ms since the epoch. */
  now(): number
  stands: Standing | undefined
  /** A word about the reply that is known before its first words: shown under it once it is whole. */
  note: string | (() => string | undefined) | undefined
  /** Shown with that note. */
  offers?: readonly Button[] | undefined
  /** Shown under a notice in which the reply ends. */
  buttons: readonly Button[] | undefined
  /** Shown under its newest words, and under its last ones. */
  controls?: AnswerButtons | undefined
  /** What stands there stays until this reply has words. */
  fallsBack?: boolean | undefined
}>

/** How a reply ended; `open`: its turn did not, so its draft stays one. */
export type Ending = Readonly<{ outcome: TurnOutcome; note: string | undefined; open?: boolean }>

/** A first text of so many characters is worth a notification: people's phones show the first version. */
const enoughForFirst = 40
/**
 * From that share of a message on, the live part is shown in whole sentences and lines only: its last words may belong to
 * the next message, and a message never takes back what it has shown.
 */
const nearlyFull = 0.8

/**
 * A reply as it grows, against what of it is on the platform: frozen parts, one live part, and for each what the last
 * successful write showed. The model's stream appends and never waits; whoever writes asks for the next write at the
 * moment of sending, so the newest text goes out and nothing is sent twice in a row.
 */
export class ReplyView implements Writer {
  readonly #parts: ViewParts
  readonly #text: ReplyText
  readonly #shown: ShownParts
  /** A word of Aeries that stands in the place of the reply for as long as that has none. */
  #notice: string | undefined
  #ending: Ending | undefined
  /** A word under words that do not go on yet. */
  #mark: string | undefined
  #worthShowing = false
  /** The words are those of an earlier try, and the next one begins the reply anew. */
  #isAnew = false
  /** A send that nobody confirmed: it comes before all else, as it was. */
  #again: Write | undefined
  /** A send may stand there that nobody confirmed yet. */
  #inDoubt = false
  /** When last asked there was nothing to write: the next delta may bring something. */
  #hasNothing = false
  /** About how many characters a message takes: below half of that there is nothing to measure. */
  readonly #capacity: number

  constructor(parts: ViewParts) {
    const { surface, stands, pace, now } = parts
    this.#parts = parts
    this.#text = new ReplyText(
      text => surface.measure(text, 'freeze'),
      () => this.#sentOfLive(),
    )
    this.#shown = new ShownParts(stands?.shown ?? [], surface.isInstant && pace === 'live' ? 'instant' : pace, now)
    this.#worthShowing = surface.isInstant ?? false
    this.#notice = stands?.shown.find(({ notice }) => notice)?.text
    this.#capacity = 100 / surface.measure('x'.repeat(100), 'interim')
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
    this.#mark = undefined
    if (this.#isAnew) this.#clear()
    const mayLie = this.#worthShowing && (!this.#hasNothing || this.#isHeld)
    if (mayLie && this.#text.unread === 0) {
      this.#text.hear(words)
      return false
    }
    const before = this.#text.frozen.length
    const wasWorthShowing = this.#worthShowing
    this.#text.hear(words)
    const goesOn = this.#parts.stands?.draft !== undefined
    this.#worthShowing ||= goesOn || this.text.trimStart().length >= enoughForFirst || sentenceEnd(this.text)
    if (this.#text.frozen.length > before || this.#worthShowing !== wasWorthShowing) return true
    return this.#hasNothing && !this.#isHeld && this.next() !== undefined
  }

  /** What stands is replaced by what comes; until that comes it stays. */
  beginAnew(): void {
    this.#isAnew = true
  }

  /** The first text has waited long enough. */
  showNow(): void {
    this.#worthShowing = true
  }

  /** Stands under the words of an earlier try until new ones come. */
  mark(word: string): void {
    this.#mark = word
    this.#worthShowing = true
  }

  /** Stands in the place of the reply until that has words. */
  waitWith(notice: string): void {
    this.#notice = notice
  }

  /** Nothing more comes. The note, if there is one, is shown under the last part; of a reply without words, in its place. */
  end(ending: Ending): void {
    this.#ending = ending
    this.#worthShowing = true
    if (!this.hasWords) this.#notice = ending.note
  }

  plan(): Plan | undefined {
    const next = this.next()
    if (next === undefined) return undefined
    const { changedAt: shownAt } = this.#shown
    // The first sign that a stump goes on is as urgent as a first text.
    const phase = shownAt === 0 && next.phase === 'interim' ? 'first' : next.phase
    return { bucket: this.#parts.surface.bucket(next), phase, shownAt }
  }

  /** The write that is due now, with the newest text. Parts appear in their order. */
  next(): Write | undefined {
    const next = this.#due()
    this.#hasNothing = next === undefined
    return next
  }

  #due(): Write | undefined {
    if (this.#again) return this.#again
    const texts = this.#texts()
    for (const [part, text] of texts.entries()) {
      const write = this.#writeOf(part, text, part === texts.length - 1)
      if (write) return write.phase === 'interim' && this.heldForMs > 0 ? undefined : write
    }
    return undefined
  }

  /** The write goes out now. */
  sends(write: Write): void {
    this.#again = undefined
    if (!write.notice) this.#shown.sends(write.part, write.text)
  }

  /** Nobody knows whether the write arrived. */
  doubts(write: Write): void {
    this.#inDoubt ||= write.message === undefined
  }

  /** The write is looked for no more: it goes out once again. */
  repeat(write: Write): void {
    this.#again = write
  }

  wrote(write: Write, message: MessageId): void {
    if (write.message === undefined) this.#inDoubt = false
    this.#shown.wrote(write, message)
  }

  /** A send of the part by somebody else stands there, with words that nobody knows. */
  found(part: number, message: MessageId): void {
    this.#shown.found(part, message)
  }

  /** Messages of an earlier try that the ended reply has no words for, each told once. */
  takeSurplus(): readonly MessageId[] {
    if (this.#parts.fallsBack && !this.hasWords) return []
    return this.#shown.takeSurplus(this.#texts().length)
  }

  /** The rest stands on the platform as a file. */
  attached(message: MessageId): void {
    this.#shown.attached(message)
  }

  /** The rest cannot be a file, so it becomes messages after all. */
  unfold(): void {
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
    this.#text.clear()
    this.#shown.beginAnew()
  }

  /** The texts that should stand, a message each. */
  #texts(): readonly string[] {
    if (!this.hasWords) return this.#notice === undefined ? [] : [this.#notice]
    if (!this.#worthShowing || (this.#parts.pace === 'off' && !this.ended)) return []
    const { frozen, live } = this.#text
    if (live.trim() === '') return frozen
    return [...frozen, this.ended ? live : this.#settled(live)]
  }

  /** What of the live part can be shown: all of it, as long as it is certain to stay in this message. */
  #settled(live: string): string {
    if (live.length < this.#capacity / 2 || this.#parts.surface.measure(live, 'interim') < nearlyFull) return live
    return live.slice(0, lastStop(live, this.#sentOfLive()))
  }

  /** More words make nothing due: their part is shown, and its next edit has to wait. */
  get #isHeld(): boolean {
    return this.heldForMs > 0 && this.#shown.of(this.#text.frozen.length) !== undefined
  }

  #sentOfLive(): number {
    return this.#shown.sentOf(this.#text.frozen.length)
  }

  #writeOf(part: number, text: string, isLast: boolean): Write | undefined {
    if (text.trim() === '') return undefined
    const shown = this.#shown.of(part)
    const isEnd = isLast && this.ended
    const note = this.#noteUnder(isLast, isEnd)
    const { turn } = this.#parts
    const under = isLast ? this.#buttonsUnder(isEnd) : []
    const write: Write = {
      key: `${turn}:${part}`,
      part,
      phase: phaseOf(shown !== undefined, part < this.#text.frozen.length, isEnd),
      text,
      ...(!this.hasWords && { notice: true }),
      ...(under.length > 0 && { buttons: under }),
      ...(note !== undefined && { note }),
      ...(shown && { message: shown.message }),
    }
    return shown && this.#looksEqual(shown, write) ? undefined : write
  }

  #buttonsUnder(isEnd: boolean): readonly Button[] {
    const { offers = [], buttons = [], controls, surface } = this.#parts
    if (!isEnd || this.#ending === undefined) {
      return this.hasWords && surface.growsWithButtons ? (controls?.growing ?? []) : []
    }
    if (!this.hasWords) return buttons
    const its = this.#ending.open ? [] : (controls?.ended(this.#ending) ?? [])
    return this.#ending.outcome === 'done' ? [...offers, ...its] : its
  }

  #noteUnder(isLast: boolean, isEnd: boolean): string | undefined {
    if (!this.hasWords) return undefined
    const { note } = this.#parts
    const isFolded = isLast && this.#text.rest.trim() !== ''
    const notes = [
      isFolded && restNote,
      isEnd && this.#ending?.outcome === 'done' && (typeof note === 'function' ? note() : note),
      isEnd && this.#ending?.note,
      isLast && !isEnd && this.#mark,
    ]
    const told = notes.filter(note => typeof note === 'string')
    return told.length === 0 ? undefined : told.join(' ')
  }

  #looksEqual(shown: Shown, write: Write): boolean {
    if (shown.note !== write.note || shown.notice !== (write.notice ?? false)) return false
    if (!sameActions(shown, write)) return false
    if (shown.text.trimEnd() !== write.text.trimEnd()) return false
    // A notice has no other form for its end, and a frozen part is asked about with every write behind it.
    if (write.notice || (shown.phase === write.phase && shown.text === write.text)) return true
    const { surface } = this.#parts
    return surface.render(shown.text, shown.phase) === surface.render(write.text, write.phase)
  }
}

function sameActions({ actions = [] }: Shown, { buttons = [] }: Write): boolean {
  return actions.length === buttons.length && actions.every((action, at) => action === buttons[at]?.action)
}

function phaseOf(isShown: boolean, isFrozen: boolean, isEnd: boolean): WritePhase {
  if (isEnd) return 'final'
  if (isFrozen) return 'freeze'
  return isShown ? 'interim' : 'first'
}
