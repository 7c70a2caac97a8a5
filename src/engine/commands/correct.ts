import { type Command, howToWrite } from './command.ts'
import { notesOf } from './notes.ts'
import { suggestNotes } from './suggest-notes.ts'

export const correct: Command = {
  verb: 'correct',
  description: 'Put right what I know about you.',
  usage: 'correct NUMBER what is so',
  options: [
    { name: 'item', description: 'The number of the note.', isRequired: true, completes: true },
    { name: 'value', description: 'What is so.', isRequired: true },
  ],
  takes: ([id = '']) => /^\d+$/.test(id),
  // "Correct 2 mistakes in this" says as much.
  isExact: () => false,
  async run(context, [id = '', ...words]) {
    const value = words.join(' ')
    if (id === '' || value === '') return howToWrite(correct)
    const note = (await notesOf(context, context.person.id)).find(one => one.id === id)
    const notebook = context.learning?.notebook
    if (note?.trait === undefined || notebook === undefined) {
      return `I have no note ${id.slice(0, 20)} about you that can be corrected. /aeries me shows them.`
    }
    const { key, person, place, clock } = context
    const { trait, workspace } = note
    const outcome = await notebook.correct({ key, person: person.id, workspace, trait, value, place, at: clock.now() })
    if (outcome === 'gone') return `There is no note ${id} any more.`
    if (outcome === 'corrected') {
      const now = (await notesOf(context, person.id)).find(one => one.trait?.slot === trait.slot && one.id !== id)
      return `Thank you, I have it right now${now === undefined ? '.' : `: ${now.text} (note ${now.id})`}`
    }
    const choices = notebook.choicesOf(trait)
    return choices === undefined
      ? 'That I cannot write down: I keep a few plain words at most, and nothing sensitive.'
      : `That can be one of these: ${choices.map(one => one.replaceAll('_', ' ')).join(', ')}.`
  },
  suggest: suggestNotes,
}
