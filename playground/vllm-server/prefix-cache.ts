const blockTokens = 16 // vLLM's block on a GPU; only whole blocks are shared

export type CacheHit = Readonly<{
  /** Tokens that need no prefill. */
  cached: number
  /** Tokens of whole blocks that this prompt brought in. */
  created: number
}>

/**
 * vLLM's automatic prefix cache: blocks of 16 tokens, each known by its parent and its content, so that a block hits only
 * after everything before it hit. Least recently used blocks go first.
 */
export class PrefixCache {
  readonly #capacityBlocks: number
  /** Chain id of a block by `parent:tokens`; a Map keeps insertion order, which serves as order of use. */
  readonly #blocks = new Map<string, number>()
  #nextId = 1

  constructor(capacityTokens: number) {
    this.#capacityBlocks = Math.max(1, Math.floor(capacityTokens / blockTokens))
  }

  /** Looks a prompt up and takes it in. At most all tokens but the last can hit: the last one has to be computed. */
  admit(tokens: readonly number[], salt = ''): CacheHit {
    const usable = Math.floor((tokens.length - 1) / blockTokens)
    const { hits, fresh } = this.#walk(tokens, salt, usable)
    return { cached: hits * blockTokens, created: fresh * blockTokens }
  }

  /** Takes in prompt and answer once the answer is there: generated blocks are shared as well. */
  keep(tokens: readonly number[], salt = ''): void {
    this.#walk(tokens, salt, 0)
  }

  clear(): void {
    this.#blocks.clear()
  }

  #walk(tokens: readonly number[], salt: string, usable: number): { hits: number; fresh: number } {
    let parent = 0
    let hits = 0
    let fresh = 0
    const whole = Math.floor(tokens.length / blockTokens)
    for (let block = 0; block < whole; block += 1) {
      const from = block * blockTokens
      // The salt goes into the first block only; the chain carries it on.
      const key = `${block === 0 ? salt : ''}${parent}:${tokens.slice(from, from + blockTokens).join()}`
      const known = this.#blocks.get(key)
      if (known !== undefined) {
        if (hits === block && block < usable) hits += 1
        this.#blocks.delete(key)
      } else fresh += 1
      parent = known ?? this.#nextId++
      this.#blocks.set(key, parent)
    }
    this.#evict()
    return { hits, fresh }
  }

  #evict(): void {
    for (const key of this.#blocks.keys()) {
      if (this.#blocks.size <= this.#capacityBlocks) return
      this.#blocks.delete(key)
    }
  }
}
