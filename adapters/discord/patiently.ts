import { DiscordAPIError, RateLimitError } from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import { PausedError } from './discord-api.ts'

const firstPauseMs = 1_000
const longestPauseMs = 15_000

/**
 * Does what nobody waits for until Discord answers: a limit is waited for, and no answer, or one of a proxy, is no answer. Throws
 * what Discord itself says against it, or the signal's reason.
 */
export async function patiently<T>(work: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, 2 * pauseMs)) {
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof DiscordAPIError) throw error
      await clock.sleep(limitAfter(error) ?? pauseMs, signal)
    }
  }
}

/** How long a limit holds, in milliseconds. */
function limitAfter(error: unknown): number | undefined {
  if (error instanceof PausedError) return error.retryAfterMs
  return error instanceof RateLimitError ? Math.max(error.timeToReset, error.retryAfter) : undefined
}
