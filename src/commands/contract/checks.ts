import type { Check } from './check.ts'
import { goingOn, languages, lateSystem, oddTalks } from './conversations.ts'
import { idleConnections } from './idle.ts'
import { leaving, priority } from './leaving.ts'
import { bounds, room } from './limits.ts'
import { refusals } from './refusals.ts'
import { formerField, structured } from './schemas.ts'
import { counting, framing, parallel, sameAnswer } from './streams.ts'
import { thinking } from './thinking.ts'
import { controlTokens, prefixCache, promptCount } from './tokens.ts'
import { listing, requestId, unknownPath } from './what-it-serves.ts'

/** What Aeries expects of a server, played or real. */
export const checks: readonly Check[] = [
  listing,
  framing,
  sameAnswer,
  counting,
  bounds,
  refusals,
  thinking,
  structured,
  formerField,
  leaving,
  promptCount,
  prefixCache,
  languages,
  lateSystem,
  goingOn,
  priority,
  idleConnections,
  parallel,
  requestId,
  room,
  oddTalks,
  controlTokens,
  unknownPath,
]
