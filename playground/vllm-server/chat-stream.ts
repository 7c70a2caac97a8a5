import type { Delta } from './answer-plan.ts'
import { engineDead, errorRecord } from './api-error.ts'
import { strike } from './fault-strike.ts'
import type { Job } from './job.ts'
import type { Fault } from './script.ts'
import { SseStream } from './sse-stream.ts'
import { finalUsage, requestMetrics, runningUsage } from './usage.ts'
import { type DeltaPart, WireChunks } from './wire-chunks.ts'

/** The answer as server-sent events. The headers go out before the request has a slot. */
export async function streamAnswer(job: Job): Promise<void> {
  await new StreamedAnswer(job).tell()
}

class StreamedAnswer {
  readonly #job: Job
  readonly #stream: SseStream
  readonly #usage: boolean
  readonly #continuous: boolean
  #chunks: WireChunks
  #fault: Fault | undefined
  #faultDue = Number.POSITIVE_INFINITY
  #tokens = 0

  constructor(job: Job) {
    const { request, script, engine, exchange, identity } = job.parts
    this.#job = job
    this.#chunks = new WireChunks(engine.profile, identity)
    this.#stream = new SseStream(exchange, script, engine.ticker)
    this.#fault = script.fault
    this.#continuous = script.usage === undefined ? request.continuousUsage : script.usage === 'continuous'
    this.#usage = script.usage === undefined ? request.includeUsage : script.usage !== false
  }

  async tell(): Promise<void> {
    this.#open()
    if (!(await this.#job.takeSeat())) return this.#brokenOff()
    const { plan } = this.#job.parts
    for (const [index, delta] of plan.deltas.entries()) {
      const gap = this.#job.gapBefore(delta, index)
      const due = this.#job.clock + gap
      if (await this.#struckBefore(due, index)) return
      if (!(await this.#job.reach(due, () => this.#stream.flush()))) return this.#brokenOff()
      this.#tell(delta, index, gap)
    }
    if (await this.#struckBefore(this.#job.clock, plan.deltas.length)) return
    await this.#close()
  }

  #open(): void {
    const { exchange, call, script } = this.#job.parts
    call.status = 200
    if (script.closeDelimited) {
      exchange.res.useChunkedEncodingByDefault = false
      exchange.res.shouldKeepAlive = false
      exchange.res.setHeader('connection', 'close')
    }
    exchange.res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    exchange.res.flushHeaders()
    const at = this.#fault?.at
    if (typeof at === 'object') this.#faultDue = performance.now() + at.ms
  }

  #tell(delta: Delta, index: number, gap: number): void {
    const { plan, script, request, promptIds, promptText } = this.#job.parts
    if (index === 0 && script.role !== 'none') {
      const prompt = {
        ids: request.returnTokenIds ? promptIds : null,
        text: request.returnPromptText ? promptText : null,
      }
      this.#stream.record(this.#chunks.role(prompt, this.#runningUsage()))
    }
    this.#job.sent(delta, gap)
    this.#tokens += delta.tokens
    if (script.changingIds) this.#chunks = this.#chunks.under(`chatcmpl-${this.#tokens.toString(16).padStart(16, '0')}`)
    const part = this.#part(delta)
    const isLast = index === plan.deltas.length - 1
    if (!isLast || plan.finish === null) this.#stream.record(this.#chunks.delta(part))
    else {
      const { finish: reason, stopReason } = plan
      this.#stream.record(this.#chunks.finish(part, { reason, stopReason, usageFollows: this.#usage }))
    }
  }

  #part(delta: Delta): DeltaPart {
    const { request, script } = this.#job.parts
    return {
      channel: delta.channel,
      text: delta.text,
      ids: request.returnTokenIds ? delta.ids : undefined,
      usage: this.#runningUsage(),
      role: script.role === 'every',
      interiorFinish: script.interiorFinish,
      reasoningField: script.reasoningField,
    }
  }

  async #close(): Promise<void> {
    const { engine, plan } = this.#job.parts
    const { count, times } = this.#job
    if (this.#usage) {
      const metrics = engine.options.perRequestMetrics ? requestMetrics(times, count.completion) : undefined
      this.#stream.record(this.#chunks.usage(finalUsage(count, engine.options, engine.profile, 'stream'), metrics))
    }
    this.#stream.done()
    this.#job.finish(plan.finish)
    await this.#stream.end()
  }

  // A dead engine tells so inside the stream; a client that left is told nothing.
  async #brokenOff(): Promise<void> {
    const { engine, exchange } = this.#job.parts
    if (exchange.isClosed) return
    this.#job.breakOff()
    this.#stream.record(errorRecord(engineDead, engine.profile))
    this.#stream.done()
    await this.#stream.end()
  }

  /** Whether a fault came first and was the end. */
  async #struckBefore(due: number, index: number): Promise<boolean> {
    const fault = this.#fault
    if (!fault) return false
    const { at } = fault
    if (typeof at === 'object') {
      const isLast = index === this.#job.parts.plan.deltas.length
      if (this.#faultDue > due && !isLast) return false
      if (!(await this.#job.reach(this.#faultDue, () => this.#stream.flush()))) return false
    } else if (typeof at === 'number' && this.#tokens < at) return false
    this.#fault = undefined
    return strike(fault, this.#job, this.#stream, this.#chunks)
  }

  #runningUsage() {
    return this.#continuous ? runningUsage(this.#job.count, this.#job.parts.engine.options) : undefined
  }
}
