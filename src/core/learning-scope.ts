import type { Id, PersonId } from './ids.ts'
import type { Place } from './place.ts'
import type { WorkspaceId } from './workspace.ts'

/**
 * Who may hear again what was learnt, decided by where it was said, at the time it was said: `dm`, `public`,
 * `private:CHANNEL`, `external:CHANNEL`; of a thread with fewer readers than its channel `private:CHANNEL/THREAD`. `style` tells nothing about anybody and travels through the whole workspace.
 */
export type LearningScope = Id<'learning scope'>

/** Every question about what is known of somebody says whose, in which workspace, and what the asking place may hear. */
export type Sight = Readonly<{ person: PersonId; workspace: WorkspaceId; scopes: readonly LearningScope[] }>

/** Travels through the whole workspace. */
export const styleScope = 'style' as LearningScope
/** What was said in a DM. */
export const dmScope = 'dm' as LearningScope
const publicScope = 'public' as LearningScope

/** The scope of what is said there now. */
export function scopeHeardIn(place: Place): LearningScope {
  switch (place.audience) {
    case 'dm':
      return dmScope
    case 'public':
      return publicScope
    case 'private':
    case 'external':
      return `${place.audience}:${circleOf(place)}` as LearningScope
    default:
      return place.audience satisfies never
  }
}

/**
 * What may be told in a reply there. What was said in a closed channel is told in that channel alone, not in its speaker's DM either: whether
 * they are still in it nobody knows at the time without asking the platform, which no reply waits for.
 * What was said while a channel was closed to other workspaces stays untold once it is open to them.
 */
export function scopesTellableIn(place: Place): readonly LearningScope[] {
  const here = scopeHeardIn(place)
  switch (place.audience) {
    case 'dm':
      return [styleScope, dmScope, publicScope]
    case 'private':
      return [styleScope, publicScope, ...closedScopes(circleOf(place))]
    case 'public':
    case 'external':
      return [styleScope, here]
    default:
      return place.audience satisfies never
  }
}

/** Who reads along. A thread apart has the same name for nobody else; whether its channel is open nobody says, so it hears nothing from there. */
function circleOf({ channel, thread, apart }: Place): string {
  return apart && thread !== undefined ? `${channel}/${thread}` : channel
}

function closedScopes(channel: string): readonly LearningScope[] {
  return [`private:${channel}`, `external:${channel}`] as LearningScope[]
}
