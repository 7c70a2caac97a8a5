import type { Log } from '#src/core/log.ts'
import { faultOf } from './faults.ts'
import type { Need, Read, ReadBudget } from './read-budget.ts'
import type { SlackApi } from './slack-api.ts'
import { listSchema, type SlackMessage } from './wire.ts'

/** `unreadable`: not now, the allowance is spent or Slack is away. `refused`: not at all. */
export type ReadOutcome =
  | Readonly<{ outcome: 'read'; messages: readonly SlackMessage[]; whole: boolean }>
  | Readonly<{ outcome: 'unreadable' | 'refused' }>

/** Longer threads end the prompt's room long before they end the pages. */
const maxPages = 3
const pageSize = 200

/** Reads channels and threads within the allowance for it. */
export class ChannelReader {
  readonly #api: () => SlackApi
  readonly #budget: ReadBudget
  readonly #log: Log

  constructor(api: () => SlackApi, budget: ReadBudget, log: Log) {
    this.#api = api
    this.#budget = budget
    this.#log = log
  }

  /** A thread's root and its answers up to a message, oldest first. `whole`: nothing is missing at its end. */
  async thread(
    channel: string,
    thread: string,
    options: Readonly<{ before?: string; after?: string; need: Need; pages?: number }>,
    signal: AbortSignal,
  ): Promise<ReadOutcome> {
    const { before, after, need, pages = maxPages } = options
    const messages: SlackMessage[] = []
    let cursor: string | undefined
    for (let page = 0; page < pages; page += 1) {
      const span = { ...(before !== undefined && { latest: before }), ...(after !== undefined && { oldest: after }) }
      const args = { channel, ts: thread, ...span, limit: pageSize, include_all_metadata: true }
      const read = await this.#read('conversations.replies', { ...args, ...(cursor && { cursor }) }, need, signal)
      if (!('messages' in read)) return page === 0 ? read : { outcome: 'read', messages, whole: false }
      messages.push(...read.messages)
      cursor = read.response_metadata?.next_cursor || undefined
      if (read.has_more !== true || cursor === undefined) return { outcome: 'read', messages, whole: true }
    }
    return { outcome: 'read', messages, whole: false }
  }

  /** What stands at the top level of a channel behind a message, or the newest of it; newest first. */
  async history(
    channel: string,
    { after, need }: Readonly<{ after?: string; need: Need }>,
    signal: AbortSignal,
  ): Promise<ReadOutcome> {
    const span = after === undefined ? {} : { oldest: after }
    const args = { channel, ...span, limit: pageSize, include_all_metadata: true }
    const read = await this.#read('conversations.history', args, need, signal)
    return 'messages' in read ? { outcome: 'read', messages: read.messages, whole: read.has_more !== true } : read
  }

  async #read(read: Read, args: Readonly<Record<string, unknown>>, need: Need, signal: AbortSignal) {
    signal.throwIfAborted()
    if (!this.#budget.take(read, need)) return { outcome: 'unreadable' } as const
    try {
      return listSchema.parse(await this.#api().call(read, args, signal))
    } catch (error) {
      signal.throwIfAborted()
      const fault = faultOf(error)
      if (fault.retryAfterMs !== undefined) this.#budget.refused(read, fault.retryAfterMs)
      this.#log.debug({ method: read, fault }, 'slack history not read')
      return { outcome: fault.refused ? 'refused' : 'unreadable' } as const
    }
  }
}
