import { ignoredPreference } from '#src/core/ignored.ts'
import { scopeOf } from '#src/core/preferences.ts'
import { actionOf } from './call.ts'
import { type Command, howToWrite } from './command.ts'
import { forThisAccount } from './linked-words.ts'

export const ignore: Command = {
  verb: 'ignore',
  description: 'I store nothing of you and do not answer you.',
  usage: 'ignore me | off',
  options: [{ name: 'whom', description: 'me, or off to end it.', isRequired: true, choices: ['me', 'off'] }],
  countsLate: words => choiceOf(words) !== undefined,
  sets: words => (choiceOf(words) === undefined ? undefined : 'ignore'),
  async run(context, words) {
    const { store, person, answers } = context
    const choice = choiceOf(words)
    if (choice === undefined) return howToWrite(ignore)
    await store.preferences.choose(ignoredPreference, scopeOf(person.id), choice === 'off' ? undefined : 'on')
    if (choice === 'off') return 'Welcome back: I listen to you again.'
    await answers.stopAll(person)
    return {
      text: `From now on I store nothing of you, learn nothing, and do not answer; what others quote of you I leave out. \`/aeries ignore off\` ends that.${await forThisAccount(context, 'it lends nothing meanwhile to')} What I have of you from before is still there: shall I take it out as well?`,
      buttons: [{ action: actionOf('forget all'), label: 'Forget all' }],
    }
  },
}

function choiceOf(words: readonly string[]): 'me' | 'off' | undefined {
  const what = words.join(' ').toLowerCase()
  if (what === 'me') return 'me'
  return what === 'off' || what === 'me off' ? 'off' : undefined
}
