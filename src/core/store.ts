import type { AccessRules, Usage } from './access.ts'
import type { Cohorts } from './cohorts.ts'
import type { Forget } from './forget.ts'
import type { History } from './history.ts'
import type { Learning } from './learning.ts'
import type { Links } from './links.ts'
import type { OwnData } from './own-data.ts'
import type { Preferences } from './preferences.ts'
import type { Retention } from './retention.ts'
import type { Revisions } from './revisions.ts'
import type { Turns } from './turns.ts'

/** All that is kept, a port for each noun. Each method of a port is one unit of work: it happens wholly or not at all. */
export interface Store extends Disposable {
  readonly turns: Turns
  readonly revisions: Revisions
  readonly history: History
  readonly preferences: Preferences
  readonly learning: Learning
  readonly cohorts: Cohorts
  readonly links: Links
  readonly forget: Forget
  readonly ownData: OwnData
  readonly retention: Retention
  readonly accessRules: AccessRules
  readonly usage: Usage
}
