import { type Channel, channelFamily, isExternal } from '#playground/slack-server/world/channel.ts'
import type { Json } from '#playground/slack-server/world/json.ts'
import type { Team } from '#playground/slack-server/world/team.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import type { WorldEvent } from '#playground/slack-server/world/world-event.ts'
import { changedEvents, deletedEvents, postedEvents } from './message-events.ts'
import type { SlackEvent } from './slack-event.ts'

type Happening<T extends WorldEvent['type']> = Extract<WorldEvent, { type: T }>

/** The events that Slack makes of a happening. */
export function slackEvents(world: World, happening: WorldEvent): readonly SlackEvent[] {
  switch (happening.type) {
    case 'message':
      return postedEvents(world, happening.message)
    case 'changed':
      return changedEvents(world, happening.message, happening.previous)
    case 'deleted':
      return deletedEvents(world, happening.message, happening.previous)
    case 'reaction':
      return reactionEvents(world, happening)
    case 'member':
      return memberEvents(world, happening)
    case 'channel':
      return channelEvents(world, happening)
    case 'team':
      return teamEvents(world, happening)
    case 'home':
    case 'context':
    case 'stopped':
      return agentEvents(world, happening)
    case 'streamed':
    case 'person':
    case 'status':
    case 'session':
    case 'prompts':
    case 'view':
      return []
    default:
      return happening satisfies never
  }
}

function reactionEvents(
  world: World,
  { added, message, personId, name }: Happening<'reaction'>,
): readonly SlackEvent[] {
  const channel = world.channels.get(message.channelId)
  if (!channel || message.ephemeralFor !== undefined) return []
  const type = added ? 'reaction_added' : 'reaction_removed'
  const item = { type: 'message', channel: channel.id, ts: message.ts }
  const event = { type, user: personId, reaction: name, item_user: message.authorId, item }
  return inChannel(world, channel, event, { scope: 'reactions:read', personId })
}

function memberEvents(world: World, { change, channel, personId, byId }: Happening<'member'>): readonly SlackEvent[] {
  const letter = channel.kind === 'public' ? 'C' : 'G'
  const scope = `${channelFamily(channel.kind)}:read`
  const base = { channel: channel.id, channel_type: letter, team: channel.teamId }
  if (change === 'joined') {
    const event = {
      type: 'member_joined_channel',
      user: personId,
      ...base,
      ...(byId !== undefined && { inviter: byId }),
    }
    return inChannel(world, channel, event, { scope, personId })
  }
  if (!world.isBotUser(personId)) {
    return inChannel(world, channel, { type: 'member_left_channel', user: personId, ...base }, { scope, personId })
  }
  // The bot itself is out: it hears of it as its own leaving, though it is no member any more.
  const teamId = world.people.get(personId)?.teamId ?? channel.teamId
  const type = channel.kind === 'public' ? 'channel_left' : 'group_left'
  return [told(world, teamId, { type, channel: channel.id, ...(byId !== undefined && { actor_id: byId }) }, { scope })]
}

function channelEvents(
  world: World,
  { change, channel, byId, otherTeamId }: Happening<'channel'>,
): readonly SlackEvent[] {
  const scope = `${channelFamily(channel.kind)}:read`
  const place = channel.kind === 'public' ? 'channel' : 'group'
  const by = { channel: channel.id, user: byId ?? 'USLACKBOT' }
  switch (change) {
    case 'archived':
      return inChannel(world, channel, { type: `${place}_archive`, ...by, is_moved: 0 }, { scope })
    case 'unarchived':
      return inChannel(world, channel, { type: `${place}_unarchive`, ...by }, { scope })
    case 'deleted':
      return inChannel(world, channel, { type: `${place}_deleted`, channel: channel.id }, { scope })
    case 'shared': {
      const event = { type: 'channel_shared', channel: channel.id, connected_team_id: otherTeamId }
      return inChannel(world, channel, event, { scope })
    }
    case 'unshared': {
      const rest = { previously_connected_team_id: otherTeamId, is_ext_shared: isExternal(channel) }
      return inChannel(world, channel, { type: 'channel_unshared', channel: channel.id, ...rest }, { scope })
    }
    case 'created':
      return []
    default:
      return change satisfies never
  }
}

/** Sent though the token is dead: these are the last words of a workspace. */
function teamEvents(world: World, { change, team }: Happening<'team'>): readonly SlackEvent[] {
  if (change === 'uninstalled') return [told(world, team.id, { type: 'app_uninstalled' }), tokensRevoked(world, team)]
  return change === 'revoked' ? [tokensRevoked(world, team)] : []
}

function tokensRevoked(world: World, { id, installation }: Team): SlackEvent {
  return told(world, id, { type: 'tokens_revoked', tokens: { oauth: [], bot: [installation?.botUserId] } })
}

function agentEvents(world: World, happening: Happening<'home' | 'context' | 'stopped'>): readonly SlackEvent[] {
  const channel = world.channels.get(happening.channelId)
  if (!channel) return []
  const { personId } = happening
  const who = { user: personId, channel: channel.id }
  switch (happening.type) {
    case 'home': {
      const { tab, context } = happening
      return inChannel(
        world,
        channel,
        { type: 'app_home_opened', ...who, tab, ...(context && { context }) },
        { personId },
      )
    }
    case 'context': {
      const event = { type: 'app_context_changed', ...who, context: happening.context }
      return inChannel(world, channel, event, { scope: 'assistant:write', personId })
    }
    case 'stopped': {
      const { threadTs, streamingTs } = happening
      const event = { type: 'agent_session_stopped', ...who, thread_ts: threadTs, streaming_message_ts: streamingTs }
      return inChannel(world, channel, event, { scope: 'chat:write', personId })
    }
    default:
      return happening satisfies never
  }
}

type Rest = Readonly<{ scope?: string; personId?: string }>

function inChannel(world: World, channel: Channel, event: Json, rest: Rest): readonly SlackEvent[] {
  const teamId = world.listener(channel)
  return teamId === undefined ? [] : [{ ...told(world, teamId, event, rest), external: isExternal(channel) }]
}

function told(world: World, teamId: string, event: Json, { scope, personId }: Rest = {}): SlackEvent {
  const originTeamId = (personId === undefined ? undefined : world.people.get(personId)?.teamId) ?? teamId
  const { type } = event
  const stamped = { ...event, event_ts: world.ids.ts() }
  return { teamId, originTeamId, subscription: String(type), scope, external: false, event: stamped }
}
