import stringWidth from 'string-width'
import type { Paint } from './paint.ts'
import type { Paper } from './paper.ts'
import { keepEnd, keepStart, wrap } from './wrap.ts'

export type Tone = 'aeries' | 'person' | 'note' | 'fault'

/** Whose lines these are. Lines of one message share one object. */
export type Speaker = Readonly<{ place: string; name: string; tone: Tone }>

const placeColumns = 15 // `slack › general`
const nameColumns = 7
const gutterColumns = placeColumns + nameColumns + 4
const personColours = ['green', 'yellow', 'magenta', 'blue'] as const

/**
 * Prints in two columns: who says it where, and what. Every first line of somebody, and every line after somebody else's,
 * says whose it is; so talks that go on at the same time stay apart.
 */
export class Ledger {
  readonly #paper: Paper
  readonly #paint: Paint
  readonly #colours = new Map<string, (typeof personColours)[number]>()
  #last: Speaker | undefined

  constructor(paper: Paper, paint: Paint) {
    this.#paper = paper
    this.#paint = paint
  }

  /** Columns of a line of text. */
  get width(): number {
    return this.#paper.width - gutterColumns
  }

  /** Prints lines of one speaker; each fits the width. */
  print(speaker: Speaker, lines: readonly string[]): void {
    if (lines.length === 0) return
    this.#paper.print(lines.map((line, at) => this.#line(speaker, at === 0 && speaker !== this.#last, line)))
    this.#last = speaker
  }

  /** Prints a text of any length. */
  tell(speaker: Speaker, text: string): void {
    const lines = wrap(text, this.width).map(({ line }) => line)
    this.print(speaker, lines)
  }

  /** Prints something about a message in its own block. */
  remark(speaker: Speaker, text: string): void {
    this.print(
      speaker,
      wrap(text, this.width).map(({ line }) => this.#paint('dim', line)),
    )
  }

  /** The next line says whose it is, also when the one before was of the same. */
  setApart(): void {
    this.#last = undefined
  }

  /** Prints something of nobody's: a blank line, a heading. */
  plain(lines: readonly string[]): void {
    this.#paper.print(lines)
    this.#last = undefined
  }

  /** A line that still changes, as it would be printed next; its end counts when it does not fit. */
  draft(speaker: Speaker, line: string): string {
    return this.#line(speaker, speaker !== this.#last, keepEnd(line, this.width))
  }

  #line(speaker: Speaker, isNamed: boolean, text: string): string {
    return `${isNamed ? this.#gutter(speaker) : this.#emptyGutter()}${this.#words(speaker.tone, text)}`
  }

  #gutter({ place, name, tone }: Speaker): string {
    const who = padStart(keepStart(name, nameColumns), nameColumns)
    const coloured = tone === 'person' ? this.#paint(this.#colourOf(name), who) : this.#paint(nameFormat[tone], who)
    return `${this.#paint('dim', padEnd(keepStart(place, placeColumns), placeColumns))} ${coloured} ${this.#bar}`
  }

  #emptyGutter(): string {
    return `${' '.repeat(placeColumns + nameColumns + 2)}${this.#bar}`
  }

  get #bar(): string {
    return this.#paint('dim', '│ ')
  }

  /** `-# ` is Discord's small print. */
  #words(tone: Tone, text: string): string {
    if (tone === 'note' || text.startsWith('-# ')) return this.#paint('dim', text)
    return tone === 'fault' ? this.#paint('red', text) : text
  }

  #colourOf(name: string): (typeof personColours)[number] {
    const known = this.#colours.get(name)
    const colour = known ?? personColours[this.#colours.size % personColours.length] ?? 'green'
    this.#colours.set(name, colour)
    return colour
  }
}

const nameFormat: Readonly<Record<Exclude<Tone, 'person'>, Parameters<Paint>[0]>> = {
  aeries: ['bold', 'cyan'],
  note: 'dim',
  fault: 'red',
}

function padStart(text: string, columns: number): string {
  return `${' '.repeat(Math.max(0, columns - stringWidth(text)))}${text}`
}

function padEnd(text: string, columns: number): string {
  return `${text}${' '.repeat(Math.max(0, columns - stringWidth(text)))}`
}
