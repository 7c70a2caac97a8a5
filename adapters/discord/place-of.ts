import { ChannelType } from 'discord.js'
import type { Place } from '#src/core/place.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'

/** Where a payload says that it happened. */
export type Whereabouts = Readonly<{
  channel_id: string
  guild_id?: string | undefined
  channel_type?: ChannelType | undefined
}>

/**
 * The place of something that happened. A thread is told by its parent and its own id. What nobody knows about counts as
 * private: learning from too narrow a circle harms nobody.
 */
export function placeOf(at: Whereabouts, scene: Scene): Place {
  const facts = scene.channel(at.channel_id)
  if (at.guild_id === undefined) {
    const group = facts?.kind === 'group' || at.channel_type === ChannelType.GroupDM
    return {
      platform,
      workspace: undefined,
      channel: at.channel_id,
      thread: undefined,
      audience: group ? 'private' : 'dm',
    }
  }
  const thread = facts?.parent === undefined ? undefined : at.channel_id
  const place = {
    platform,
    workspace: at.guild_id,
    channel: facts?.parent ?? at.channel_id,
    thread,
    audience: facts?.audience ?? 'private',
    ...(facts?.apart && { apart: true as const }),
  } as const
  return facts?.name === undefined ? place : { ...place, name: facts.name }
}

/** Said to be in no server, but in a channel that a server is known to have: whoever takes that for a DM tells a secret. */
export function isMisplaced(at: Partial<Whereabouts>, scene: Scene): boolean {
  if (at.guild_id !== undefined || at.channel_id === undefined) return false
  const kind = scene.channel(at.channel_id)?.kind
  if (kind === 'channel' || kind === 'thread') return true
  return at.channel_type != null && at.channel_type !== ChannelType.DM && at.channel_type !== ChannelType.GroupDM
}

/** The channel that Discord's routes and message ids mean: of a thread the thread itself. */
export function nativeChannel(place: Place): string {
  return place.thread ?? place.channel
}
