import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import type { Removal, Revisions } from '#src/core/revisions.ts'
import type { Platform } from './platform.ts'

/** A removal that a platform does not take now is tried again after so long, then twice as long, up to the longest. */
const againAfterMs = 1_000
const longestPauseMs = 60_000
const mostTries = 8

type Parts = Readonly<{
  revisions: Pick<Revisions, 'removals' | 'removed'>
  platforms: readonly Platform[]
  clock: Clock
  log: Log
}>

/** Takes messages of ours off their platform: those that the ledger names, until they are gone. What is left at a stop is the next process's. */
export class Removals {
  readonly #parts: Parts
  readonly #running = new Map<string, Promise<void>>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Rejects with the signal's reason, and when the ledger takes nothing. */
  async run(name: string, signal: AbortSignal): Promise<void> {
    // What was left to be removed since the running one looked is its next look's.
    for (let running = this.#running.get(name); running; running = this.#running.get(name))
      await running.catch(() => {})
    const run = this.#all(name, signal)
    this.#running.set(name, run)
    try {
      await run
    } finally {
      this.#running.delete(name)
    }
  }

  async #all(name: string, signal: AbortSignal): Promise<void> {
    const { revisions, platforms } = this.#parts
    const platform = platforms.find(({ platform }) => platform === name)
    if (platform === undefined) return
    for (const removal of await revisions.removals(name)) await this.#one(platform, removal, signal)
  }

  async #one(platform: Platform, { place, message }: Removal, signal: AbortSignal): Promise<void> {
    const { revisions, clock, log } = this.#parts
    const at = platform.surface(place, message)
    for (let tries = 1, pauseMs = againAfterMs; ; tries += 1, pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      const outcome = await at.remove(message, signal)
      if (outcome.outcome === 'written' || outcome.outcome === 'gone') return await revisions.removed(message)
      if (tries === mostTries) {
        log.warn({ outcome: outcome.outcome }, 'a message could not be removed; the next start tries again')
        return
      }
      await clock.sleep(outcome.outcome === 'rate-limited' ? outcome.retryAfterMs : pauseMs, signal)
    }
  }
}
