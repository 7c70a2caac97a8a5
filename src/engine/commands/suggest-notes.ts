import type { CommandContext, Suggestion } from './command.ts'
import { notesOf } from './notes.ts'

/** The notes about a person whose number or words hold what they type. */
export async function suggestNotes(context: CommandContext, typed: string): Promise<readonly Suggestion[]> {
  const wanted = typed.toLowerCase()
  return (await notesOf(context, context.person.id))
    .map(({ id, text }) => ({ name: `${id} · ${text}`, value: id }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
}
