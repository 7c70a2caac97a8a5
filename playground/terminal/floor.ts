import { type Change, GrowingText } from './growing-text.ts'
import type { Ledger, Speaker } from './ledger.ts'

type Growing = {
  readonly id: string
  readonly speaker: Speaker
  /** What stands above its first line. */
  readonly heading: string | undefined
  readonly text: GrowingText
  readonly remarks: string[]
  isBegun: boolean
  touchedAt: number
}

export type Words = Readonly<{ id: string; speaker: Speaker; text: string; heading?: string | undefined }>

const remarks = {
  grown: undefined,
  shortened: '(edited: its end is taken back)',
  rewritten: '(edited)',
} as const satisfies Record<Change, string | undefined>

/**
 * Messages that grow. Of those that grow at the same time one has the floor and is printed line by line; the others are
 * only shown live until it is their turn, so that every message is one block.
 */
export class Floor {
  readonly #ledger: Ledger
  readonly #known = new Map<string, Growing>()
  readonly #growing: Growing[] = []

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  /** Whether a message grows in that place. */
  isTakenAt(place: string): boolean {
    return this.#growing.some(({ speaker }) => speaker.place === place)
  }

  /** A message as it reads now, its first version or a later one. */
  take({ id, speaker, text, heading }: Words): void {
    const one = this.#known.get(id) ?? {
      id,
      speaker,
      heading,
      text: new GrowingText(),
      remarks: [],
      isBegun: false,
      touchedAt: 0,
    }
    this.#known.set(id, one)
    one.touchedAt = Date.now()
    const remark = remarks[one.text.take(text)]
    if (remark !== undefined) one.remarks.push(remark)
    if (!this.#growing.includes(one)) this.#growing.push(one)
  }

  /** A message is gone. Its lines that are on paper stay there. */
  drop(id: string): void {
    const at = this.#growing.findIndex(one => one.id === id)
    if (at >= 0) this.#growing.splice(at, 1)
  }

  /** Prints what is complete. A message that is finished, by the time of its last touch, gives the floor away. */
  advance(isOver: (touchedAt: number) => boolean): void {
    for (let one = this.#growing[0]; one !== undefined; one = this.#growing[0]) {
      const isFinished = isOver(one.touchedAt)
      if (isFinished) one.text.finish()
      this.#print(one)
      if (!isFinished) break
      this.#growing.shift()
    }
  }

  /** The lines that still grow. */
  drafts(): readonly string[] {
    return this.#growing.map(({ speaker, text }) =>
      this.#ledger.draft(speaker, `${text.lastLine(this.#ledger.width)}▌`),
    )
  }

  #print(one: Growing): void {
    const lines = one.text.newLines(this.#ledger.width)
    const remarks = one.remarks.splice(0)
    if (!one.isBegun && lines.length > 0) {
      one.isBegun = true
      if (one.heading !== undefined) remarks.unshift(one.heading)
    }
    for (const remark of remarks) this.#ledger.remark(one.speaker, remark)
    this.#ledger.print(one.speaker, lines)
  }
}
