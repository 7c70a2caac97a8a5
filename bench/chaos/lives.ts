import { setTimeout as sleep } from 'node:timers/promises'
import { Service, ServiceFailed } from '#playground/service.ts'
import type { Stage } from './cast.ts'
import type { Violation } from './checker/violation.ts'
import type { Life } from './plan.ts'

/**
 * A stop lets running answers finish for 4 s and flushes them within one more; the process may take as long again to
 * end.
 */
const stopWithinMs = 8_000

/** Who stays away so long stands for one who stays away for an hour. */
const longAwayMs = 500

/** Some more than a run is held against. */
const killsPerMinute = 13
const soonMs = 1_500

/** In fair weather it reaches its platforms sooner, also on a busy machine. */
const reachedWithinMs = 8_000

/** The service as a process that is killed and started again and again. */
export class Lives implements AsyncDisposable {
  /** When it was started, in milliseconds since 1970. */
  readonly starts: number[] = []
  /** When it was killed. */
  readonly kills: number[] = []
  /** How long each kind stop took, in ms. */
  readonly stops: number[] = []
  readonly violations: Violation[] = []
  readonly #service: Service
  readonly #onLongAway: () => void

  constructor(stage: Stage, logPath: string) {
    const { discord, slack } = stage
    // Discord remembers the key of a send for some minutes only.
    this.#onLongAway = () => discord.world.messages.forgetNonces()
    const ready = (signal: AbortSignal) =>
      Promise.all([
        discord.events.next(event => (event.type === 'gateway' && event.state === 'ready') || undefined, signal),
        slack.events.next(event => (event.type === 'socket' && event.change === 'greeted') || undefined, signal),
      ])
    this.#service = new Service({ environment: stage.environment, logPath, ready })
    this.#service.events.on(event => {
      if (event.type === 'lost') this.#blame(`the service ended by itself, ${event.how}`)
    })
  }

  /**
   * Lets it live and die by the plan until the signal aborts; then it may be there or not. The first life has begun.
   */
  async run(lives: readonly Life[], signal: AbortSignal): Promise<void> {
    // The first life is to see the calm, so that there is something to lose.
    const begun = performance.now() + (lives[0]?.upMs ?? 0)
    for (const { from, upMs, signal: how, downMs } of lives) {
      const starting = this.start(signal)
      // A machine that takes its time to start the service must not make the run a kind one.
      const isBehind = this.kills.length < Math.floor(((performance.now() - begun) / 60_000) * killsPerMinute)
      // Bad weather may keep it from its platforms for long: then it dies on the way.
      if (from === 'ready' && !isBehind) await Promise.race([starting, pause(reachedWithinMs, signal)])
      await pause(isBehind ? Math.min(upMs, soonMs) : upMs, signal)
      if (signal.aborted) return await starting
      if (how === 'SIGKILL') await this.kill()
      else await this.stop()
      await starting
      if (downMs >= longAwayMs) this.#onLongAway()
      await pause(downMs, signal)
    }
  }

  /** Starts it unless it runs, and waits until it has reached its platforms. */
  async start(signal: AbortSignal): Promise<void> {
    if (!this.#service.isRunning) await this.#start(signal)
  }

  /** SIGTERM, and its end. */
  async stop(): Promise<void> {
    if (!this.#service.isRunning) return
    const begun = performance.now()
    const isGone = await this.#service.stop()
    const ms = performance.now() - begun
    this.stops.push(ms)
    if (!isGone || ms > stopWithinMs) this.#blame(`a stop took ${Math.round(ms)} ms`)
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    if (!this.#service.isRunning) return
    await this.#service.kill()
    this.kills.push(Date.now())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service[Symbol.asyncDispose]()
  }

  async #start(signal: AbortSignal): Promise<void> {
    this.starts.push(Date.now())
    try {
      await this.#service.start(signal)
    } catch (error) {
      // Killed on its way up, or the run is over; one that ended by itself is told by its own event.
      if (!(error instanceof ServiceFailed || signal.aborted)) throw error
    }
  }

  #blame(what: string): void {
    this.violations.push({
      kind: 'conduct',
      what: `${what}; its last words: ${this.#service.lines.at(-1)?.words ?? ''}`,
      said: [],
    })
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {})
}
