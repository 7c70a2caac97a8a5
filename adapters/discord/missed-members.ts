import { DiscordAPIError, Routes } from 'discord.js'
import type { HistoryParts } from './history.ts'
import { patiently } from './patiently.ts'

/** So many people are asked about in one look back; of whoever else was missed nobody knows their roles, as of who has left. */
const mostAsked = 50

/**
 * Who those were whose words were missed: a history tells the account alone, and whoever may talk with Aeries by their role has none
 * then. Each is asked about once, when there is time for it.
 */
export class MissedMembers {
  readonly #parts: HistoryParts
  readonly #known = new Map<string, object | undefined>()

  constructor(parts: HistoryParts) {
    this.#parts = parts
  }

  /** The member as Discord tells it with a message; `undefined`: nobody knows. Rejects with the signal's reason alone. */
  async of(guild: string, account: string, signal: AbortSignal): Promise<object | undefined> {
    const key = `${guild} ${account}`
    if (this.#known.has(key)) return this.#known.get(key)
    if (this.#known.size >= mostAsked) return undefined
    const member = await this.#ask(guild, account, signal)
    this.#known.set(key, member)
    return member
  }

  async #ask(guild: string, account: string, signal: AbortSignal): Promise<object | undefined> {
    const { api, clock, spare } = this.#parts
    const read = async () => {
      await spare.next(signal)
      return await api.call({ method: 'GET', route: Routes.guildMember(guild, account) }, signal)
    }
    try {
      const { body } = await patiently(read, clock, signal)
      return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined
    } catch (error) {
      if (error instanceof DiscordAPIError) return undefined
      throw error
    }
  }
}
