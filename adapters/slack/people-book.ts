import type { Clock } from '#src/core/clock.ts'
import { Facts } from './facts.ts'
import type { MethodLimits } from './method-limits.ts'
import type { PersonFacts } from './scene.ts'
import type { SlackApi } from './slack-api.ts'
import { userSchema } from './wire.ts'

export type PeopleParts = Readonly<{
  api: () => SlackApi
  clock: Clock
  limits: MethodLimits
  team: string
  enterprise: string | undefined
}>

/** The people of a workspace by their accounts: events carry nothing but the id. */
export function createPeopleBook({ api, clock, limits, team, enterprise }: PeopleParts): Facts<PersonFacts> {
  return new Facts({
    clock,
    limit: () => limits.take('users.info', ''),
    read: async (user, signal) => {
      const answer = await api().call('users.info', { user }, signal)
      const { user: told } = userSchema.parse(answer)
      const { profile, team_id: home, enterprise_user: member } = told
      const ofEnterprise = enterprise !== undefined && member?.enterprise_id === enterprise
      // What somebody runs elsewhere is nothing here.
      const runs = [told, member].some(one => one?.is_admin === true || one?.is_owner === true)
      const stranger = told.is_stranger === true || (home != null && home !== team)
      const external = stranger && !ofEnterprise
      return {
        name: profile?.display_name || profile?.real_name || told.real_name || told.name || 'somebody',
        external,
        bot: told.is_bot === true,
        team: home ?? undefined,
        ...(runs && !external && { standing: 'admin' as const }),
      }
    },
  })
}
