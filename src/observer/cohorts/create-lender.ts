import type { Cohorts, Lent } from '#src/core/cohorts.ts'
import type { PersonId } from '#src/core/ids.ts'
import type { BriefData } from '#src/core/learning.ts'
import type { Log } from '#src/core/log.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { lend } from './lend.ts'
import { isPartOfCohorts, type OptingParts } from './opted-out.ts'
import { tastesIn } from './tastes-of.ts'

export type LenderParts = OptingParts & Readonly<{ cohorts: Pick<Cohorts, 'published' | 'spokenOf'>; log: Log }>

export type Borrower = Readonly<{
  person: PersonId
  workspace: WorkspaceId
  at: Date
  /** What they say now: the way they write tells a stranger's taste. */
  words: string
}>

/** What somebody may start from. It never throws: without cohorts a brief is as good as before. */
export interface Lender {
  lent(to: Borrower, known: Pick<BriefData, 'slots' | 'dials'>): Promise<readonly Lent[]>
}

export function createLender(parts: LenderParts): Lender {
  const { cohorts, log } = parts
  return {
    async lent(to, known) {
      try {
        const published = await cohorts.published(to.workspace)
        if (published.length === 0 || !(await isPartOfCohorts(parts, to))) return []
        const spoken = await cohorts.spokenOf(to.person, to.workspace)
        return lend({ ...known, spoken }, published, tastesIn(to.words))
      } catch (error) {
        log.warn({ err: error }, 'a brief goes on without the defaults of its workspace')
        return []
      }
    },
  }
}
