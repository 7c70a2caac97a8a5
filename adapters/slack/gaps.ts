/** Since when no line is there on which events could come. */
export class Gaps {
  readonly #gapMs: number
  #closedAt: Date | undefined
  #since: Date | undefined

  constructor(gapMs: number) {
    this.#gapMs = gapMs
  }

  /** No line is left, and maybe none was for so long before that was found out. Of several times the first counts. */
  closed(at: Date, unnoticedMs: number): void {
    this.#closedAt ??= at
    this.#since ??= new Date(at.getTime() - unnoticedMs)
  }

  /** A line is there: since when events may be missing, said once for each gap; `undefined` when it was a moment only. */
  opened(at: Date): Date | undefined {
    const [closedAt, since] = [this.#closedAt, this.#since]
    this.#closedAt = undefined
    this.#since = undefined
    return closedAt !== undefined && at.getTime() - closedAt.getTime() >= this.#gapMs ? since : undefined
  }
}
