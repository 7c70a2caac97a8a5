import type { Json } from '#playground/slack-server/world/json.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import { Arguments } from './arguments.ts'
import { type Identity, identify } from './identity.ts'
import type { Call, Desk, Method } from './method.ts'
import { methods } from './methods.ts'
import type { RateLimits } from './rate-limits.ts'

export type Asked = Readonly<{ method: string; token: string | undefined; fields: Json }>

/** What a call comes to, before any bad weather. */
export type Answer = Readonly<{
  status: number
  headers: Readonly<Record<string, string>>
  body: Json
  error: string | undefined
  retryAfterS: number | undefined
  accepted: boolean
  leak: boolean
}>

/** Carries a call out in Slack's order: token, method, limit, scopes, then the deed. */
export function carryOut(desk: Desk, limits: RateLimits, asked: Asked): Answer {
  let leak = false
  try {
    const found = methods.get(asked.method)
    const identity = identify(desk.world, asked.token, found?.token ?? 'bot')
    if (!found) throw new Refusal('unknown_method', { req_method: asked.method })
    const args = new Arguments(asked.fields)
    const teamId = identity?.team.id ?? '-'
    const channelId = args.text('channel')
    const retryAfterS = limits.take({ method: asked.method, tier: found.tier, teamId, channelId })
    if (retryAfterS !== undefined) return limited(desk.world.rules.limitAnswer, retryAfterS)
    demandScopes(found, identity)
    const noteLeak = () => {
      leak = true
    }
    const body = found.handle(callOf(desk, args, identity, noteLeak))
    return { ...plain, headers: scopeHeaders(found, identity), body: { ok: true, ...body }, accepted: true }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ...refused(error), leak }
  }
}

const plain = {
  status: 200,
  headers: {},
  error: undefined,
  retryAfterS: undefined,
  accepted: false,
  leak: false,
} as const

function callOf(desk: Desk, args: Arguments, identity: Identity | undefined, leak: () => void): Call {
  return {
    ...desk,
    args,
    get identity(): Identity {
      if (!identity) throw new Refusal('not_allowed_token_type')
      return identity
    },
    leak,
  }
}

function demandScopes(method: Method, identity: Identity | undefined): void {
  const needed = method.scopes.find(scope => !identity?.scopes.includes(scope))
  if (needed === undefined) return
  throw new Refusal('missing_scope', { needed, provided: identity?.scopes.join(',') ?? '' })
}

function scopeHeaders({ scopes }: Method, identity: Identity | undefined): Readonly<Record<string, string>> {
  if (!identity) return {}
  return { 'x-oauth-scopes': identity.scopes.join(','), 'x-accepted-oauth-scopes': scopes.join(',') }
}

/** A refusal, as Slack puts it. */
export function refused({ error, extra }: Refusal): Answer {
  return { ...plain, body: { ok: false, error, ...extra }, error }
}

/** Over the limit, told as the rules say. */
export function limited(how: '429' | 'ratelimited' | 'rate_limited', retryAfterS: number): Answer {
  const error = how === 'rate_limited' ? how : 'ratelimited'
  const headers = { 'retry-after': String(retryAfterS) }
  return { ...plain, status: how === '429' ? 429 : 200, headers, body: { ok: false, error }, error, retryAfterS }
}
