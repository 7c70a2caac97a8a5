import { scopeOf } from '#src/core/preferences.ts'
import { paces, streamPreference } from '#src/engine/pace-of.ts'
import { type Command, howToWrite } from './command.ts'

export const stream: Command = {
  verb: 'stream',
  description: 'How my answers to you grow.',
  usage: 'stream live | calm | off | default [everywhere]',
  options: [
    { name: 'pace', description: 'How they grow.', isRequired: true, choices: [...paces, 'default'] },
    { name: 'where', description: 'Here, unless you say everywhere.', choices: ['everywhere'] },
  ],
  async run({ store, place, person }, words) {
    const [pace = '', where] = words.map(word => word.toLowerCase())
    const isKnown = pace === 'default' || paces.some(known => known === pace)
    if (!isKnown || (where !== undefined && where !== 'everywhere')) return howToWrite(stream)
    const scope = scopeOf(person.id, where === undefined ? place : undefined)
    await store.preferences.choose(streamPreference, scope, pace === 'default' ? undefined : pace)
    return `${whatItMeans[pace]} This counts ${where === undefined ? 'here' : 'wherever we talk'}, for you.`
  },
}

const whatItMeans: Readonly<Record<string, string>> = {
  live: 'My answers to you grow as I write them.',
  calm: 'My answers to you grow in few steps, at least three seconds apart.',
  off: 'My answers to you come as a whole.',
  default: 'My answers to you grow as it is usual here.',
}
