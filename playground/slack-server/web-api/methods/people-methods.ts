import { channelOf, isMember, messageOf, personOf } from '#playground/slack-server/web-api/channel-access.ts'
import { type Call, method } from '#playground/slack-server/web-api/method.ts'
import { revoke } from '#playground/slack-server/world/installations.ts'
import type { Json } from '#playground/slack-server/world/json.ts'
import type { Person } from '#playground/slack-server/world/person.ts'
import { addReaction, removeReaction } from '#playground/slack-server/world/reactions.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'

export const peopleMethods = {
  'auth.test': method('special', [], authTest),
  'auth.revoke': method(3, [], authRevoke),
  'users.info': method(4, ['users:read'], userInfo),
  'users.list': method(2, ['users:read'], userList),
  'team.info': method(3, ['team:read'], teamInfo),
  'bots.info': method(3, ['users:read'], botInfo),
  'reactions.add': method(3, ['reactions:write'], react),
  'reactions.remove': method(2, ['reactions:write'], unreact),
}

function authTest({ world, identity }: Call): Json {
  const { team, installation } = identity
  const user = world.people.get(installation.botUserId)
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: user?.name,
    team_id: team.id,
    user_id: installation.botUserId,
    bot_id: installation.botId,
    app_id: world.app.id,
    app_name: world.app.name,
    is_enterprise_install: false,
  }
}

function authRevoke({ world, identity, args }: Call): Json {
  if (args.flag('test')) return { revoked: false }
  revoke(world, identity.team)
  return { revoked: true }
}

function userInfo(call: Call): Json {
  return { user: userPayload(call, personOf(call, call.args.required('user'))) }
}

function userList(call: Call): Json {
  const members = [...call.world.people.values()].filter(one => one.teamId === call.identity.team.id)
  return { members: members.map(one => userPayload(call, one)), response_metadata: { next_cursor: '' } }
}

function userPayload({ world, identity }: Call, person: Person): Json {
  const { id, teamId, name, displayName, bot, admin, deleted, timeZone } = person
  const names = { real_name: displayName, display_name: displayName }
  const normalized = { real_name_normalized: displayName, display_name_normalized: displayName }
  const stranger = teamId !== identity.team.id
  return {
    id,
    team_id: teamId,
    name,
    real_name: displayName,
    deleted,
    tz: timeZone,
    tz_label: timeZone,
    tz_offset: 0,
    profile: { ...names, ...normalized, team: teamId, status_text: '', status_emoji: '' },
    is_admin: admin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: bot,
    is_app_user: false,
    ...(stranger && { is_stranger: true }),
    updated: Math.floor(world.now() / 1_000),
  }
}

function teamInfo(call: Call): Json {
  const { world, identity, args } = call
  const asked = args.text('team') ?? identity.team.id
  const team = world.teams.get(asked)
  const shared = [...world.channels.values()].some(
    one => one.teamIds.includes(asked) && one.teamIds.includes(identity.team.id),
  )
  if (!team || (team.id !== identity.team.id && !shared)) throw new Refusal('team_not_found')
  return { team: { id: team.id, name: team.name, domain: team.domain, email_domain: '', icon: {} } }
}

function botInfo({ world, identity, args }: Call): Json {
  const asked = args.text('bot') ?? identity.installation.botId
  const owner = [...world.teams.values()].find(one => one.installation?.botId === asked)
  if (!owner?.installation) throw new Refusal('bot_not_found')
  const { botId, botUserId } = owner.installation
  const { id: appId, name } = world.app
  return { bot: { id: botId, deleted: false, name, updated: 0, app_id: appId, user_id: botUserId, icons: {} } }
}

function react(call: Call): Json {
  const { channel, name } = reactionTarget(call)
  if (channel.archived) throw new Refusal('is_archived')
  addReaction(call.world, messageOf(call, channel, 'timestamp'), call.identity.installation.botUserId, name)
  return {}
}

function unreact(call: Call): Json {
  const { channel, name } = reactionTarget(call)
  removeReaction(call.world, messageOf(call, channel, 'timestamp'), call.identity.installation.botUserId, name)
  return {}
}

function reactionTarget(call: Call) {
  const name = call.args.required('name').replace(/^:|:$/g, '')
  if (!/^[a-z0-9_+'\-:]+$/.test(name)) throw new Refusal('invalid_name')
  const channel = channelOf(call)
  if (!isMember(call, channel)) throw new Refusal('not_in_channel')
  return { channel, name }
}
