/** How often a fault strikes. */
type Striking = Readonly<{
  /** Without a number until it is removed. */
  times?: number | undefined
  /** Chance of striking what it meets, 0 to 1, drawn from the server's seed. */
  chance?: number | undefined
}>

type Placed<Fault> = { readonly id: number; readonly fault: Fault; left: number }

/** The faults that are switched on. Its draws come from a seed, so that a run can be repeated. */
export class PlacedFaults<Fault extends Striking, Target> {
  readonly #random: () => number
  readonly #meets: (fault: Fault, target: Target) => boolean
  #placed: Placed<Fault>[] = []
  #count = 0

  constructor(seed: number, meets: (fault: Fault, target: Target) => boolean) {
    this.#random = seededRandom(seed)
    this.#meets = meets
  }

  /** Switches a fault on and gives its number. */
  add(fault: Fault): number {
    this.#count += 1
    this.#placed.push({ id: this.#count, fault, left: fault.times ?? Number.POSITIVE_INFINITY })
    return this.#count
  }

  remove(id: number): void {
    this.#placed = this.#placed.filter(one => one.id !== id)
  }

  clear(): void {
    this.#placed = []
  }

  list(): readonly Readonly<{ id: number; fault: Fault }>[] {
    return this.#placed.map(({ id, fault }) => ({ id, fault }))
  }

  /** The fault that strikes here, if any: the first that meets the target and wins its draw. */
  strike(target: Target): Fault | undefined {
    const hit = this.#placed.find(({ fault }) => this.#meets(fault, target) && this.#random() < (fault.chance ?? 1))
    if (!hit) return undefined
    hit.left -= 1
    if (hit.left <= 0) this.remove(hit.id)
    return hit.fault
  }
}

/** A small generator (mulberry32) with the whole state in 32 bits: enough for weather, not for secrets. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
