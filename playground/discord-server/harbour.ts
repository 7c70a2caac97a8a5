import type { DiscordServer } from './discord-server.ts'

/** The ids of the default world. */
export type Harbour = Readonly<{
  guild: string
  general: string
  random: string
  crew: string
  mira: string
  jonas: string
  wren: string
}>

/** Builds the default world: a guild with two open channels and a private one, three people, and the bot in all of it. */
export function buildHarbour({ scene, places, world }: Pick<DiscordServer, 'scene' | 'places' | 'world'>): Harbour {
  const [mira, jonas, wren] = ['Mira', 'Jonas', 'Wren'].map(name =>
    scene.createPerson({ name: name.toLowerCase(), displayName: name }),
  )
  const people = [mira, jonas, wren].map(one => one?.id ?? '')
  const guild = scene.createGuild('Harbour', people)
  const channel = (name: string, visibleTo?: readonly string[]) =>
    places.createChannel({ name, guild: guild.id, visibleTo }).id
  const [miraId = '', jonasId = '', wrenId = ''] = people
  return {
    guild: guild.id,
    general: channel('general'),
    random: channel('random'),
    crew: channel('crew', [miraId, wrenId, world.botId]),
    mira: miraId,
    jonas: jonasId,
    wren: wrenId,
  }
}
