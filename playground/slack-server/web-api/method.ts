import type { AgentView } from '#playground/slack-server/world/agent-view.ts'
import type { Json } from '#playground/slack-server/world/json.ts'
import type { Streams } from '#playground/slack-server/world/streams.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import type { Arguments } from './arguments.ts'
import type { Identity, TokenKind } from './identity.ts'
import type { OAuth } from './oauth.ts'
import type { Tier } from './rate-limits.ts'
import type { Tickets } from './tickets.ts'
import type { Views } from './views.ts'

/** What the methods work on. */
export type Desk = Readonly<{
  world: World
  streams: Streams
  agentView: AgentView
  oauth: OAuth
  tickets: Tickets
  views: Views
}>

/** One call that passed the door: its token is good, its scopes suffice, its limit has room. */
export type Call = Desk &
  Readonly<{
    args: Arguments
    /** Throws for the methods of the app itself. */
    identity: Identity
    /** Notes that the token reached for another workspace. */
    leak: () => void
  }>

export type Method = Readonly<{
  tier: Tier
  scopes: readonly string[]
  token: TokenKind
  handle: (call: Call) => Json
}>

/** A method of the bot. */
export function method(tier: Tier, scopes: readonly string[], handle: Method['handle']): Method {
  return { tier, scopes, token: 'bot', handle }
}
