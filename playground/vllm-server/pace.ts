import type { Latency, Spread } from './latency.ts'
import type { Random } from './random.ts'
import type { Script } from './script.ts'

/** When the tokens of one answer are ready, in milliseconds. */
export class Pace {
  readonly #latency: Latency
  readonly #random: Random
  #token = 0

  constructor(latency: Latency, script: Script, random: Random) {
    this.#random = random
    this.#latency = {
      ttftMs: script.ttftMs ?? latency.ttftMs,
      itlMs: script.itlMs ?? latency.itlMs,
      prefillMsPerUncachedToken: script.prefillMsPerUncachedToken ?? latency.prefillMsPerUncachedToken,
    }
  }

  /** From the slot to the first token. */
  first(uncachedTokens: number): number {
    const { ttftMs, prefillMsPerUncachedToken } = this.#latency
    return this.#random.spread(ttftMs) + uncachedTokens * prefillMsPerUncachedToken
  }

  /** From the last record to one that brings so many tokens; a burst takes the time of one. */
  next(tokens: number, isBurst: boolean): number {
    let gap = 0
    for (let token = 0; token < (isBurst ? Math.min(1, tokens) : tokens); token += 1) gap += this.#gap()
    return gap
  }

  #gap(): number {
    const { itlMs } = this.#latency
    this.#token += 1
    if (!isList(itlMs)) return this.#random.spread(itlMs)
    return itlMs[Math.min(this.#token, itlMs.length) - 1] ?? 0
  }
}

function isList(gaps: Spread | readonly number[]): gaps is readonly number[] {
  return Array.isArray(gaps)
}
