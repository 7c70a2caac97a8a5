import { type APIMessage, Routes } from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import type { DiscordApi } from './discord-api.ts'
import { patiently } from './patiently.ts'
import type { SpareRequests } from './spare-requests.ts'

/** How many messages one look into a channel brings, at most (Discord's own limit). */
export const pageLength = 100

export type HistoryParts = Readonly<{ api: DiscordApi; clock: Clock; spare: SpareRequests }>

/** Reads what was said in a channel when there is time for it: replies go first, and Discord's own limits hold. */
export class History {
  readonly #parts: HistoryParts
  readonly #channel: string

  constructor(parts: HistoryParts, channel: string) {
    this.#parts = parts
    this.#channel = channel
  }

  /** Oldest first, at most one page: the ones directly behind `after`, or directly before `before`, or the newest. Throws what Discord says against it. */
  async page(
    bound: Readonly<{ after?: string; before?: string }>,
    signal: AbortSignal,
  ): Promise<readonly APIMessage[]> {
    const { api, clock, spare } = this.#parts
    const query = new URLSearchParams({ limit: String(pageLength), ...bound })
    const route = Routes.channelMessages(this.#channel)
    const read = async () => {
      await spare.next(signal)
      return await api.call({ method: 'GET', route, query }, signal)
    }
    const { body } = await patiently(read, clock, signal)
    return (body as readonly APIMessage[]).toReversed()
  }
}
