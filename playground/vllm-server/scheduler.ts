export type SchedulingPolicy = 'fcfs' | 'priority'

/** A request's claim on a slot. `leave` gives the slot or the place in the queue back; calling it twice is harmless. */
export type Seat = Readonly<{ leave: () => void }>

type Waiting = { readonly priority: number; readonly start: () => void }

/** vLLM's admission to the running batch: `maxNumSeqs` slots and an unbounded queue in front of them. */
export class Scheduler {
  readonly #policy: SchedulingPolicy
  readonly #maxNumSeqs: number
  readonly #queue: Waiting[] = []
  #running = 0
  #paused = false

  constructor(parts: Readonly<{ policy: SchedulingPolicy; maxNumSeqs: number }>) {
    this.#policy = parts.policy
    this.#maxNumSeqs = parts.maxNumSeqs
  }

  get running(): number {
    return this.#running
  }

  get waiting(): number {
    return this.#queue.length
  }

  /** `start` is called once a slot is free: at once, inside this call, when nobody is in the way. */
  enter(priority: number, start: () => void): Seat {
    let state: 'waiting' | 'running' | 'left' = 'waiting'
    const entry: Waiting = {
      priority: this.#policy === 'priority' ? priority : 0,
      start: () => {
        state = 'running'
        this.#running += 1
        start()
      },
    }
    // Lower goes first; equals keep their order of arrival.
    const behind = this.#queue.findIndex(other => other.priority > entry.priority)
    this.#queue.splice(behind < 0 ? this.#queue.length : behind, 0, entry)
    this.#fill()
    return {
      leave: () => {
        if (state === 'waiting') this.#queue.splice(this.#queue.indexOf(entry), 1)
        if (state === 'running') this.#running -= 1
        const left = state !== 'left'
        state = 'left'
        if (left) this.#fill()
      },
    }
  }

  /** An engine that hangs or sleeps takes requests in and starts none. */
  pause(paused: boolean): void {
    this.#paused = paused
    this.#fill()
  }

  #fill(): void {
    while (!this.#paused && this.#running < this.#maxNumSeqs) {
      const next = this.#queue.shift()
      if (!next) return
      next.start()
    }
  }
}
