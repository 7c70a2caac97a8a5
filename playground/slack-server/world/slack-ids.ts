const microsecondsPerSecond = 1_000_000

/** Makes ids as Slack does: a letter for the kind of thing and ten signs, and message timestamps that never repeat. */
export class SlackIds {
  readonly #now: () => number
  #counter = 0
  #lastMicros = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** `prefix` says what the thing is: T team, U user, B bot, C channel, D direct, F file, V view, Ev event. */
  next(prefix: string): string {
    this.#counter += 1
    return `${prefix}0${this.#counter.toString(36).toUpperCase().padStart(8, '0')}`
  }

  /** A message's name in its channel, "seconds.micros": always later than every one before. */
  ts(): string {
    this.#lastMicros = Math.max(this.#lastMicros + 1, Math.floor(this.#now() * 1_000))
    return written(this.#lastMicros)
  }

  /** The name of a message of an earlier time; thousand of one millisecond keep apart. */
  tsAt(at: number): string {
    this.#counter += 1
    return written(Math.floor(at) * 1_000 + (this.#counter % 1_000))
  }
}

function written(micros: number): string {
  return `${Math.floor(micros / microsecondsPerSecond)}.${String(micros % microsecondsPerSecond).padStart(6, '0')}`
}

/** The time that a ts carries, in milliseconds. */
export function tsTime(ts: string): number {
  return Number(ts) * 1_000
}

/** Orders timestamps by age, older first; all of them have the same number of digits until the year 2286. */
export function compareTs(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
