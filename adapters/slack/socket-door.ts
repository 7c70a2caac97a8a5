import { ConfigError } from '#src/core/errors.ts'
import type { Health } from '#src/core/platform.ts'
import type { Door } from './door.ts'
import { faultOf, isTokenRefusal } from './faults.ts'
import { Gaps } from './gaps.ts'
import { SocketConnection, type SocketParts } from './socket-connection.ts'

/** Slack gives an app ten; each event goes to one of them. Two are never asked to move at the same moment. */
const lines = 2
/** Lines opened together would be asked to move together: the second one moves once after so long by itself. */
const staggerMs = 30 * 60_000
/** A warning comes some ten seconds before Slack hangs up, and events until then. */
const warnedMs = 15_000
/** The first wait after a failed try; each further one doubles it. */
const firstRetryMs = 500
const longestRetryMs = 30_000

/** What apps.connections.open says of a token that is not what it takes. */
const wrongToken: ReadonlySet<string> = new Set(['forbidden_team', 'missing_scope', 'no_permission'])

/** `onGap`: events since then may be lost, and others come again. */
export type SocketDoorParts = SocketParts & Readonly<{ onGap: (since: Date) => void }>

/** Socket Mode: two lines, each replaced before it is let go of, for as long as the door is open. */
export class SocketDoor implements Door {
  readonly #parts: SocketDoorParts
  readonly #closing = new AbortController()
  /** Where events can come. */
  readonly #open = new Set<SocketConnection>()
  /** Those, and the ones on which acknowledgements may still go out. */
  readonly #held = new Set<SocketConnection>()
  readonly #keeping = new Set<Promise<void>>()
  readonly #gaps: Gaps
  #trouble = 'not started'
  #refused: string | undefined

  constructor(parts: SocketDoorParts) {
    this.#parts = parts
    this.#gaps = new Gaps(parts.times.gapMs)
  }

  async open(signal: AbortSignal): Promise<void> {
    const until = AbortSignal.any([signal, this.#closing.signal])
    this.#trouble = 'connecting'
    const first = await this.#connect(until, 'start')
    this.#own(this.#keep(first, undefined))
    for (let line = 1; line < lines; line += 1) this.#own(this.#keep(undefined, staggerMs))
    this.#parts.log.info({}, 'slack connected')
  }

  health(): Health {
    if (this.#open.size > 0) return { state: 'connected' }
    if (this.#closing.signal.aborted) return { state: 'lost', cause: 'closed' }
    return this.#refused === undefined
      ? { state: 'connecting', cause: this.#trouble }
      : { state: 'lost', cause: this.#refused }
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the Slack adapter was closed'))
    this.#open.clear()
    await Promise.all(this.#keeping)
    await Promise.all([...this.#held].map(connection => connection.close()))
  }

  #own(task: Promise<void>): void {
    this.#keeping.add(task)
    void task.then(() => this.#keeping.delete(task))
  }

  /** Keeps one line: while it stands, while Slack wants to move it, and when it breaks. Never rejects. */
  async #keep(opened: SocketConnection | undefined, moveAfterMs: number | undefined): Promise<void> {
    let connection = opened
    let moveAfter = moveAfterMs
    try {
      for (;;) {
        const next = connection ?? (await this.#connect(this.#closing.signal, 'run'))
        const why = await this.#wait(next, moveAfter)
        moveAfter = undefined
        this.#parts.log.debug({ why }, 'a slack line ends')
        this.#open.delete(next)
        this.#noteLoss(0)
        this.#trouble = `reconnecting (${why})`
        // Events that were on their way are acknowledged on the old line, while the new one is opened.
        connection = await this.#connect(this.#closing.signal, 'run')
        this.#own(this.#leave(next))
      }
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#parts.log.error({ err: error }, 'a slack line was given up')
    }
  }

  /** Lets go of a line that has a successor; one that Slack merely warned of, when Slack hangs up. Never rejects. */
  async #leave(connection: SocketConnection): Promise<void> {
    if (connection.isWarned) {
      const tooLong = this.#parts.clock.sleep(warnedMs, this.#closing.signal).catch(() => undefined)
      await Promise.race([connection.broken, tooLong])
    }
    await connection.close()
    this.#held.delete(connection)
  }

  /** Until the line has to be replaced; rejects when the door closes. */
  async #wait(connection: SocketConnection, moveAfterMs: number | undefined): Promise<string> {
    const { clock } = this.#parts
    const done = new AbortController()
    const signal = AbortSignal.any([this.#closing.signal, done.signal])
    signal.throwIfAborted()
    const closed = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
    const moved = moveAfterMs === undefined ? closed : clock.sleep(moveAfterMs, signal).then(() => 'its turn to move')
    try {
      return await Promise.race([connection.ended, moved, closed])
    } finally {
      done.abort(new Error('the wait is over'))
    }
  }

  /** Tries until a line stands. A token that is refused ends the start; later it may be mended, and is tried again. */
  async #connect(signal: AbortSignal, when: 'start' | 'run'): Promise<SocketConnection> {
    for (let wait = firstRetryMs; ; wait = Math.min(2 * wait, longestRetryMs)) {
      try {
        const connection = await SocketConnection.open(this.#parts, signal)
        this.#refused = undefined
        this.#held.add(connection)
        signal.throwIfAborted()
        this.#open.add(connection)
        // A line that was merely warned is found broken without anybody waiting for it.
        void connection.broken.then(() => this.#noteLoss(2 * this.#parts.times.pingMs))
        const since = this.#gaps.opened(this.#parts.clock.now())
        if (since !== undefined) this.#parts.onGap(since)
        return connection
      } catch (error) {
        signal.throwIfAborted()
        const cause = this.#causeOf(error, when)
        this.#trouble = cause
        this.#parts.log.warn({ cause, retryInMs: wait }, 'slack is not reachable')
        await this.#parts.clock.sleep(wait, signal)
      }
    }
  }

  /** A line that breaks may have been silent before: until a ping of ours went without its echo. */
  #noteLoss(unnoticedMs: number): void {
    if (this.#closing.signal.aborted || [...this.#held].some(({ isLive }) => isLive)) return
    this.#gaps.closed(this.#parts.clock.now(), unnoticedMs)
  }

  #causeOf(error: unknown, when: 'start' | 'run'): string {
    const { error: word = 'no answer', refused, retryAfterMs } = faultOf(error)
    if (retryAfterMs !== undefined) return 'Slack lets nobody connect for a moment'
    if (!refused || !(isTokenRefusal(word) || wrongToken.has(word))) return word
    const cause = appTokenRefused(word)
    if (when === 'start') throw new ConfigError(cause, { cause: error })
    if (this.#refused === undefined) this.#parts.log.error({ cause }, 'slack is lost')
    this.#refused = cause
    return cause
  }
}

function appTokenRefused(word: string): string {
  return `SLACK_APP_TOKEN was refused (${word}): at api.slack.com/apps open your app, Basic Information, App-Level Tokens, make one with the scope connections:write and set it`
}
