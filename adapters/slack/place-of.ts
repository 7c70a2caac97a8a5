import type { Audience, Place } from '#src/core/place.ts'
import { platform } from './platform-name.ts'
import type { ChannelFacts, Scene } from './scene.ts'

/** Where a payload says that it happened. */
export type Whereabouts = Readonly<{
  channel: string
  channel_type?: string | null | undefined
  /** The event said that people of another workspace are in the channel. */
  external: boolean
}>

/** The place of something that happened. What nobody knows about counts as private: too narrow a circle harms nobody. */
export function placeOf(at: Whereabouts, thread: string | undefined, scene: Scene): Place {
  const facts = scene.channel(at.channel)
  const place = {
    platform,
    workspace: scene.team,
    channel: at.channel,
    thread,
    audience: audienceOf(at, facts),
  } as const
  return facts?.name === undefined || facts.kind === 'mpim' ? place : { ...place, name: facts.name }
}

/** Conversations of two are told by their kind, and by the letter of their id where no kind is told. */
export function isDm({ channel, channel_type: type }: Pick<Whereabouts, 'channel' | 'channel_type'>): boolean {
  return type === 'im' || (type == null && channel.startsWith('D'))
}

function audienceOf(at: Whereabouts, facts: ChannelFacts | undefined): Audience {
  if (isDm(at)) return 'dm'
  if (at.external || facts?.external === true) return 'external'
  const isPublic = at.channel_type == null ? facts?.kind === 'public' : at.channel_type === 'channel'
  return isPublic ? 'public' : 'private'
}
