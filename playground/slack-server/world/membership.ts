import type { Channel } from './channel.ts'
import type { World } from './world.ts'

export function join(world: World, channel: Channel, personId: string, byId?: string): Channel {
  if (channel.memberIds.includes(personId)) return channel
  const joined = world.putChannel({ ...channel, memberIds: [...channel.memberIds, personId] })
  world.emit({ type: 'member', change: 'joined', channel: joined, personId, byId })
  return joined
}

/** Leaves, or is taken out by `byId`. */
export function leave(world: World, channel: Channel, personId: string, byId?: string): Channel {
  if (!channel.memberIds.includes(personId)) return channel
  const left = world.putChannel({ ...channel, memberIds: channel.memberIds.filter(id => id !== personId) })
  world.emit({ type: 'member', change: 'left', channel: left, personId, byId })
  return left
}

export function setArchived(world: World, channel: Channel, archived: boolean, byId?: string): Channel {
  const changed = world.putChannel({ ...channel, archived })
  world.emit({ type: 'channel', change: archived ? 'archived' : 'unarchived', channel: changed, byId })
  return changed
}

/** Opens a channel to another workspace (Slack Connect). */
export function share(world: World, channel: Channel, otherTeamId: string): Channel {
  if (channel.teamIds.includes(otherTeamId)) return channel
  const shared = world.putChannel({ ...channel, teamIds: [...channel.teamIds, otherTeamId] })
  world.emit({ type: 'channel', change: 'shared', channel: shared, byId: undefined, otherTeamId })
  return shared
}

/** Closes a channel to another workspace; its people are no longer in it. */
export function unshare(world: World, channel: Channel, otherTeamId: string): Channel {
  const stays = (id: string) => world.people.get(id)?.teamId !== otherTeamId
  const unshared = world.putChannel({
    ...channel,
    teamIds: channel.teamIds.filter(id => id !== otherTeamId),
    memberIds: channel.memberIds.filter(stays),
  })
  world.emit({ type: 'channel', change: 'unshared', channel: unshared, byId: undefined, otherTeamId })
  return unshared
}
