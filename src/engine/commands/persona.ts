import { personaPreference, personaScope } from '#src/core/persona.ts'
import { isShared } from '#src/core/place.ts'
import type { Command, CommandContext } from './command.ts'

export const persona: Command = {
  verb: 'persona',
  description: 'Who I am here: in your DM you choose, in a channel an admin does.',
  usage: 'persona [NAME | default]',
  options: [{ name: 'name', description: 'One of those that I can be.', completes: true }],
  // A name is any word: "persona non grata".
  takes: words => words.length <= mostWords,
  isExact: words => words.length === 0 || words.join(' ').toLowerCase() === 'default',
  sets: (words, { place, person }) => (words.length === 0 ? undefined : `persona ${personaScope(place, person.id)}`),
  async run(context, words) {
    const { store, access, place, person, personas } = context
    const name = words.join(' ')
    if (name === '') return await tell(context)
    const wanted = personas.all().find(one => one.name.toLowerCase() === name.toLowerCase())
    const isDefault = name.toLowerCase() === 'default'
    if (wanted === undefined && !isDefault) return `I do not know ${name.slice(0, 40)}. ${await tell(context)}`
    if (isShared(place) && !access.isAdmin(person, place)) {
      return 'Who I am here is for those who run this place. In our DM you choose.'
    }
    await store.preferences.choose(personaPreference, personaScope(place, person.id), wanted?.name)
    return `From my next answer on I am ${wanted?.name ?? (await nameHere(context))} ${isShared(place) ? 'in this channel' : 'here'}.`
  },
  suggest({ personas }, typed) {
    const names = [...personas.all().map(({ name }) => name), 'default']
    const found = names.filter(name => name.toLowerCase().includes(typed.trim().toLowerCase()))
    return found.map(name => ({ name, value: name }))
  },
}

/** A persona's name has at most 40 letters. */
const mostWords = 4

async function tell(context: CommandContext): Promise<string> {
  const all = context.personas.all().map(({ name, about }) => `- **${name}**${about === undefined ? '' : `: ${about}`}`)
  return `Here I am ${await nameHere(context)}. I can be:\n${all.join('\n')}`
}

async function nameHere({ store, place, person, personas }: CommandContext): Promise<string> {
  const chosen = await store.preferences.chosen(personaPreference, [personaScope(place, person.id)])
  return personas.at(place, chosen).name
}
