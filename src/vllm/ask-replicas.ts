import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import type { ChatRequest } from '#src/core/model.ts'
import type { Admission, Ticket } from './admission.ts'
import { readFailure } from './failure.ts'
import type { Hear } from './hear.ts'
import type { Place } from './place.ts'
import type { Replicas } from './replicas.ts'
import type { RetryBudget } from './retry-budget.ts'
import type { RequestHeaders } from './vllm-connection.ts'

export type AskParts = Readonly<{
  replicas: Replicas
  admission: Admission
  budget: RetryBudget
  clock: Clock
  /** From 0 to 1. */
  random: () => number
  log: Log
}>

export type Asking = Readonly<{
  request: ChatRequest
  body: string
  headers: RequestHeaders
  signal: AbortSignal
  /** It has to be one JSON value. */
  json?: boolean
}>

/**
 * The answer of the replica that suits best; see `ChatModel.stream`. It waits for a place, and an answer that fails before
 * its first word is asked for once more, elsewhere if there is another replica.
 */
export async function askReplicas(parts: AskParts, asking: Asking, hear: Hear): Promise<void> {
  const { replicas, budget, clock, log } = parts
  const { request, signal, body, headers, json } = asking
  signal.throwIfAborted()
  budget.request()
  const patience = new Patience(clock)
  const order = replicas.orderFor(request.conversation)
  let avoid: string | undefined
  for (;;) {
    if (replicas.isAway && avoid === undefined) await replicas.lookNow()
    if (replicas.isAway) throw replicas.awayError()
    const choose = () => replicas.take(order, avoid)
    using ticket = parts.admission.enter({ person: request.person, choose, signal })
    if (await patience.endsBefore(ticket)) hear({ type: 'waiting' })
    const place = await ticket.place
    let isBegun = false
    try {
      const asked = { body, headers, begun: request.begun, json }
      return await place.answer(
        asked,
        event => {
          if (!isBegun) place.spoke()
          isBegun = true
          hear(event)
        },
        signal,
      )
    } catch (error) {
      signal.throwIfAborted()
      place.failed(error)
      const restMs = isBegun || avoid !== undefined ? undefined : restBefore(parts, place, error)
      if (restMs === undefined) throw error
      log.warn({ err: error, inMs: restMs }, 'no word came: asking once more')
      avoid = place.server
      ticket[Symbol.dispose]()
      await clock.sleep(restMs, signal)
    }
  }
}

/** How long to rest before the request is tried once more; `undefined` if it is not. */
function restBefore({ replicas, budget, random }: AskParts, place: Place, error: unknown): number | undefined {
  const repeat = readFailure(error)?.repeat ?? 'nowhere'
  const isElsewhere = replicas.isElsewhere(place.server)
  if (repeat === 'nowhere' || replicas.isAway || (repeat === 'elsewhere' && !isElsewhere)) return undefined
  if (!budget.take()) return undefined
  const [least, most] = isElsewhere ? restElsewhereMs : restHereMs
  return Math.round(least + random() * (most - least))
}

/** All who failed at the same moment shall not come again at the same moment. */
const restElsewhereMs = [20, 200] as const
const restHereMs = [200, 800] as const

/** Runs out once. */
class Patience {
  readonly #clock: Clock
  readonly #until: number
  #isOut = false

  constructor(clock: Clock) {
    this.#clock = clock
    this.#until = clock.now().getTime() + patienceMs
  }

  /** True if it ran out while the ticket was still waiting; that is, at most once. */
  async endsBefore(ticket: Ticket): Promise<boolean> {
    if (!ticket.isWaiting || this.#isOut) return false
    const { promise, resolve } = Promise.withResolvers<boolean>()
    using _ = this.#clock.after(this.#until - this.#clock.now().getTime(), () => resolve(true))
    const settled = () => resolve(false)
    ticket.place.then(settled, settled)
    this.#isOut = await promise
    return this.#isOut
  }
}

/** After so long somebody who waits for a place wants to know that. */
const patienceMs = 5_000
