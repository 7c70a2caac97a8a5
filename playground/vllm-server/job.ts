import type { AnswerPlan, Delta } from './answer-plan.ts'
import { epochNow } from './call.ts'
import type { OpenCall } from './call-log.ts'
import type { ChatRequest } from './chat-request.ts'
import type { Engine } from './engine.ts'
import type { Exchange } from './exchange.ts'
import type { CountedFinish } from './metrics.ts'
import { Pace } from './pace.ts'
import type { CacheHit } from './prefix-cache.ts'
import type { Seat } from './scheduler.ts'
import type { Script } from './script.ts'
import type { RequestTimes, TokenCount } from './usage.ts'
import type { Identity } from './wire-chunks.ts'

export type JobParts = Readonly<{
  engine: Engine
  exchange: Exchange
  call: OpenCall
  request: ChatRequest
  script: Script
  plan: AnswerPlan
  identity: Identity
  promptText: string
  promptIds: readonly number[]
}>

/** One accepted request on its way through the simulated card: queue, prefill, token after token. */
export class Job {
  readonly parts: JobParts
  readonly #pace: Pace
  readonly #arrivedAt = performance.now()
  readonly #curesBefore: number
  readonly #answerIds: number[] = []
  #seat: Seat | undefined
  #hit: CacheHit = { cached: 0, created: 0 }
  #seatedAt = 0
  #firstAt = 0
  /** When the last token was ready: the next one is counted from here, so that a late timer does not slow the rest. */
  #clock = 0
  #completion = 0
  #reasoning = 0

  constructor(parts: JobParts) {
    this.parts = parts
    this.#pace = new Pace(parts.engine.latency, parts.script, parts.engine.random)
    this.#curesBefore = parts.engine.cures
    parts.engine.live.add(parts.exchange)
    parts.exchange.onClose(() => this.leave())
  }

  /** When the last token was ready, a time of `performance.now()`. */
  get clock(): number {
    return this.#clock
  }

  get count(): TokenCount {
    const { cached, created } = this.#hit
    const prompt = this.parts.promptIds.length
    return { prompt, completion: this.#completion, reasoning: this.#reasoning, cached, createdInCache: created }
  }

  get times(): RequestTimes {
    return {
      queueMs: this.#seatedAt - this.#arrivedAt,
      firstTokenMs: this.#firstAt - this.#seatedAt,
      generationMs: this.#clock - this.#firstAt,
    }
  }

  /** Waits for a slot. False when the client left or the engine died meanwhile. */
  async takeSeat(): Promise<boolean> {
    const { engine, exchange, request, call, promptIds } = this.parts
    let isSeated = false
    let seated: (() => void) | undefined
    this.#seat = engine.scheduler.enter(request.priority, () => {
      isSeated = true
      seated?.()
    })
    engine.log.note()
    while (!isSeated && this.#mayGoOn()) {
      await exchange.pause(done => {
        seated = done
        return undefined
      })
    }
    if (!this.#mayGoOn()) return false
    this.#seatedAt = performance.now()
    this.#clock = this.#seatedAt
    this.#hit = engine.cache.admit(promptIds, request.cacheSalt)
    engine.metrics.prompt(promptIds.length, this.#hit.cached)
    engine.kvTokens += promptIds.length
    call.startedAt = epochNow()
    call.cachedTokens = this.#hit.cached
    engine.log.note()
    return true
  }

  /** How long after the last token this delta is ready, ms. */
  gapBefore(delta: Delta, index: number): number {
    if (index === 0) return this.#pace.first(this.parts.promptIds.length - this.#hit.cached)
    return this.#pace.next(delta.tokens, this.parts.script.burst !== undefined)
  }

  /**
   * Lets the simulated card work until `due`; a frozen card shifts it. `beforeWait` is called ahead of every real wait.
   * False when the client left or the engine died.
   */
  async reach(due: number, beforeWait?: () => void): Promise<boolean> {
    const { engine, exchange } = this.parts
    let shifted = due
    for (;;) {
      if (!this.#mayGoOn()) return false
      const now = performance.now()
      if (!engine.isFrozen && shifted <= now) break
      beforeWait?.()
      if (engine.isFrozen) {
        await exchange.pause(() => undefined)
        shifted += performance.now() - now
      } else await exchange.sleepUntil(shifted)
    }
    this.#clock = shifted
    return true
  }

  /** Waits until somebody has said since this request came that all is well, or the client left, or the engine died. */
  async toldToGoOn(): Promise<void> {
    const { engine, exchange } = this.parts
    while (engine.cures === this.#curesBefore && this.#mayGoOn()) await exchange.pause(() => undefined)
    await this.reach(performance.now())
  }

  /** Counts what a record brought. */
  sent(delta: Delta, gapMs: number): void {
    const { engine, call } = this.parts
    if (this.#firstAt === 0) {
      this.#firstAt = this.#clock
      call.firstTokenAt = epochNow()
      engine.metrics.firstToken(this.#clock - this.#arrivedAt)
    } else engine.metrics.gap(gapMs)
    this.#completion += delta.tokens
    if (delta.channel === 'reasoning') this.#reasoning += delta.tokens
    else call.text += delta.text
    call.tokensSent = this.#completion
    this.#answerIds.push(...delta.ids)
    engine.kvTokens += delta.tokens
    engine.metrics.generatedTokens += delta.tokens
    engine.log.note()
  }

  /** The answer was told to its end. */
  finish(reason: string | null): void {
    const { engine, call } = this.parts
    const { queueMs, firstTokenMs, generationMs } = this.times
    const counted = finishOf(reason)
    const times = { queueMs, prefillMs: firstTokenMs, decodeMs: generationMs }
    if (counted) engine.metrics.finished(counted, times, this.#completion)
    call.finish = reason
    engine.log.close(call, 'finished')
    this.leave()
  }

  /** A fault or the engine ended it. */
  breakOff(): void {
    this.parts.engine.log.close(this.parts.call, 'broken')
    this.leave()
  }

  /** Gives slot and memory back. Harmless the second time. */
  leave(): void {
    const { engine, exchange, promptIds, request } = this.parts
    const seat = this.#seat
    this.#seat = undefined
    engine.live.delete(exchange)
    if (!seat) return
    if (this.#seatedAt > 0) {
      engine.kvTokens -= promptIds.length + this.#completion
      engine.cache.keep([...promptIds, ...this.#answerIds], request.cacheSalt)
    }
    seat.leave()
    engine.log.note()
  }

  #mayGoOn(): boolean {
    return !this.parts.exchange.isClosed && !this.parts.engine.isDead
  }
}

function finishOf(reason: string | null): CountedFinish | undefined {
  switch (reason) {
    case 'stop':
    case 'length':
    case 'abort':
    case 'repetition':
      return reason
    default:
      return undefined
  }
}
