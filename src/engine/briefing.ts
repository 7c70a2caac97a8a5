import type { BriefLine } from '#src/core/brief.ts'
import type { Briefing, BriefingLine } from '#src/core/briefing.ts'
import type { Clock } from '#src/core/clock.ts'
import type { PersonId } from '#src/core/ids.ts'
import type { Known, Learning } from '#src/core/learning.ts'
import type { Place } from '#src/core/place.ts'
import type { TraitId } from '#src/core/trait.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import type { LearningParts } from './learning-parts.ts'
import { fittingBrief } from './read-brief.ts'

export type BriefingParts = Readonly<{
  learning: Pick<LearningParts, 'briefs' | 'briefTokens' | 'consent'>
  known: Pick<Learning, 'known' | 'workspaces'>
  clock: Clock
}>

/** Reads the brief as a prompt does, and beside it what each of its lines rests on. */
export function createBriefing({ learning, known, clock }: BriefingParts): Briefing {
  return {
    async of(person: PersonId, place: Place): Promise<readonly BriefingLine[]> {
      const { briefs, briefTokens, consent } = learning
      if (!(await consent.allows(person, place))) return []
      const at = clock.now()
      const question = { person, place, words: '', at, isFresh: false, isLook: true } as const
      const { lines } = fittingBrief(await briefs.brief(question), briefTokens)
      if (lines.every(({ trait }) => trait === undefined)) return lines.map(line => lineOf(line, undefined))
      const byId = new Map<TraitId, Known['traits'][number]>()
      const isMissing = () => lines.some(({ trait }) => trait !== undefined && !byId.has(trait))
      // What they took along from elsewhere is kept there.
      for (const workspace of new Set([workspaceOf(place), ...(await known.workspaces(person))])) {
        if (!isMissing()) break
        for (const trait of (await known.known(person, workspace, at)).traits) byId.set(trait.id, trait)
      }
      return lines.map(line => lineOf(line, line.trait === undefined ? undefined : byId.get(line.trait)))
    },
  }
}

function lineOf({ text, isLent }: BriefLine, trait: Known['traits'][number] | undefined): BriefingLine {
  const first = trait?.evidence.toSorted((one, other) => one.at.getTime() - other.at.getTime())[0]
  const from = first && { message: first.message, quote: first.quote, at: first.at }
  return { text, trait: trait?.id, since: trait?.since, from, isLent: isLent === true }
}
