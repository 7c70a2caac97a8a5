import { learningModes, placeModePreference } from '#src/core/consent.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { type Command, howToWrite } from './command.ts'
import { nobodyLearns } from './learning.ts'

export const observe: Command = {
  verb: 'observe',
  description: 'Whether I learn in this channel how people like to be talked to.',
  usage: 'observe on | ask | off | default',
  options: [
    {
      name: 'choice',
      description: 'on, only from who said yes, or off.',
      isRequired: true,
      choices: [...learningModes, 'default'],
    },
  ],
  isForAdmins: true,
  async run({ store, learning, place }, words) {
    const wanted = words.join(' ').toLowerCase()
    const mode = learningModes.find(one => one === wanted)
    if (mode === undefined && wanted !== 'default') return howToWrite(observe)
    if (learning === undefined) return nobodyLearns
    await store.preferences.choose(placeModePreference, scopeOfPlace(place), mode)
    return whatItMeans[mode ?? 'default']
  },
}

const whatItMeans = {
  on: 'I learn here, unless somebody says no, as far as whoever runs me lets me.',
  ask: 'I learn here only from who said yes.',
  off: 'I learn from nobody here.',
  default: 'Whether I learn here is as it is set for everywhere.',
} as const
