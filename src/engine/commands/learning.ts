import { learningChoices } from '#src/core/consent.ts'
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
  countsLate: ([choice]) => choice?.toLowerCase() === 'off',
  async run(context, words) {
    const { learning: parts, place, person } = context
    const [wanted, where] = words.map(word => word.toLowerCase())
    const choice = learningChoices.find(known => known === wanted)
    if (choice === undefined || (where !== undefined && where !== 'here')) return howToWrite(learning)
    if (parts === undefined) return nobodyLearns
    const told = await parts.consent.choose(person.id, place, choice, where ?? 'everywhere')
    return `${told}${choice === 'off' ? await forThisAccount(context, 'what it lent is used no more, and I learn on from') : ''}`
  },
}
