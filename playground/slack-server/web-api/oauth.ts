import { randomBytes } from 'node:crypto'
import { install } from '#playground/slack-server/world/installations.ts'
import type { Json } from '#playground/slack-server/world/json.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import type { World } from '#playground/slack-server/world/world.ts'

type Grant = Readonly<{ teamId: string; personId: string; scopes: readonly string[]; redirectUri: string | undefined }>

/** Installing by OAuth: the page on which an admin says yes, and the exchange of its one-use code for a token. */
export class OAuth {
  readonly #world: World
  readonly #codes = new Map<string, Grant>()

  constructor(world: World) {
    this.#world = world
  }

  /**
   * Says yes at once, as the admin of the workspace that `team` names, else of the first one without the app. Gives the
   * address to go to, or undefined when there is nowhere to go.
   */
  authorize(query: URLSearchParams, fallbackRedirect: string | undefined): URL | undefined {
    const redirectUri = query.get('redirect_uri') ?? undefined
    const target = redirectUri ?? fallbackRedirect
    if (target === undefined || !URL.canParse(target)) return undefined
    const address = new URL(target)
    const state = query.get('state')
    if (state !== null) address.searchParams.set('state', state)
    const refusal = this.#refusal(query)
    if (refusal !== undefined) address.searchParams.set('error', refusal)
    else address.searchParams.set('code', this.#grant(query, redirectUri))
    return address
  }

  /** `oauth.v2.access`: the installation for a code, told as Slack tells it. */
  access(args: Readonly<{ id: string; secret: string; code: string; redirectUri: string | undefined }>): Json {
    const { app } = this.#world
    if (args.id !== app.clientId) throw new Refusal('invalid_client_id')
    if (args.secret !== app.clientSecret) throw new Refusal('bad_client_secret')
    const grant = this.#codes.get(args.code)
    if (!grant) throw new Refusal('invalid_code')
    if (grant.redirectUri !== args.redirectUri) throw new Refusal('bad_redirect_uri')
    this.#codes.delete(args.code)
    return this.#installed(grant)
  }

  #refusal(query: URLSearchParams): string | undefined {
    if (query.get('client_id') !== this.#world.app.clientId) return 'invalid_client_id'
    return query.has('denied') ? 'access_denied' : undefined
  }

  #grant(query: URLSearchParams, redirectUri: string | undefined): string {
    const teams = [...this.#world.teams.values()]
    const wanted = query.get('team')
    const team =
      teams.find(one => one.id === wanted) ?? teams.find(one => !this.#world.installation(one.id)) ?? teams[0]
    const people = [...this.#world.people.values()].filter(one => one.teamId === team?.id && !one.bot)
    const admin = people.find(one => one.admin) ?? people[0]
    const scopes = (query.get('scope') ?? '').split(/[\s,]+/).filter(one => one !== '')
    const code = randomBytes(16).toString('hex')
    const teamId = team?.id ?? ''
    this.#codes.set(code, { teamId, personId: admin?.id ?? '', scopes, redirectUri })
    return code
  }

  #installed({ teamId, personId, scopes }: Grant): Json {
    const team = this.#world.teams.get(teamId)
    if (!team) throw new Refusal('invalid_code')
    const wanted = scopes.length > 0 ? scopes : this.#world.app.scopes
    const { installation } = install(this.#world, team, { scopes: wanted, installedBy: personId })
    return {
      app_id: this.#world.app.id,
      authed_user: { id: personId },
      scope: wanted.join(','),
      token_type: 'bot',
      access_token: installation?.token,
      bot_user_id: installation?.botUserId,
      team: { id: team.id, name: team.name },
      enterprise: null,
      is_enterprise_install: false,
    }
  }
}
