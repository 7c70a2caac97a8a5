import { learningModes, placeModePreference } from '#src/core/consent.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { type Command, howToWrite } from './command.ts'
import { nobodyLearns } from './learning.ts'

const choices = [...learningModes, 'default'] as const

export const observe: Command = {
  verb: 'observe',
  description: 'Whether I learn in this channel how people like to be talked to.',
  usage: 'observe on | ask | off | default',
  options: [
    {
      name: 'choice',
      description: 'on, only from who said yes, or off.',
      isRequired: true,
      choices,
    },
  ],
  isForAdmins: true,
  sets: (words, { place }) => (choiceOf(words) === undefined ? undefined : `observe ${scopeOfPlace(place)}`),
  async run({ store, learning, place }, words) {
    const choice = choiceOf(words)
    if (choice === undefined) return howToWrite(observe)
    if (learning === undefined) return nobodyLearns
    await store.preferences.choose(placeModePreference, scopeOfPlace(place), choice === 'default' ? undefined : choice)
    return whatItMeans[choice]
  },
}

const whatItMeans = {
  on: 'I learn here, unless somebody says no, as far as whoever runs me lets me.',
  ask: 'I learn here only from who said yes.',
  off: 'I learn from nobody here.',
  default: 'Whether I learn here is as it is set for everywhere.',
} as const

function choiceOf(words: readonly string[]): (typeof choices)[number] | undefined {
  return choices.find(choice => choice === words.join(' ').toLowerCase())
}
