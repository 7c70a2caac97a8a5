import { incognitoPreference, incognitoTalk, readIncognito, writeIncognito } from '#src/core/incognito.ts'
import { scopeOfTalk } from '#src/core/preferences.ts'
import { type Command, type CommandContext, howToWrite } from './command.ts'

const choices = ['on', 'off'] as const

export const incognito: Command = {
  verb: 'incognito',
  description: 'This talk is kept only while it lasts.',
  usage: 'incognito on | off',
  options: [{ name: 'choice', description: 'On or off.', isRequired: true, choices }],
  countsLate: ([choice]) => choiceOf(choice) !== undefined,
  sets: ([choice], { place }) => (choiceOf(choice) === undefined ? undefined : `incognito ${incognitoTalk(place)}`),
  async run(context, [wanted]) {
    const { store, person, place, clock, saidAt } = context
    const scope = scopeOfTalk(person.id, incognitoTalk(place))
    const choice = choiceOf(wanted)
    if (choice === undefined) return howToWrite(incognito)
    if (choice === 'off') {
      return (await endIncognito(context))
        ? 'What you said here incognito, and what I answered, is gone. From now on I remember again.'
        : 'You are not incognito here.'
    }
    const before = await store.preferences.chosen(incognitoPreference, [scope])
    // What they said since, and was heard sooner, they meant to be incognito.
    const [last] = await store.history.ofPerson(person.id, 1, saidAt && new Date(saidAt.getTime() + 1))
    const value = writeIncognito({ since: clock.now(), after: last?.position })
    if (before === undefined) await store.preferences.choose(incognitoPreference, scope, value)
    context.watchIncognito()
    return 'You are incognito here: I use no notes about you and make none. What you say and what I answer is kept only for this talk, and deleted when you say `/aeries incognito off` or `/aeries new`, or half an hour after your last word. What stands on the platform itself stays there.'
  },
}

function choiceOf(word: string | undefined): (typeof choices)[number] | undefined {
  return choices.find(choice => choice === word?.toLowerCase())
}

/** Takes out what was said since, and before the command, however late that is heard. `false`: they were not incognito there. */
export async function endIncognito({ store, person, place, answers, saidAt }: CommandContext): Promise<boolean> {
  const conversation = incognitoTalk(place)
  const scope = scopeOfTalk(person.id, conversation)
  const value = await store.preferences.chosen(incognitoPreference, [scope])
  if (value === undefined) return false
  answers.stop({ place, person })
  const { after } = readIncognito(value)
  for (const { message, at } of await store.ownData.saidSince(person.id, conversation, after)) {
    if (saidAt === undefined || at <= saidAt) await store.forget.message(message)
  }
  await store.preferences.choose(incognitoPreference, scope, undefined)
  return true
}
