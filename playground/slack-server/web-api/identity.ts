import type { IncomingMessage } from 'node:http'
import type { Json } from '#playground/slack-server/world/json.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import type { Installation, Team } from '#playground/slack-server/world/team.ts'
import type { World } from '#playground/slack-server/world/world.ts'

export type TokenKind = 'bot' | 'app' | 'none'

/** Whom a token speaks for. */
export type Identity = Readonly<{ team: Team; installation: Installation; scopes: readonly string[] }>

/** The token of a call: its Authorization header, or the field that older clients send. */
export function tokenOf(request: IncomingMessage, fields: Json): string | undefined {
  const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const { token } = fields
  return bearer ?? (typeof token === 'string' && token !== '' ? token : undefined)
}

/** Throws `Refusal` for no token, an unknown, dead or wrong kind of one. Methods of the app itself have no identity. */
export function identify(world: World, token: string | undefined, wanted: TokenKind): Identity | undefined {
  if (wanted === 'none') return undefined
  if (token === undefined) throw new Refusal('not_authed')
  const isAppToken = token.startsWith('xapp-')
  if (isAppToken && token !== world.app.appToken) throw new Refusal('invalid_auth')
  if (wanted === 'app') {
    if (!isAppToken) throw new Refusal(world.tokens.has(token) ? 'not_allowed_token_type' : 'invalid_auth')
    return undefined
  }
  if (isAppToken) throw new Refusal('not_allowed_token_type')
  return identifyBot(world, token)
}

function identifyBot(world: World, token: string): Identity {
  const known = world.tokens.get(token)
  const team = known && world.teams.get(known.teamId)
  if (!known || !team?.installation) throw new Refusal('invalid_auth')
  if (known.state === 'inactive') throw new Refusal('account_inactive')
  if (known.state === 'revoked') throw new Refusal('token_revoked')
  return { team, installation: team.installation, scopes: known.scopes }
}
