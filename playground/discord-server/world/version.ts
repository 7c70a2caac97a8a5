import type { Channel } from './channel.ts'
import { unfurledLinks } from './links.ts'
import { peopleRung } from './mentions.ts'
import { type Mentions, messageFlag, type Version } from './message.ts'
import { permission } from './permissions.ts'
import type { World } from './world.ts'

type Frame = Readonly<{
  authorId: string
  content: string
  flags: number
  mentions: Mentions
  at: number
  edit: boolean
}>

/** The next frame of a message's film strip. An edit sends no notification, it only marks people as named. */
export function versionOf(world: World, channel: Channel, frame: Frame): Version {
  const held = world.permissions(frame.authorId, channel)
  return {
    at: frame.at,
    content: frame.content,
    flags: frame.flags,
    pings: {
      personIds: peopleRung(world, channel, frame.authorId, frame.mentions),
      silent: frame.edit || (frame.flags & messageFlag.suppressNotifications) !== 0,
    },
    unfurls: unfurledLinks(frame.content, frame.flags, (held & permission.embedLinks) !== 0n),
  }
}
