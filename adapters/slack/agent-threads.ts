import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import type { Errands } from './errands.ts'
import { faultOf } from './faults.ts'
import type { SlackApi } from './slack-api.ts'

/** Slack forgets a status after two minutes. */
const statusHoldsMs = 100_000
const maxThreads = 1_000

export type Thread = Readonly<{ channel: string; thread: string }>

export type AgentThreadsParts = Readonly<{ api: () => SlackApi; clock: Clock; errands: Errands; log: Log }>

/**
 * What people see of Aeries beside its words: that it is thinking, and in the agent view a stop button, which is there while
 * the thread's session is processing. Leaving that state is the app's own business.
 */
export class AgentThreads {
  readonly #parts: AgentThreadsParts
  readonly #thinkingSince = new Map<string, number>()
  readonly #processing = new Set<string>()
  readonly #stops = new Map<string, number>()
  #hasSessions = true

  constructor(parts: AgentThreadsParts) {
    this.#parts = parts
  }

  /** Shows that Aeries thinks; `stoppable`: with the agent view's stop button. Throws for an aborted signal only. */
  async think(at: Thread, stoppable: boolean, signal: AbortSignal): Promise<void> {
    const key = keyOf(at)
    const now = this.#parts.clock.now().getTime()
    if (now - (this.#thinkingSince.get(key) ?? Number.NEGATIVE_INFINITY) < statusHoldsMs) return
    keep(this.#thinkingSince, key, now)
    const status = this.#setStatus(at, 'is thinking…', signal)
    const [shown] = await Promise.all([status, stoppable ? this.#beginSession(at, signal) : undefined])
    if (shown === 'failed') this.#thinkingSince.delete(key)
  }

  /** Words of the answer stand there, which takes the status away. */
  answered(at: Thread): void {
    this.#thinkingSince.delete(keyOf(at))
  }

  /** Whether the end of a stream has to end the session's processing, too. */
  isProcessing(at: Thread): boolean {
    return this.#processing.has(keyOf(at))
  }

  /** The end of a stream did. */
  ended(at: Thread): void {
    this.answered(at)
    this.#processing.delete(keyOf(at))
  }

  /** The answer is over in some other way. */
  end(at: Thread): void {
    const wasProcessing = this.isProcessing(at)
    const wasThinking = this.#thinkingSince.has(keyOf(at))
    this.ended(at)
    // Without words that take it away, the status would stand for two minutes.
    if (wasThinking) this.#parts.errands.run('status', signal => this.#setStatus(at, '', signal))
    if (wasProcessing) this.#parts.errands.run('session', signal => this.#setSession(at, 'active', signal))
  }

  /** The person pressed the stop button: answers that run there write no more. */
  stop(at: Thread): void {
    keep(this.#stops, keyOf(at), this.stopsIn(at) + 1)
  }

  stopsIn(at: Thread): number {
    return this.#stops.get(keyOf(at)) ?? 0
  }

  async #beginSession(at: Thread, signal: AbortSignal): Promise<void> {
    if (!this.#hasSessions || this.#processing.has(keyOf(at))) return
    this.#processing.add(keyOf(at))
    await this.#setSession(at, 'processing', signal)
  }

  async #setStatus(at: Thread, status: string, signal: AbortSignal): Promise<'taken' | 'failed' | 'refused'> {
    const args = { channel_id: at.channel, thread_ts: at.thread, status }
    return await this.#call('assistant.threads.setStatus', args, signal)
  }

  async #setSession(at: Thread, status: 'active' | 'processing', signal: AbortSignal): Promise<void> {
    const args = { channel_id: at.channel, thread_ts: at.thread, status }
    const taken = await this.#call('agents.sessions.setStatus', args, signal)
    // A workspace without the agent view knows no sessions.
    if (taken === 'refused') this.#hasSessions = false
  }

  async #call(
    method: 'agents.sessions.setStatus' | 'assistant.threads.setStatus',
    args: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<'taken' | 'failed' | 'refused'> {
    try {
      await this.#parts.api().call(method, args, signal)
      return 'taken'
    } catch (error) {
      signal.throwIfAborted()
      const fault = faultOf(error)
      this.#parts.log.debug({ method, fault }, 'status not shown')
      return fault.refused ? 'refused' : 'failed'
    }
  }
}

function keyOf({ channel, thread }: Thread): string {
  return `${channel}:${thread}`
}

function keep(map: Map<string, number>, key: string, value: number): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > maxThreads && oldest !== undefined) map.delete(oldest)
}
