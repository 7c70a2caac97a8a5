import { type LearningMode, learningPreference } from '#src/core/consent.ts'
import type { PersonId } from '#src/core/ids.ts'
import { ignoredPreference } from '#src/core/ignored.ts'
import { incognitoPreference } from '#src/core/incognito.ts'
import type { Preferences } from '#src/core/preferences.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { pausePreference } from '#src/observer/consent.ts'

export type OptingParts = Readonly<{
  preferences: Pick<Preferences, 'under' | 'of'>
  mode: LearningMode
  /** See `ConsentParts`. */
  places?: ReadonlyMap<string, LearningMode> | undefined
}>

type Choice = Readonly<{ name: string; value: string }>

/** Under these names somebody may have said that they keep their style to themselves. */
const names = [learningPreference, pausePreference, incognitoPreference, ignoredPreference]

/** Whether what somebody chose, wherever it was, lets them give to cohorts and take of them; what is true of one is of the other. */
function takesPart(choices: readonly Choice[], mode: LearningMode, at: Date): boolean {
  const isOut = choices.some(({ name, value }) => {
    if (name === learningPreference) return value === 'off'
    if (name === pausePreference) return new Date(value) > at
    return name === incognitoPreference || name === ignoredPreference
  })
  if (isOut || mode === 'off') return false
  return mode === 'on' || choices.some(({ name, value }) => name === learningPreference && value === 'on')
}

function modeIn(workspace: WorkspaceId, { mode, places }: OptingParts): LearningMode {
  return places?.get(workspace) ?? mode
}

/** The same question about one person. */
export async function isPartOfCohorts(
  parts: OptingParts,
  { person, workspace, at }: Readonly<{ person: PersonId; workspace: WorkspaceId; at: Date }>,
): Promise<boolean> {
  const mode = modeIn(workspace, parts)
  return mode !== 'off' && takesPart(await parts.preferences.of(person), mode, at)
}

/** The same question about everybody in a workspace, what they chose being read once. */
export async function whoIsPart(
  parts: OptingParts,
  workspace: WorkspaceId,
  at: Date,
): Promise<(person: PersonId) => boolean> {
  const chosen: (Choice & Readonly<{ person: PersonId }>)[] = []
  for (const name of names) chosen.push(...(await parts.preferences.under(name)))
  const choices = Map.groupBy(chosen, ({ person }) => person)
  const mode = modeIn(workspace, parts)
  return person => takesPart(choices.get(person) ?? [], mode, at)
}
