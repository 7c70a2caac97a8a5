import { openFence, reopeningLine } from '#src/markdown/fences.ts'
import { repeatedTableHead } from '#src/markdown/table-head.ts'
import { type WordRegion, wordRegions } from '#src/markdown/word-regions.ts'
import { type OtherForm, type OtherForms, otherForms } from './other-forms.ts'

/** What was generated from where a message begins, read as that message had to read it: as a text of its own. */
export class PartView {
  /** What a split put before it: the line that reopens a fence, or a table's head. Then what was generated, as far as need be. */
  readonly text: string
  /** Where the added lines end. */
  readonly seam: number
  readonly #from: number
  readonly #regions: ReadonlyMap<number, readonly WordRegion[]>
  readonly #forms: OtherForms
  readonly #ends: ReadonlySet<number>
  readonly #stops: Uint8Array

  constructor(generated: string, from: number, added: string, reach: number) {
    this.text = added + generated.slice(from, from + reach)
    this.seam = added.length
    this.#from = from
    this.#forms = otherForms(this.text)
    const regions = wordRegions(this.text)
    this.#regions = Map.groupBy(regions, ({ start }) => start)
    this.#ends = new Set(regions.map(({ end }) => end))
    this.#stops = new Uint8Array(this.text.length + 1)
    for (const at of [this.seam, ...this.#regions.keys(), ...this.#forms.keys(), ...this.#ends]) this.#stops[at] = 1
  }

  /** The offset in what was generated. */
  offset(at: number): number {
    return this.#from + Math.max(0, at - this.seam)
  }

  /** Whether something begins or ends there that may be shown in more than one form. */
  isStop(at: number): boolean {
    return this.#stops[at] === 1
  }

  endsRegion(at: number): boolean {
    return this.#ends.has(at)
  }

  regionsAt(at: number): readonly WordRegion[] {
    return this.#regions.get(at) ?? []
  }

  formsAt(at: number): readonly OtherForm[] {
    return this.#forms.get(at) ?? []
  }

  /**
   * What a split may have put before the text from that offset on: a table's head or nothing, and if it closed a fence
   * there, the line that reopens it, with a quote's marks if a line was cut.
   */
  additionsBefore(at: number, isClosed: boolean): readonly string[] {
    const words = pastBlanks(this.text, at)
    if (!isClosed) {
      const lineStart = this.text.lastIndexOf('\n', words - 1) + 1
      const head = this.text.slice(lineStart, words).trim() === '' ? repeatedTableHead(this.text, lineStart) : ''
      return head === '' ? [''] : ['', head.trimStart()]
    }
    const fence = openFence(this.text.slice(0, words)) ?? openFence(this.text.slice(0, at))
    if (!fence) return []
    const opener = `${reopeningLine(fence)}\n`.trimStart()
    // A quote that ended with the part took its fence along.
    return fence.quotes > 0 ? [opener, opener + fence.prefix, ''] : [opener]
  }
}

export function pastBlanks(text: string, at: number): number {
  let end = at
  while (end < text.length && /\s/.test(text[end] ?? '')) end += 1
  return end
}
