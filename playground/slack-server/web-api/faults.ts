/** Which calls a fault meets. Left out means any. */
type Aim = Readonly<{
  /** A method (`chat.update`), or the beginning of some (`chat.*`). */
  method?: string | undefined
  teamId?: string | undefined
  channelId?: string | undefined
  /** How often it strikes; without a number until it is removed. */
  times?: number | undefined
  /** Chance of striking a call that it meets, 0 to 1, drawn from the server's seed. */
  chance?: number | undefined
}>

/**
 * One kind of bad weather. `accepted` says on which side of the deed it strikes: true and the call is carried out
 * before its answer is lost, so that the client cannot know.
 */
export type Fault = Aim &
  (
    | Readonly<{ kind: 'rate-limit'; retryAfterS: number }>
    | Readonly<{ kind: 'error'; status: number; accepted?: boolean | undefined }>
    /** A refusal in Slack's word, with status 200. */
    | Readonly<{ kind: 'refuse'; error: string; accepted?: boolean | undefined }>
    | Readonly<{ kind: 'reset'; accepted?: boolean | undefined }>
    | Readonly<{ kind: 'hang'; ms?: number | undefined; accepted?: boolean | undefined }>
    | Readonly<{ kind: 'slow'; ms: number; accepted?: boolean | undefined }>
  )

type Target = Readonly<{ method: string; teamId: string | undefined; channelId: string | undefined }>

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

  /** The fault that strikes this call, if any: the first that meets it and wins its draw. */
  strike(target: Target): Fault | undefined {
    const hit = this.#placed.find(({ fault }) => meets(fault, target) && this.#random() < (fault.chance ?? 1))
    if (!hit) return undefined
    hit.left -= 1
    if (hit.left <= 0) this.remove(hit.id)
    return hit.fault
  }
}

function meets({ method, teamId, channelId }: Fault, target: Target): boolean {
  if (method?.endsWith('*') && !target.method.startsWith(method.slice(0, -1))) return false
  if (method !== undefined && !method.endsWith('*') && method !== target.method) return false
  if (teamId !== undefined && teamId !== target.teamId) return false
  return channelId === undefined || channelId === target.channelId
}

/** A small multiplicative generator (Lehmer, 2^31 - 1): enough for weather, not for secrets. */
function seededRandom(seed: number): () => number {
  const modulus = 2 ** 31 - 1
  let state = (Math.abs(Math.trunc(seed)) % (modulus - 1)) + 1
  return () => {
    state = (state * 48_271) % modulus
    return state / modulus
  }
}
