import type { PersonId } from '#src/core/ids.ts'
import { type LearningScope, styleScope } from '#src/core/learning-scope.ts'
import type { Evidence, Trait } from '#src/core/trait.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import type { CommandParts } from './command-parts.ts'

/** One thing that is known of a person, as they may read it. */
export type Note = Readonly<{
  /** By which they name it: the number of a trait, or the name of what was noticed. */
  id: string
  workspace: WorkspaceId
  text: string
  scope: LearningScope
  since: Date | undefined
  /** The words that it rests on, oldest first. */
  evidence: readonly Evidence[]
  /** Absent for what was noticed and never said. */
  trait: Trait | undefined
}>

type Parts = Pick<CommandParts, 'store' | 'learning' | 'clock'>

/** All that is known of a person, everywhere; what was said before what was noticed, the newest first. */
export async function notesOf({ store, learning, clock }: Parts, person: PersonId): Promise<readonly Note[]> {
  const workspaces = await store.learning.workspaces(person)
  const known = await Promise.all(
    workspaces.map(async workspace => ({
      workspace,
      ...(await store.learning.known(person, workspace, clock.now())),
    })),
  )
  const notebook = learning?.notebook
  const said = known.flatMap(({ workspace, traits }) =>
    traits
      .filter(({ status }) => status === 'active')
      .map(({ evidence, ...trait }): Note => {
        const text = notebook?.tellTrait(trait) ?? `${trait.slot.replaceAll('_', ' ')}: ${trait.value}`
        return { id: trait.id, workspace, text, scope: trait.scope, since: trait.since, evidence, trait }
      }),
  )
  const noticed = known.flatMap(({ workspace, readings }) =>
    readings
      .filter(({ isOn }) => isOn)
      .map((reading): Note => {
        const text = notebook?.tellReading(reading) ?? `${reading.key.replaceAll('_', ' ')}: ${reading.value}`
        const { key: id, scope } = reading
        return { id, workspace, text, scope, since: undefined, evidence: [], trait: undefined }
      }),
  )
  return [...said.toSorted((one, other) => Number(other.id) - Number(one.id)), ...noticed]
}

/** Where a note may be used, in words. */
export function usedWhere({ scope, workspace }: Note, here: WorkspaceId): string {
  const elsewhere = workspace === here || workspace.endsWith(':-') ? '' : ' (of another workspace)'
  if (scope === styleScope) return `everywhere we talk there${elsewhere}`
  if (scope === 'dm') return `in our DM only${elsewhere}`
  if (scope === 'public') return `in the open channels of its workspace, and in our DM${elsewhere}`
  return `only where you said it${elsewhere}`
}
