import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import type { Errands } from './errands.ts'
import { faultOf } from './faults.ts'
import type { MethodLimits } from './method-limits.ts'
import { type Put, Sign } from './sign.ts'
import type { SlackApi } from './slack-api.ts'

/** Slack forgets a status after two minutes. */
const statusHoldsMs = 100_000
/** Longer than anything takes in an answer that is still alive: what began and was never ended is ended then. */
const aliveMs = 180_000
/** So much of the sessions' limit may begin them; the rest is for their ends. */
const shareToBegin = 0.5
const maxStops = 1_000

const thinking = 'is thinking…'

export type Thread = Readonly<{ channel: string; thread: string }>

export type AgentThreadsParts = Readonly<{
  api: () => SlackApi
  limits: MethodLimits
  clock: Clock
  errands: Errands
  log: Log
}>

type Talk = { readonly status: Sign; readonly session: Sign; alive: Disposable | undefined }
type Method = 'agents.sessions.setStatus' | 'assistant.threads.setStatus'

/**
 * What people see of Aeries beside its words: that it is thinking, and in the agent view a stop button, which is there while
 * the thread's session is processing. Leaving that state is the app's own business.
 */
export class AgentThreads {
  readonly #parts: AgentThreadsParts
  readonly #talks = new Map<string, Talk>()
  readonly #stops = new Map<string, number>()
  readonly #watched = new WeakSet<AbortSignal>()
  #hasSessions = true

  constructor(parts: AgentThreadsParts) {
    this.#parts = parts
  }

  /**
   * Shows that Aeries thinks; `stoppable`: with the agent view's stop button. Its signal tells that words stand there or that the
   * turn is over without any: then all of it is taken away. Throws for an aborted signal only.
   */
  async think(at: Thread, stoppable: boolean, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const talk = this.#talk(at)
    this.#keepAlive(at, talk)
    const shown = [talk.status.want(thinking), stoppable && this.#hasSessions && talk.session.want('processing')]
    this.#endWith(signal, at)
    await Promise.race([Promise.all(shown), aborted(signal)])
    signal.throwIfAborted()
  }

  /** Words of the answer stand there, which takes the status away. */
  answered(at: Thread): void {
    const talk = this.#talks.get(keyOf(at))
    if (talk === undefined) return
    this.#keepAlive(at, talk)
    talk.status.rested()
    this.#tidy(at, talk)
  }

  /** Whether the end of a stream has to end the session's processing, too. */
  isProcessing(at: Thread): boolean {
    return this.#talks.get(keyOf(at))?.session.isAtRest === false
  }

  /** The end of a stream did. */
  ended(at: Thread): void {
    const talk = this.#talks.get(keyOf(at))
    talk?.session.rested()
    this.end(at)
  }

  /** The answer is over, in whatever way. */
  end(at: Thread): void {
    const talk = this.#talks.get(keyOf(at))
    if (talk === undefined) return
    talk.alive?.[Symbol.dispose]()
    talk.alive = undefined
    void talk.status.want('')
    void talk.session.want('active')
    this.#tidy(at, talk)
  }

  /** The same for an answer that a process before this one began, and left its session as it was. */
  endUnknown(at: Thread, stoppable: boolean): void {
    if (stoppable && this.#hasSessions) this.#talk(at).session.forget()
    this.end(at)
  }

  /** No answer is given any more. */
  endAll(): void {
    for (const key of this.#talks.keys()) {
      const [channel = '', thread = ''] = key.split(':')
      this.end({ channel, thread })
    }
  }

  /** The person pressed the stop button: answers that run there write no more. */
  stop(at: Thread): void {
    const key = keyOf(at)
    const before = this.stopsIn(at)
    this.#stops.delete(key)
    this.#stops.set(key, before + 1)
    const [oldest] = this.#stops.keys()
    if (this.#stops.size > maxStops && oldest !== undefined) this.#stops.delete(oldest)
    this.end(at)
  }

  stopsIn(at: Thread): number {
    return this.#stops.get(keyOf(at)) ?? 0
  }

  #talk(at: Thread): Talk {
    const known = this.#talks.get(keyOf(at))
    if (known !== undefined) return known
    const { clock, errands } = this.#parts
    const where = { channel_id: at.channel, thread_ts: at.thread }
    const common = { clock, errands, onRest: () => this.#tidy(at, talk) }
    const put = (method: Method) => (status: string, signal: AbortSignal) =>
      this.#put(method, { ...where, status }, signal)
    const talk: Talk = {
      status: new Sign({ ...common, rest: '', holdsMs: statusHoldsMs, put: put('assistant.threads.setStatus') }),
      session: new Sign({
        ...common,
        rest: 'active',
        holdsMs: Number.POSITIVE_INFINITY,
        put: put('agents.sessions.setStatus'),
      }),
      alive: undefined,
    }
    this.#talks.set(keyOf(at), talk)
    return talk
  }

  /** The signal of an answer's thinking is aborted: with its first words, or with the answer when there are none. */
  #endWith(signal: AbortSignal, at: Thread): void {
    if (this.#watched.has(signal)) return
    this.#watched.add(signal)
    const end = () => {
      if (this.#talks.get(keyOf(at))?.status.wanted === thinking) this.end(at)
    }
    signal.addEventListener('abort', end, { once: true })
  }

  #keepAlive(at: Thread, talk: Talk): void {
    talk.alive?.[Symbol.dispose]()
    talk.alive = this.#parts.clock.after(aliveMs, () => this.end(at))
  }

  /** Forgets a thread of which there is nothing more to do. */
  #tidy(at: Thread, talk: Talk): void {
    if (!talk.status.isAtRest || !talk.session.isAtRest) return
    talk.alive?.[Symbol.dispose]()
    if (this.#talks.get(keyOf(at)) === talk) this.#talks.delete(keyOf(at))
  }

  async #put(method: Method, args: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Put> {
    const { api, limits, log } = this.#parts
    const channel = args['channel_id'] ?? ''
    const wait = limits.take(method, channel, args['status'] === 'processing' ? shareToBegin : 1)
    if (wait > 0) return { outcome: 'failed', retryAfterMs: wait }
    try {
      await api().call(method, args, signal)
      return { outcome: 'put' }
    } catch (error) {
      signal.throwIfAborted()
      const fault = faultOf(error)
      log.debug({ method, fault }, 'status not shown')
      if (fault.retryAfterMs !== undefined) limits.refused(method, channel, fault.retryAfterMs)
      // A workspace without the agent view knows no sessions; a thread that is gone says nothing about others.
      const isUnknown = fault.refused && !ofThisThread.has(fault.error ?? '')
      if (isUnknown && method === 'agents.sessions.setStatus') this.#hasSessions = false
      return fault.refused ? { outcome: 'refused' } : { outcome: 'failed', retryAfterMs: fault.retryAfterMs }
    }
  }
}

const ofThisThread: ReadonlySet<string> = new Set([
  'channel_not_found',
  'invalid_thread_ts',
  'is_archived',
  'message_not_found',
  'not_authorized',
  'thread_not_found',
])

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
}

function keyOf({ channel, thread }: Thread): string {
  return `${channel}:${thread}`
}
