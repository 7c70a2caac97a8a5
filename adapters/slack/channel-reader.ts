import type { Log } from '#src/core/log.ts'
import { faultOf } from './faults.ts'
import type { Need, Read, ReadBudget } from './read-budget.ts'
import type { SlackApi } from './slack-api.ts'
import { listSchema, type SlackMessage } from './wire.ts'

/** `unreadable`: not now, the allowance is spent or Slack is away. `refused`: not at all; both with Slack's word for it. */
export type ReadOutcome =
  | Readonly<{ outcome: 'read'; messages: readonly SlackMessage[]; whole: boolean; cursor?: string | undefined }>
  | Readonly<{ outcome: 'unreadable' | 'refused'; error: string | undefined }>

/** Which part of a channel or a thread: behind one message, before another, and from where a page before it ended. */
export type Span = Readonly<{ after?: string; before?: string; cursor?: string | undefined; need: Need }>

/** Longer threads end the prompt's room long before they end the pages. */
const maxPages = 3
const pageSize = 200

/** Reads channels and threads within the allowance for it. */
export class ChannelReader {
  readonly budget: ReadBudget
  readonly #api: () => SlackApi
  readonly #log: Log

  constructor(api: () => SlackApi, budget: ReadBudget, log: Log) {
    this.#api = api
    this.budget = budget
    this.#log = log
  }

  /** A thread's root and its answers up to a message, oldest first. `whole`: nothing is missing at its end. */
  async thread(
    channel: string,
    thread: string,
    { pages = maxPages, ...span }: Omit<Span, 'cursor'> & Readonly<{ pages?: number }>,
    signal: AbortSignal,
  ): Promise<ReadOutcome> {
    const messages: SlackMessage[] = []
    let cursor: string | undefined
    for (let page = 0; page < pages; page += 1) {
      const where = { channel, ts: thread }
      const read = await this.#read('conversations.replies', where, { ...span, cursor }, signal)
      if (read.outcome !== 'read') return page === 0 ? read : { outcome: 'read', messages, whole: false }
      messages.push(...read.messages)
      cursor = read.cursor
      if (read.whole || cursor === undefined) return { outcome: 'read', messages, whole: true }
    }
    return { outcome: 'read', messages, whole: false }
  }

  /** What stands at the top level of a channel, newest first; at most one page. */
  async history(channel: string, span: Span, signal: AbortSignal): Promise<ReadOutcome> {
    return await this.#read('conversations.history', { channel }, span, signal)
  }

  async #read(
    read: Read,
    where: Readonly<Record<string, string>>,
    { after, before, cursor, need }: Span,
    signal: AbortSignal,
  ): Promise<ReadOutcome> {
    signal.throwIfAborted()
    if (!this.budget.take(read, need)) return { outcome: 'unreadable', error: 'no allowance' }
    const span = { ...(before !== undefined && { latest: before }), ...(after !== undefined && { oldest: after }) }
    const args = { ...where, ...span, limit: pageSize, include_all_metadata: true, ...(cursor && { cursor }) }
    try {
      const told = listSchema.parse(await this.#api().call(read, args, signal))
      const whole = told.has_more !== true
      if (!whole) this.budget.gaveMerely(told.messages.length)
      return {
        outcome: 'read',
        messages: told.messages,
        whole,
        cursor: told.response_metadata?.next_cursor || undefined,
      }
    } catch (error) {
      signal.throwIfAborted()
      const fault = faultOf(error)
      if (fault.retryAfterMs !== undefined) this.budget.refused(read, fault.retryAfterMs)
      this.#log.debug({ method: read, fault }, 'slack history not read')
      return { outcome: fault.refused ? 'refused' : 'unreadable', error: fault.error }
    }
  }
}
