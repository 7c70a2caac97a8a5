import { personId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'
import type { SlackMessage } from './wire.ts'

/**
 * An account as the workspace sees it through which we hear of it. Somebody whom two workspaces share is a person of each:
 * what one workspace learnt about them is no business of the other's.
 */
export function personOf(user: string, scene: Scene, told: Partial<SlackMessage> = {}): Person {
  const known = scene.person(user)
  const { user_profile: profile, user_team: team } = told
  return {
    id: personId(platform, scene.team, user),
    name: known?.name ?? (profile?.display_name || profile?.real_name || profile?.name || 'somebody'),
    external: known?.external ?? (team != null && team !== scene.team),
    ...(known?.standing && { standing: known.standing }),
  }
}
