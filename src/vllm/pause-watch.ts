import type { Clock } from '#src/core/clock.ts'

/** All answers are looked at that often, by one timer, in ms: to look at each by a timer of its own costs more than all else that is done for it. */
const lookMs = 50
/** A model that says nothing for so long, in ms, has paused, unless its words always come so far apart. */
const pauseMs = 200
/** It has not while the silence is not longer than so many of its usual gaps. */
const usualGaps = 3
/** How much the newest gap counts for in the usual one. */
const newestShare = 1 / 8

type Watched = {
  /** In ms of the clock; undefined before its first word. */
  readonly aliveAt: () => number | undefined
  readonly tell: () => unknown
  seenAt: number | undefined
  usualGapMs: number
  isTold: boolean
}

/** Tells of answers under way that stand still for a moment, once each time. */
export class PauseWatch {
  readonly #clock: Clock
  readonly #answers = new Set<Watched>()
  #timer: Disposable | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `aliveAt`: when the answer last went on. Until disposed of. */
  watch(aliveAt: () => number | undefined, tell: () => unknown): Disposable {
    const watched: Watched = { aliveAt, tell, seenAt: undefined, usualGapMs: 0, isTold: false }
    this.#answers.add(watched)
    this.#timer ??= this.#next()
    return {
      [Symbol.dispose]: () => {
        this.#answers.delete(watched)
        if (this.#answers.size > 0) return
        this.#timer?.[Symbol.dispose]()
        this.#timer = undefined
      },
    }
  }

  #next(): Disposable {
    return this.#clock.after(lookMs, () => {
      const now = this.#clock.now().getTime()
      this.#timer = this.#next()
      for (const watched of this.#answers) look(watched, now)
    })
  }
}

function look(watched: Watched, now: number): void {
  const aliveAt = watched.aliveAt()
  if (aliveAt === undefined) return
  const { seenAt = aliveAt, usualGapMs } = watched
  const enoughMs = Math.max(pauseMs, usualGaps * usualGapMs)
  watched.seenAt = aliveAt
  if (aliveAt > seenAt) {
    watched.isTold = false
    // One pause does not make the next one unlikely.
    watched.usualGapMs += (Math.min(aliveAt - seenAt, enoughMs) - usualGapMs) * newestShare
  } else if (!watched.isTold && now - aliveAt >= enoughMs) {
    watched.isTold = true
    watched.tell()
  }
}
