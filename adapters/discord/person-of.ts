import type { APIUser } from 'discord.js'
import { personId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import { shownName } from './plain-text.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'

type Author = Pick<APIUser, 'id' | 'username' | 'global_name'>
/** What an event of a server tells of its author; outside servers, and in a history, there is nothing. */
type Member = Readonly<{ nick?: string | null | undefined; roles?: readonly string[] | undefined }>
type Whereabouts = Readonly<{ guild_id?: string | undefined; channel_id: string }>

/** An account under the name that it shows there, with what it may do there. */
export function personOf(author: Author, member: Member | undefined, at: Whereabouts, scene: Scene): Person {
  const { guild_id: guild, channel_id: channel } = at
  const roles = member?.roles ?? []
  const standing = guild === undefined ? undefined : scene.standing(guild, channel, { account: author.id, roles })
  return {
    id: personId(platform, undefined, author.id),
    name: shownName(author, member?.nick),
    external: false,
    ...(standing && { standing }),
    ...(roles.length > 0 && { roles }),
  }
}
