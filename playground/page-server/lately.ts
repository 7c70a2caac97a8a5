/** The newest so many of something. */
export class Lately<One> {
  readonly #most: number
  #all: One[] = []

  constructor(most: number) {
    this.#most = most
  }

  get all(): readonly One[] {
    return this.#all
  }

  add(one: One): void {
    this.#all.push(one)
    if (this.#all.length > this.#most * 2) this.#all = this.#all.slice(-this.#most)
  }
}
