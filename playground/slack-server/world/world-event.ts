import type { Channel } from './channel.ts'
import type { Json } from './json.ts'
import type { Message } from './message.ts'
import type { Team } from './team.ts'

/** Everything that happens in the world, told once it has happened. All of it is plain data. */
export type WorldEvent =
  | Readonly<{ type: 'message'; message: Message }>
  | Readonly<{ type: 'changed'; message: Message; previous: Message }>
  | Readonly<{ type: 'deleted'; message: Message; previous: Message }>
  /** A stream grew: people see it, Slack sends no event for it. */
  | Readonly<{ type: 'streamed'; message: Message }>
  | Readonly<{ type: 'reaction'; added: boolean; message: Message; personId: string; name: string }>
  | Readonly<{
      type: 'member'
      change: 'joined' | 'left'
      channel: Channel
      personId: string
      byId: string | undefined
    }>
  | Readonly<{
      type: 'channel'
      change: 'created' | 'archived' | 'unarchived' | 'shared' | 'unshared' | 'deleted'
      channel: Channel
      byId: string | undefined
      /** The other workspace of `shared` and `unshared`. */
      otherTeamId?: string
    }>
  | Readonly<{ type: 'person'; personId: string }>
  | Readonly<{ type: 'team'; change: 'created' | 'installed' | 'uninstalled' | 'revoked'; team: Team }>
  /** "Aeries is thinking"; an empty status clears it. */
  | Readonly<{ type: 'status'; channelId: string; threadTs: string; status: string; loading: readonly string[] }>
  | Readonly<{ type: 'session'; session: Session }>
  | Readonly<{
      type: 'prompts'
      channelId: string
      threadTs: string | undefined
      title: string
      prompts: readonly Json[]
    }>
  | Readonly<{ type: 'home'; personId: string; channelId: string; tab: 'home' | 'messages'; context: Json | undefined }>
  | Readonly<{ type: 'context'; personId: string; channelId: string; context: Json }>
  | Readonly<{ type: 'stopped'; personId: string; channelId: string; threadTs: string; streamingTs: readonly string[] }>
  | Readonly<{ type: 'view'; view: View }>

/** One conversation of the agent view. While it is `processing` people see a stop button. */
export type Session = Readonly<{
  channelId: string
  threadTs: string
  status: 'active' | 'processing' | 'suspended' | 'closed'
  title: string
}>

/** A home tab or a modal as one person sees it. */
export type View = Readonly<{
  id: string
  teamId: string
  personId: string
  type: 'home' | 'modal'
  view: Json
  hash: string
  open: boolean
}>
