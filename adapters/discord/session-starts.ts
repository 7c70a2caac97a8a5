import { SimpleIdentifyThrottler } from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import type { ShardManager } from './shards.ts'

/** Discord resets the token of a bot that starts more than a thousand sessions in a day. */
const freeStarts = 5
const withinMs = 60 * 60_000
/** At one start in two minutes a day has 720 of them. */
const firstPauseMs = 5_000
const longestPauseMs = 120_000
/** So often it is asked whether Discord takes a new session again. */
export const askAgainMs = 10 * 60_000

export type SessionStartsParts = Readonly<{
  clock: Clock
  /** A shard waits for that long at least, since Discord takes no new session. */
  onExhausted: (shard: number, resetAfterMs: number) => void
}>

/**
 * Holds new sessions to what Discord allows: so many at once, so many in a day. A shard whose sessions end over and over starts them ever
 * more slowly; when none is left, it waits. Resuming a session costs nothing and never comes here.
 */
export class SessionStarts {
  readonly #parts: SessionStartsParts
  readonly #starts = new Map<number, readonly number[]>()

  constructor(parts: SessionStartsParts) {
    this.#parts = parts
  }

  /** For one client; how often its shards started is counted over all of them. */
  async throttler(manager: ShardManager) {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation()
    const inTurn = new SimpleIdentifyThrottler(limit.max_concurrency)
    // The signal ends with the shard's socket, so also when the client is closed.
    const waitForIdentify = async (shard: number, signal: AbortSignal) => {
      await this.#slowDown(shard, signal)
      await this.#untilAllowed(manager, shard, signal)
      await inTurn.waitForIdentify(shard, signal)
    }
    return { waitForIdentify }
  }

  async #slowDown(shard: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts
    const lately = () => (this.#starts.get(shard) ?? []).filter(at => Math.abs(clock.now().getTime() - at) < withinMs)
    const tooMany = lately().length - freeStarts
    if (tooMany >= 0) await clock.sleep(Math.min(longestPauseMs, firstPauseMs * 2 ** tooMany), signal)
    this.#starts.set(shard, [...lately(), clock.now().getTime()])
  }

  async #untilAllowed(manager: ShardManager, shard: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      // Who cannot be asked how many are left is not going to be spared by waiting for an answer.
      const information = await manager.fetchGatewayInformation(true).catch(() => undefined)
      const limit = information?.session_start_limit
      if (limit === undefined || limit.remaining > 0) return
      this.#parts.onExhausted(shard, limit.reset_after)
      await this.#parts.clock.sleep(Math.min(askAgainMs, Math.max(firstPauseMs, limit.reset_after)), signal)
    }
  }
}
