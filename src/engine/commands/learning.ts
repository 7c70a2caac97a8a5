import { type LearningChoice, learningChoices } from '#src/core/consent.ts'
import { scopeOf } from '#src/core/preferences.ts'
import { type Command, howToWrite } from './command.ts'
import { forThisAccount } from './linked-words.ts'

export const nobodyLearns = 'I do not learn from anybody here.'

export const learning: Command = {
  verb: 'learning',
  description: 'Whether I learn how you like to be talked to.',
  usage: 'learning on | off | default [here]',
  options: [
    { name: 'choice', description: 'Whether I may.', isRequired: true, choices: learningChoices },
    { name: 'where', description: 'Wherever we talk, unless you say here.', choices: ['here'] },
  ],
  countsLate: words => chosenIn(words) !== undefined,
  sets(words, { place, person }) {
    const { where } = chosenIn(words) ?? {}
    return where && `learning ${scopeOf(person.id, where === 'here' ? place : undefined)}`
  },
  async run(context, words) {
    const { learning: parts, place, person } = context
    const chosen = chosenIn(words)
    if (chosen === undefined) return howToWrite(learning)
    if (parts === undefined) return nobodyLearns
    const { choice, where } = chosen
    const told = await parts.consent.choose(person.id, place, choice, where)
    return `${told}${choice === 'off' ? await forThisAccount(context, 'what it lent is used no more, and I learn on from') : ''}`
  },
}

type Chosen = Readonly<{ choice: LearningChoice; where: 'here' | 'everywhere' }>

function chosenIn(words: readonly string[]): Chosen | undefined {
  const [wanted, where = 'everywhere'] = words.map(word => word.toLowerCase())
  const choice = learningChoices.find(known => known === wanted)
  if (choice === undefined || (words.length > 1 && where !== 'here')) return undefined
  return { choice, where: where === 'here' ? 'here' : 'everywhere' }
}
