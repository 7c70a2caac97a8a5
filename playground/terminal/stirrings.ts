/** Aeries shows within that time that it has heard; otherwise it will not answer. */
const hearsWithinMs = 5_000

/** When something of Aeries was seen last, and where it is still waited for. */
export class Stirrings {
  /** Places where somebody spoke to Aeries and saw nothing of it since, with the time. */
  readonly #expected = new Map<string, number>()
  #touchedAt = 0

  /** Somebody spoke to Aeries. */
  expect(where: string): void {
    this.#expected.set(where, Date.now())
  }

  /** Something of Aeries is seen. */
  touch(where: string): void {
    this.#touchedAt = Date.now()
    this.#expected.delete(where)
  }

  /** When something was seen last, or will have been waited for in vain: while that lies ahead, somebody still hopes for an answer. */
  get lastAt(): number {
    return Math.max(this.#touchedAt, ...[...this.#expected.values()].map(since => since + hearsWithinMs))
  }
}
