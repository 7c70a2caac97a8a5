import type { SlackServer } from './slack-server.ts'

/** Ids and tokens of the default world. */
export type Harbour = Readonly<{
  team: string
  botToken: string
  botUser: string
  general: string
  random: string
  crew: string
  shared: string
  mira: string
  jonas: string
  wren: string
  external: string
}>

/**
 * Builds the default world: the workspace Harbour with two open channels, a private one and one shared with Lighthouse,
 * where a single person, Otto, works. The app is in all of Harbour's channels.
 */
export function buildHarbour({ scene }: Pick<SlackServer, 'scene'>): Harbour {
  const team = scene.createTeam({ name: 'Harbour' })
  const other = scene.createTeam({ name: 'Lighthouse', installed: false })
  const [mira, jonas, wren] = ['mira', 'jonas', 'wren'].map(name => scene.createPerson({ name, team: team.id }).id)
  const otto = scene.createPerson({ name: 'otto', team: other.id }).id
  const [miraId = '', jonasId = '', wrenId = ''] = [mira, jonas, wren]
  const everybody = [miraId, jonasId, wrenId, 'bot']
  const channel = (name: string, members: readonly string[], rest = {}) =>
    scene.createChannel({ name, team: team.id, members, ...rest }).id
  return {
    team: team.id,
    botToken: team.installation?.token ?? '',
    botUser: team.installation?.botUserId ?? '',
    general: channel('general', everybody),
    random: channel('random', everybody),
    crew: channel('crew', [miraId, wrenId, 'bot'], { isPrivate: true }),
    shared: channel('port-authority', [miraId, otto, 'bot'], { sharedWith: [other.id] }),
    mira: miraId,
    jonas: jonasId,
    wren: wrenId,
    external: otto,
  }
}
