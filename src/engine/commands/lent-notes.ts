import { learningPreference } from '#src/core/consent.ts'
import type { PersonId } from '#src/core/ids.ts'
import { isIgnored } from '#src/core/ignored.ts'
import { dmScope, styleScope } from '#src/core/learning-scope.ts'
import { type Preferences, scopeOf } from '#src/core/preferences.ts'
import type { CommandContext } from './command.ts'
import { notesOf } from './notes.ts'
import { tellAccount } from './tell-account.ts'

/** So many of each account are told: all of them stand in its own `me`. */
const most = 6

/** What linked accounts lend to this one, as a part of `me`; empty: nothing. */
export async function tellLent(context: CommandContext): Promise<string> {
  const { store, person } = context
  const parts: string[] = []
  for (const { other, facts } of await store.links.of(person.id)) {
    if (!(await lends(store.preferences, other.person))) continue
    const isLent = (scope: string) => scope === styleScope || (scope === dmScope && facts.here && facts.there)
    const notes = (await notesOf(context, other.person)).filter(({ scope }) => isLent(scope))
    if (notes.length === 0) continue
    const lines = notes
      .slice(0, most)
      .map(({ text, scope }) => `- ${text}${scope === dmScope ? ' (in our DM only)' : ''}`)
    const more = notes.length > most ? `\n- and ${notes.length - most} more` : ''
    parts.push(
      `**From ${tellAccount(other).replaceAll('**', '')}**, which is linked; there you change them:\n${lines.join('\n')}${more}`,
    )
  }
  return parts.join('\n\n')
}

/** Who wants to be left alone, or not to be learnt from, lends nothing. */
async function lends(preferences: Preferences, person: PersonId): Promise<boolean> {
  const learning = await preferences.chosen(learningPreference, [scopeOf(person)])
  return learning !== 'off' && !(await isIgnored(preferences, person))
}
