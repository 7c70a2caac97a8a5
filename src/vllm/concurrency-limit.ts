import type { ServerLoad } from './server-load.ts'

/** How many answers a server shall generate at once: as set, or learnt from what it says of its load. */
export class ConcurrencyLimit {
  readonly #isSet: boolean
  #places: number
  /** Requests that waited in the server when it was last looked at, and when that was. */
  #waited = 0
  #learntAt = 0

  constructor(set: number | undefined) {
    this.#isSet = set !== undefined
    this.#places = set ?? placesAtFirst
  }

  get places(): number {
    return this.#places
  }

  /** A server that tells no load, or whose limit is set, teaches nothing. */
  get learns(): boolean {
    return !this.#isSet
  }

  /** `open`: our own answers there now. `now` in milliseconds. */
  learn({ waiting, cacheUsage }: ServerLoad, open: number, now: number): void {
    // A burst waits for a moment until the server has read it: only who still waits at the next look has no room.
    const stayed = now - this.#learntAt <= recentMs ? Math.min(waiting, this.#waited) : 0
    this.#waited = waiting
    this.#learntAt = now
    if (stayed > 0) {
      const least = Math.max(fewestPlaces, Math.ceil(this.#places * (1 - greatestCut)))
      this.#places = Math.min(this.#places, Math.max(least, open - stayed))
    } else if (waiting === 0 && cacheUsage < roomyCache && open >= this.#places) {
      this.#places = Math.min(mostPlaces, 2 * this.#places)
    }
  }
}

/** A 24 GB card keeps some 20 to 35 of our conversations in its memory. */
const placesAtFirst = 32
const fewestPlaces = 4
/** The most that vLLM runs at once by default, on its largest cards. */
const mostPlaces = 1_024
/** What is running still grows: with more of its memory full, a server soon throws out what it had begun. */
const roomyCache = 0.8
/** Two looks that lie further apart do not speak of the same queue. */
const recentMs = 15_000
/** At one look, as a share. */
const greatestCut = 0.25
