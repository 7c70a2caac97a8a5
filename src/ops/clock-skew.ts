import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Clock } from '#src/core/clock.ts'

/** What undici tells of each answer (https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md). */
type Answered = Readonly<{
  request: Readonly<{ origin?: unknown }>
  response: Readonly<{ headers: readonly Uint8Array[] }>
}>

/** undici tells it of every copy of itself in the process, and of Node's own `fetch`. */
const channel = 'undici:request:headers'
/** A clock does not run away within that. */
const holdsMs = 10_000
/** The Date header leaves out what is behind the second: on average half of one. */
const leftOutMs = 500

/** How far our clock is ahead of the platforms', as told by the Date header of what they answer anyway. */
export class ClockSkew implements Disposable {
  readonly #clock: Clock
  readonly #platforms: ReadonlyMap<string, string>
  readonly #skews = new Map<string, Readonly<{ aheadMs: number; at: number }>>()

  /** `platforms`: their names by the origin of their API. */
  constructor(clock: Clock, platforms: ReadonlyMap<string, string>) {
    this.#clock = clock
    this.#platforms = platforms
    subscribe(channel, this.#hear)
  }

  /** By platform, in seconds, to about half of one; behind theirs is below 0. */
  get aheadSeconds(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#skews].map(([platform, { aheadMs }]) => [platform, aheadMs / 1_000]))
  }

  [Symbol.dispose](): void {
    unsubscribe(channel, this.#hear)
  }

  readonly #hear = (message: unknown) => {
    const { request, response } = message as Answered
    const platform = this.#platforms.get(String(request.origin))
    if (platform === undefined) return
    const at = this.#clock.now().getTime()
    const known = this.#skews.get(platform)
    if (known && at - known.at < holdsMs) return
    const theirs = dateIn(response.headers)
    if (theirs !== undefined) this.#skews.set(platform, { aheadMs: at - theirs - leftOutMs, at })
  }
}

/** Headers come as they were sent: a name, a value, a name, a value. */
function dateIn(headers: readonly Uint8Array[]): number | undefined {
  for (let at = 0; at + 1 < headers.length; at += 2) {
    if (textOf(headers[at]).toLowerCase() !== 'date') continue
    const date = Date.parse(textOf(headers[at + 1]))
    return Number.isNaN(date) ? undefined : date
  }
  return undefined
}

function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('latin1')
}
