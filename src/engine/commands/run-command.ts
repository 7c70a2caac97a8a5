import type { PrivateWords } from '#src/core/event.ts'
import type { Call } from './call.ts'
import type { CommandContext, Suggestion } from './command.ts'
import { findCommand } from './registry.ts'

/** Does what a person asks for, for that person alone. */
export async function runCommand(context: CommandContext, { verb, words }: Call): Promise<PrivateWords> {
  const command = findCommand(verb === '' ? 'help' : verb)
  if (command === undefined) {
    return `I do not know "${verb.slice(0, 40)}". /aeries help tells all that I know: ${context.commands.map(one => one.verb).join(', ')}.`
  }
  if (command.isForAdmins && !context.access.isAdmin(context.person, context.place)) {
    return 'That is for those who run this place. Nothing has changed.'
  }
  return await command.run(context, words)
}

/** At most so many are shown. */
const mostSuggestions = 25
const longest = 100

/** What an option of a verb may be, for what is typed of it so far. */
export async function suggestFor(context: CommandContext, verb: string, typed: string): Promise<readonly Suggestion[]> {
  const found = (await findCommand(verb)?.suggest?.(context, typed)) ?? []
  return found.slice(0, mostSuggestions).map(({ name, value }) => ({ name: cut(name), value }))
}

function cut(name: string): string {
  return name.length <= longest ? name : `${name.slice(0, longest - 1).toWellFormed()}…`
}
