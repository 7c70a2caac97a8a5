import { type Scope, scopeOf } from '#src/core/preferences.ts'
import { paces, streamPreference } from '#src/engine/pace-of.ts'
import { type Command, type CommandContext, howToWrite } from './command.ts'

export const stream: Command = {
  verb: 'stream',
  description: 'How my answers to you grow.',
  usage: 'stream live | calm | off | default [everywhere]',
  options: [
    { name: 'pace', description: 'How they grow.', isRequired: true, choices: [...paces, 'default'] },
    { name: 'where', description: 'Here, unless you say everywhere.', choices: ['everywhere'] },
  ],
  sets(words, said) {
    const chosen = chosenIn(words, said)
    return chosen && `stream ${chosen.scope}`
  },
  async run({ store, place, person }, words) {
    const chosen = chosenIn(words, { place, person })
    if (chosen === undefined) return howToWrite(stream)
    const { pace, where, scope } = chosen
    await store.preferences.choose(streamPreference, scope, pace === 'default' ? undefined : pace)
    return `${whatItMeans[pace]} This counts ${where === 'here' ? 'here' : 'wherever we talk'}, for you.`
  },
}

type Chosen = Readonly<{ pace: string; where: 'here' | 'everywhere'; scope: Scope }>

function chosenIn(words: readonly string[], said: Pick<CommandContext, 'place' | 'person'>): Chosen | undefined {
  const [pace = '', wide] = words.map(word => word.toLowerCase())
  const isKnown = pace === 'default' || paces.some(known => known === pace)
  if (!isKnown || (wide !== undefined && wide !== 'everywhere')) return undefined
  const where = wide ?? 'here'
  return { pace, where, scope: scopeOf(said.person.id, where === 'here' ? said.place : undefined) }
}

const whatItMeans: Readonly<Record<string, string>> = {
  live: 'My answers to you grow as I write them.',
  calm: 'My answers to you grow in few steps, at least three seconds apart.',
  off: 'My answers to you come as a whole.',
  default: 'My answers to you grow as it is usual here.',
}
