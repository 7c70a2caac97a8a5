import { randomBytes } from 'node:crypto'
import type { Installation, Team, TokenState } from './team.ts'
import type { World } from './world.ts'

type Install = Readonly<{ scopes?: readonly string[]; installedBy: string }>

/** Puts the app into a workspace: a new token, the same bot user as before. Older tokens there stay dead. */
export function install(world: World, team: Team, { scopes, installedBy }: Install): Team {
  const botUserId = team.installation?.botUserId ?? makeBotUser(world, team)
  const installation: Installation = {
    token: `xoxb-${team.id.toLowerCase()}-${randomBytes(12).toString('hex')}`,
    botId: team.installation?.botId ?? world.ids.next('B'),
    botUserId,
    scopes: scopes ?? world.app.scopes,
    installedBy,
  }
  retire(world, team, 'inactive')
  world.tokens.set(installation.token, { teamId: team.id, state: 'good', scopes: installation.scopes })
  const installed = world.putTeam({ ...team, installation })
  world.emit({ type: 'team', change: 'installed', team: installed })
  return installed
}

/** Takes the app out of a workspace: its token is dead, its bot user leaves every channel. */
export function uninstall(world: World, team: Team): void {
  retire(world, team, 'inactive')
  const botUserId = team.installation?.botUserId
  for (const channel of world.channels.values()) {
    if (channel.kind === 'im' || channel.kind === 'mpim') continue
    world.putChannel({ ...channel, memberIds: channel.memberIds.filter(id => id !== botUserId) })
  }
  world.emit({ type: 'team', change: 'uninstalled', team })
}

/** Takes the token back while the app stays installed, as an admin or `auth.revoke` does. */
export function revoke(world: World, team: Team): void {
  retire(world, team, 'revoked')
  world.emit({ type: 'team', change: 'revoked', team })
}

/** Gives the installation other scopes, as a reinstall with the same token does. */
export function setScopes(world: World, team: Team, scopes: readonly string[]): void {
  if (!team.installation) return
  const token = world.tokens.get(team.installation.token)
  if (token) world.tokens.set(team.installation.token, { ...token, scopes })
  world.putTeam({ ...team, installation: { ...team.installation, scopes } })
}

function retire(world: World, team: Team, state: TokenState): void {
  const known = team.installation && world.tokens.get(team.installation.token)
  if (team.installation && known?.state === 'good') world.tokens.set(team.installation.token, { ...known, state })
}

function makeBotUser(world: World, team: Team): string {
  const { name } = world.app
  return world.putPerson({
    id: world.ids.next('U'),
    teamId: team.id,
    name: name.toLowerCase(),
    displayName: name,
    bot: true,
    admin: false,
    active: true,
    deleted: false,
    timeZone: 'Etc/UTC',
  }).id
}
