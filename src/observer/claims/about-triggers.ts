import { identityTriggers } from './identity-triggers.ts'
import { likingTriggers } from './liking-triggers.ts'
import type { Trigger } from './triggers.ts'
import { workTriggers } from './work-triggers.ts'

/** How people tell something of themselves. The words of the rest of the clause are the value. */
export const aboutTriggers: readonly Trigger[] = [...identityTriggers, ...workTriggers, ...likingTriggers]
