import { type APIMessage, DiscordAPIError, RateLimitError, Routes } from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import { type DiscordApi, PausedError } from './discord-api.ts'
import type { SpareRequests } from './spare-requests.ts'

/** How many messages one look into a channel brings, at most (Discord's own limit). */
export const pageLength = 100
/** No answer, or one of a proxy, is tried again so often. A limit is waited for, however long it lasts. */
const mostTries = 4
const firstPauseMs = 1_000

export type HistoryParts = Readonly<{ api: DiscordApi; clock: Clock; spare: SpareRequests }>

/** Reads what was said in a channel when there is time for it: replies go first, and Discord's own limits hold. */
export class History {
  readonly #parts: HistoryParts
  readonly #channel: string

  constructor(parts: HistoryParts, channel: string) {
    this.#parts = parts
    this.#channel = channel
  }

  /** Oldest first, at most one page: the ones directly behind `after`, or directly before `before`, or the newest. Throws what discord.js throws. */
  async page(
    bound: Readonly<{ after?: string; before?: string }>,
    signal: AbortSignal,
  ): Promise<readonly APIMessage[]> {
    const query = new URLSearchParams({ limit: String(pageLength), ...bound })
    const route = Routes.channelMessages(this.#channel)
    for (let failures = 0; ; ) {
      await this.#parts.spare.next(signal)
      try {
        const { body } = await this.#parts.api.call({ method: 'GET', route, query }, signal)
        return (body as readonly APIMessage[]).toReversed()
      } catch (error) {
        signal.throwIfAborted()
        const limited = limitAfter(error)
        if (limited === undefined) failures += 1
        if (error instanceof DiscordAPIError || failures === mostTries) throw error
        await this.#parts.clock.sleep(limited ?? firstPauseMs * 2 ** (failures - 1), signal)
      }
    }
  }
}

/** How long a limit holds, in milliseconds. */
function limitAfter(error: unknown): number | undefined {
  if (error instanceof PausedError) return error.retryAfterMs
  return error instanceof RateLimitError ? Math.max(error.timeToReset, error.retryAfter) : undefined
}
