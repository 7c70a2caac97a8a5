import { Floor, type Words } from './floor.ts'
import type { Ledger, Speaker } from './ledger.ts'
import type { Paper } from './paper.ts'

/** Tells a transcript what happens on one platform, until it is called off. */
export type Reporter = (transcript: Transcript) => () => void

/** Aeries is seen to be about to answer. */
export type Sign = Readonly<{ speaker: Speaker; words: string; isOver(): boolean }>

type TranscriptParts = Readonly<{
  ledger: Ledger
  paper: Paper
  /** Whether a message that was touched last at that time is finished. */
  isFinished: (touchedAt: number) => boolean
  reporters: readonly Reporter[]
}>

const lookEveryMs = 100

/** Writes down what happens in all places: what people say and do, and Aeries' answers while they grow. */
export class Transcript implements Disposable {
  readonly ledger: Ledger
  readonly #parts: TranscriptParts
  readonly #floor: Floor
  /** By where they are seen. */
  readonly #signs = new Map<string, Sign>()
  readonly #callOff: readonly (() => void)[]
  readonly #timer: NodeJS.Timeout

  constructor(parts: TranscriptParts) {
    this.#parts = parts
    this.ledger = parts.ledger
    this.#floor = new Floor(parts.ledger)
    this.#callOff = parts.reporters.map(report => report(this))
    this.#timer = setInterval(() => this.catchUp(), lookEveryMs)
  }

  /** A message of Aeries as it reads now. */
  grow(words: Words): void {
    this.#floor.take(words)
  }

  /** A message is gone. */
  drop(id: string): void {
    this.#floor.drop(id)
  }

  showSign(where: string, sign: Sign): void {
    if (this.#signs.has(where)) return
    this.#signs.set(where, sign)
    // A sign that comes after the first words that it announced says nothing any more, and would split them.
    if (!this.#parts.paper.isLive && !this.#floor.isTakenAt(sign.speaker.place))
      this.ledger.tell(sign.speaker, sign.words)
  }

  endSign(where: string): void {
    this.#signs.delete(where)
  }

  /** Prints what is complete, shows what is not. */
  catchUp(): void {
    for (const [where, { isOver }] of this.#signs) if (isOver()) this.endSign(where)
    this.#floor.advance(this.#parts.isFinished)
    const signs = [...this.#signs.values()].map(({ speaker, words }) => this.ledger.draft(speaker, words))
    this.#parts.paper.live([...this.#floor.drafts(), ...signs])
  }

  /** Stops listening, and prints the rest of what still grows. */
  [Symbol.dispose](): void {
    for (const callOff of this.#callOff) callOff()
    clearInterval(this.#timer)
    this.#floor.advance(() => true)
    this.#parts.paper.live([])
  }
}
