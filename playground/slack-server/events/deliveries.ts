import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Json } from '#playground/slack-server/world/json.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import type { Attempt, Delivery, DeliveryKind, Outcome, Transport } from './delivery.ts'
import { eventPayload, rateLimitedPayload } from './event-payload.ts'
import type { SlackEvent } from './slack-event.ts'

type Parts = Readonly<{
  world: World
  /** The way that is open now. */
  transport: () => Transport
  onChange: (delivery: Delivery) => void
  signal: AbortSignal
}>

type News = Readonly<{ kind: DeliveryKind; name: string; teamId: string; payload: Json }>

const hourMs = 3_600_000

/** Tells the app what happens, and tells it again when nobody acknowledged. Commands and clicks are told once. */
export class Deliveries {
  readonly #parts: Parts
  readonly #all = new Map<string, Delivery>()
  readonly #running = new Set<Promise<unknown>>()
  readonly #hours = new Map<string, { since: number; count: number; toldMinute: number }>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Everything told so far, oldest first. */
  all(): readonly Delivery[] {
    return [...this.#all.values()]
  }

  clear(): void {
    this.#all.clear()
  }

  /** Tells an event if the app subscribed to it and may hear it. */
  event(event: SlackEvent): void {
    const { world } = this.#parts
    const { subscriptions } = world.app
    const scopes = world.teams.get(event.teamId)?.installation?.scopes ?? []
    if (subscriptions && !subscriptions.includes(event.subscription)) return
    if (event.scope !== undefined && !scopes.includes(event.scope)) return
    const { teamId, subscription: name } = event
    if (this.#isOverHourly(teamId)) this.#tellOfLimit(teamId)
    else void this.#start({ kind: 'events_api', name, teamId, payload: eventPayload(world, event) })
  }

  /** Tells something as it stands; gives it back once it was acknowledged or given up. */
  async tell(news: News): Promise<Delivery> {
    return await this.#start(news)
  }

  /** Tells that events were dropped. */
  tellRateLimited(teamId: string): void {
    const payload = rateLimitedPayload(this.#parts.world, teamId)
    void this.#start({ kind: 'events_api', name: 'app_rate_limited', teamId, payload })
  }

  /** Tells a finished delivery once more, as a retry of the same event that comes late. */
  async repeat(delivery: Delivery): Promise<Delivery> {
    return await this.#start(delivery, 'timeout')
  }

  /** Resolves when nothing waits for an acknowledgement any more, retries included. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
  }

  #start({ kind, name, teamId, payload }: News, reason?: Outcome): Promise<Delivery> {
    const { world, signal } = this.#parts
    const delivery: Delivery = {
      id: randomUUID(),
      kind,
      name,
      teamId,
      payload,
      at: world.now(),
      attempts: [],
      state: 'waiting',
      answer: undefined,
    }
    this.#change(delivery)
    // Only a closing server makes it throw, while it waits for the next try.
    const run = this.#run(delivery, reason).catch(error => {
      if (!signal.aborted) throw error
      return delivery
    })
    this.#running.add(run)
    return run.finally(() => this.#running.delete(run))
  }

  async #run(first: Delivery, firstReason: Outcome | undefined): Promise<Delivery> {
    const { world, transport, signal } = this.#parts
    const delays = first.kind === 'events_api' ? world.rules.retryDelaysMs : []
    let delivery = first
    let reason = firstReason
    for (let number = 0; number <= delays.length; number += 1) {
      const at = world.now()
      const retry = reason && { number: Math.max(1, number), reason }
      const told = await transport().tell({ id: first.id, kind: first.kind, payload: first.payload, retry })
      const attempt: Attempt = { number, at, tookMs: world.now() - at, via: told.via, outcome: told.outcome }
      const attempts = [...delivery.attempts, attempt]
      if (told.outcome === 'acknowledged') {
        return this.#change({ ...delivery, attempts, state: 'acknowledged', answer: told.answer })
      }
      const last = number === delays.length || told.noRetry === true
      delivery = this.#change({ ...delivery, attempts, state: last ? 'failed' : 'waiting' })
      if (last) return delivery
      reason = told.outcome
      await sleep(delays[number], undefined, { signal, ref: false })
    }
    return delivery
  }

  #change(delivery: Delivery): Delivery {
    this.#all.set(delivery.id, delivery)
    this.#parts.onChange(delivery)
    return delivery
  }

  #isOverHourly(teamId: string): boolean {
    const { world } = this.#parts
    const now = world.now()
    const known = this.#hours.get(teamId)
    const hour = known && now - known.since < hourMs ? known : { since: now, count: 0, toldMinute: 0 }
    hour.count += 1
    this.#hours.set(teamId, hour)
    return hour.count > world.rules.eventsPerHour
  }

  /** Once a minute is enough. */
  #tellOfLimit(teamId: string): void {
    const hour = this.#hours.get(teamId)
    const minute = Math.floor(this.#parts.world.now() / 60_000)
    if (!hour || hour.toldMinute === minute) return
    hour.toldMinute = minute
    this.tellRateLimited(teamId)
  }
}
