const microsecondsPerSecond = 1_000_000

/** Makes ids as Slack does: a letter for the kind of thing and ten signs, and message timestamps that never repeat. */
export class SlackIds {
  readonly #now: () => number
  #counter = 0
  #lastMicros = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** `prefix` says what the thing is: T team, U user, B bot, C channel, G private, D direct, F file, V view, Ev event. */
  next(prefix: string): string {
    this.#counter += 1
    return `${prefix}0${this.#counter.toString(36).toUpperCase().padStart(8, 'A')}`
  }

  /** A message's name in its channel, "seconds.micros": always later than every one before. */
  ts(at: number = this.#now()): string {
    this.#lastMicros = Math.max(this.#lastMicros + 1, Math.floor(at * 1_000))
    const seconds = Math.floor(this.#lastMicros / microsecondsPerSecond)
    return `${seconds}.${String(this.#lastMicros % microsecondsPerSecond).padStart(6, '0')}`
  }
}

/** The time that a ts carries, in milliseconds. */
export function tsTime(ts: string): number {
  return Number(ts) * 1_000
}

/** Orders timestamps by age, older first; all of them have the same number of digits until the year 2286. */
export function compareTs(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
