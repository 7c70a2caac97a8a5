const discordEpochMs = 1_420_070_400_000 // the first second of 2015
const counterBits = 22n

/** Makes ids as Discord does: the time in the upper bits, so that a greater id is a later thing. */
export class Snowflakes {
  readonly #now: () => number
  #counter = 0n

  constructor(now: () => number) {
    this.#now = now
  }

  /** An id for a thing of the time `at` (milliseconds); unlike Discord's, the lower bits count through. */
  next(at: number = this.#now()): string {
    this.#counter = (this.#counter + 1n) & ((1n << counterBits) - 1n)
    return String((BigInt(Math.floor(at) - discordEpochMs) << counterBits) | this.#counter)
  }
}

/** Orders ids by age, older first. */
export function compareSnowflakes(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length
  return one < other ? -1 : one > other ? 1 : 0
}
