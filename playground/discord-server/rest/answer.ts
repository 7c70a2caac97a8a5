import type { ServerResponse } from 'node:http'
import type { ApiError } from '#playground/discord-server/world/api-error.ts'
import { refusalHeaders } from './rate-limit-headers.ts'
import type { Reply } from './route.ts'

/** An answer ready to be sent, or a connection to be broken. */
export type Answer = Readonly<{
  status: number
  headers: Readonly<Record<string, string>>
  body: unknown
  broken?: 'reset' | 'cut'
  code?: number | undefined
  accepted?: boolean
  reply?: Reply
}>

/** No answer at all: the connection is reset (RST) or closed (FIN), which clients tell apart. */
export function brokenBy(how: 'reset' | 'cut'): Answer {
  return { status: 0, headers: {}, body: undefined, broken: how }
}

/** Cloudflare's ban after too many invalid requests: a page, no JSON, none of Discord's headers. */
export const banned: Answer = {
  status: 429,
  headers: { 'retry-after': '600', 'content-type': 'text/html' },
  body: '<html>error code: 1015</html>',
}

export function refusal(error: ApiError): Answer {
  return { status: error.status, headers: {}, body: error.body, code: error.code }
}

/** A 429 in Discord's words, the time to wait in seconds. */
export function tooMany(scope: 'user' | 'shared' | 'global', waitMs: number): Answer {
  const message = scope === 'shared' ? 'The resource is being rate limited.' : 'You are being rate limited.'
  const body = { message, retry_after: waitMs / 1_000, global: scope === 'global' }
  return { status: 429, headers: refusalHeaders(scope, waitMs), body }
}

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return
  const isPage = typeof body === 'string'
  const text = body === undefined ? '' : isPage ? body : JSON.stringify(body)
  // Discord answers through a proxy, and its libraries tell a ban by the lack of this header.
  const common = isPage ? {} : { via: '1.1 google', ...(body !== undefined && { 'content-type': 'application/json' }) }
  response.writeHead(status, { ...common, ...headers, 'content-length': Buffer.byteLength(text) }).end(text)
}
