import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import { RefusedError, UnavailableError } from '#src/core/errors.ts'
import type { WriteOutcome } from '#src/core/surface.ts'
import { PausedError } from './discord-api.ts'

/** All that may be said of a failed request: an error of discord.js holds the body, so what people wrote, and tokens. */
export type Fault = Readonly<{
  status: number | undefined
  code: string | number | undefined
  method: string | undefined
  route: string | undefined
}>

const cannotReply = 160_002
const unknownMessage = 10_008

/** What the codes that we meet ask the operator to do. */
const meanings: Readonly<Record<number, string>> = {
  10003: 'the channel is gone',
  10008: 'the message is gone',
  20016: 'the channel is in slow mode',
  20028: 'the channel takes no more writes for now',
  20029: 'the server takes no more writes for now',
  30046: 'a message older than an hour was edited too often',
  50001: 'Aeries may not see the channel: give its role View Channel',
  50007: 'this person takes no direct messages',
  50013: 'a permission is missing: give its role Send Messages, Send Messages in Threads and Attach Files',
  50035: 'Discord does not take this form',
  50083: 'the thread is archived',
  50278: 'this person takes no direct messages',
  160002: 'replies need the permission Read Message History',
  160005: 'the thread is locked',
  200000: 'the AutoMod of the server blocked the text',
}

/** Refusals that end by themselves, in milliseconds. Discord names no time; an hour-old message recovers slowly. */
const passing: Readonly<Record<number, number>> = { 20016: 5_000, 20028: 5_000, 20029: 5_000, 30046: 60_000 }

/** What became of a write whose request ended in this error. */
export function outcomeOf(error: unknown): Exclude<WriteOutcome, { outcome: 'written' }> {
  if (error instanceof RateLimitError) {
    const { timeToReset, retryAfter, sublimitTimeout } = error
    return { outcome: 'rate-limited', retryAfterMs: Math.max(0, timeToReset, retryAfter, sublimitTimeout) }
  }
  if (error instanceof PausedError) return { outcome: 'rate-limited', retryAfterMs: error.retryAfterMs }
  const fault = faultOf(error)
  if (!(error instanceof DiscordAPIError)) return { outcome: 'unknown', cause: unavailable(fault) }
  const wait = typeof error.code === 'number' ? passing[error.code] : undefined
  if (wait !== undefined) return { outcome: 'rate-limited', retryAfterMs: wait }
  return { outcome: 'gone', cause: refused(fault), ...(error.code === unknownMessage && { isMissing: true }) }
}

/** Discord takes messages here, but no replies. */
export function isReplyRefused(cause: unknown): boolean {
  return cause instanceof RefusedError && (cause.cause as Fault | undefined)?.code === cannotReply
}

export function faultOf(error: unknown): Fault {
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    const code = error instanceof DiscordAPIError ? error.code : undefined
    return { status: error.status, code, method: error.method, route: routeOf(error.url) }
  }
  if (error instanceof RateLimitError) {
    return { status: 429, code: undefined, method: error.method, route: routeOf(error.url) }
  }
  return { status: undefined, code: codeOf(error), method: undefined, route: undefined }
}

/** The way of a request without ids and without the tokens that webhooks and interactions carry in it. */
export function routeOf(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url
  return path
    .replace(/^.*?\/v\d+(?=\/)/, '')
    .replace(/\/\d{16,20}(?=\/|$)/g, '/:id')
    .replace(/^(\/(?:webhooks|interactions)\/:id\/)[^/]+/, '$1:token')
}

function refused(fault: Fault): RefusedError {
  const meaning = typeof fault.code === 'number' ? meanings[fault.code] : undefined
  const what = `Discord refused ${fault.method} ${fault.route} (status ${fault.status}, code ${fault.code})`
  return new RefusedError(meaning === undefined ? what : `${what}: ${meaning}`, { cause: fault })
}

function unavailable(fault: Fault): UnavailableError {
  const what = fault.status === undefined ? `no answer (${fault.code ?? 'unknown'})` : `status ${fault.status}`
  return new UnavailableError(`Discord may have taken a write or not: ${what}`, { cause: fault })
}

/** Node's and undici's errors carry a word of their own (`ECONNRESET`, `UND_ERR_SOCKET`); an abort has only a name. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
