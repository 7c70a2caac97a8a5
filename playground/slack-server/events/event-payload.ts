import type { Json } from '#playground/slack-server/world/json.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import type { SlackEvent } from './slack-event.ts'

/** The outer part of an event: whose it is, and one installation that may hear it. */
export function eventPayload(world: World, { teamId, originTeamId, external, event }: SlackEvent): Json {
  const installation = world.installation(teamId)
  const authorization = {
    enterprise_id: null,
    team_id: teamId,
    user_id: installation?.botUserId,
    is_bot: true,
    is_enterprise_install: false,
  }
  return {
    token: world.app.verificationToken,
    team_id: originTeamId,
    context_team_id: teamId,
    context_enterprise_id: null,
    api_app_id: world.app.id,
    event,
    type: 'event_callback',
    event_id: world.ids.next('Ev'),
    event_time: Math.floor(world.now() / 1_000),
    authorizations: installation ? [authorization] : [],
    is_ext_shared_channel: external,
    event_context: `4-${Buffer.from(`${teamId}:${originTeamId}`).toString('base64url')}`,
  }
}

/** Told instead of events that were too many; it has no event inside. */
export function rateLimitedPayload(world: World, teamId: string): Json {
  return {
    token: world.app.verificationToken,
    type: 'app_rate_limited',
    team_id: teamId,
    minute_rate_limited: Math.floor(world.now() / 60_000) * 60,
    api_app_id: world.app.id,
  }
}
