/** Which requests a fault meets. Left out means any. */
type Aim = Readonly<{
  method?: string | undefined
  /** Template of the route, as "/channels/:channel/messages". */
  route?: string | undefined
  channelId?: string | undefined
  /** How often it strikes; without a number until it is removed. */
  times?: number | undefined
  /** Chance of striking a request that it meets, 0 to 1, drawn from the server's seed. */
  chance?: number | undefined
}>

/**
 * One kind of bad weather. `accepted` says on which side of the deed it strikes: true and the request is carried out
 * before its answer is lost, so that the client cannot know.
 */
export type Fault = Aim &
  (
    | Readonly<{ kind: 'rate-limit'; retryAfterMs: number; scope?: 'user' | 'shared' | 'global' | undefined }>
    | Readonly<{
        kind: 'error'
        status: number
        code?: number | undefined
        message?: string | undefined
        accepted?: boolean | undefined
      }>
    | Readonly<{ kind: 'reset' | 'cut'; accepted?: boolean | undefined }>
    | Readonly<{ kind: 'hang'; ms?: number | undefined; accepted?: boolean | undefined }>
    | Readonly<{ kind: 'slow'; ms: number; accepted?: boolean | undefined }>
  )

type Target = Readonly<{ method: string; route: string; channelId: string | undefined }>

type Placed = { readonly id: number; readonly fault: Fault; left: number }

/** The faults that are switched on. Its draws come from a seed, so that a run can be repeated. */
export class Faults {
  readonly #random: () => number
  #placed: Placed[] = []
  #count = 0

  constructor(seed: number) {
    this.#random = seededRandom(seed)
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

  /** The fault that strikes this request, if any: the first that meets it and wins its draw. */
  strike(target: Target): Fault | undefined {
    const hit = this.#placed.find(({ fault }) => meets(fault, target) && this.#random() < (fault.chance ?? 1))
    if (!hit) return undefined
    hit.left -= 1
    if (hit.left <= 0) this.remove(hit.id)
    return hit.fault
  }
}

function meets({ method, route, channelId }: Fault, target: Target): boolean {
  if (method !== undefined && method !== target.method) return false
  if (route !== undefined && route !== target.route) return false
  return channelId === undefined || channelId === target.channelId
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
