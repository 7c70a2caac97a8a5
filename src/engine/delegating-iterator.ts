/** Yields the first items, and returns what gives the others; nothing: there are none. */
export type Begin<Item> = AsyncGenerator<Item, AsyncIterator<Item> | undefined, undefined>

/**
 * What a generator yields, and behind it what the iterator gives that the generator returned: a layer that cares for the begin of
 * an answer alone does not stand between its reader and each of its tokens.
 */
export class DelegatingIterator<Item> implements AsyncIterableIterator<Item, undefined> {
  readonly #begin: Begin<Item>
  #rest: AsyncIterator<Item> | undefined

  constructor(begin: Begin<Item>) {
    this.#begin = begin
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    return this.#rest ? this.#rest.next() : this.#beginning()
  }

  async return(): Promise<IteratorResult<Item, undefined>> {
    if (this.#rest) await this.#rest.return?.()
    else await this.#begin.return(undefined)
    return { done: true, value: undefined }
  }

  async #beginning(): Promise<IteratorResult<Item, undefined>> {
    const step = await this.#begin.next()
    if (!step.done) return step
    this.#rest = step.value
    return this.#rest ? await this.#rest.next() : { done: true, value: undefined }
  }
}
