import { type Consent, learningChoices } from '#src/core/consent.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import { scopeOf } from '#src/core/preferences.ts'
import type { Store } from '#src/core/store.ts'
import { paces, streamPreference } from './pace-of.ts'

type Context = Readonly<{ store: Store; consent: Consent | undefined; place: Place; person: Person }>

/** One verb of `/aeries VERB`, the same on all platforms. What it returns is told to the person alone. */
type Command = Readonly<{
  /** How it is written, for a person. */
  usage: string
  run(context: Context, words: readonly string[]): Promise<string>
}>

const commands: Readonly<Record<string, Command>> = {
  stream: {
    usage: 'stream live | calm | off | default [everywhere]',
    async run({ store, place, person }, [pace = '', where]) {
      const isKnown = pace === 'default' || paces.some(known => known === pace)
      if (!isKnown || (where !== undefined && where !== 'everywhere')) return usage('stream')
      const scope = scopeOf(person.id, where === undefined ? place : undefined)
      await store.preferences.choose(streamPreference, scope, pace === 'default' ? undefined : pace)
      return `${whatItMeans[pace]} This counts ${where === undefined ? 'here' : 'wherever we talk'}, for you.`
    },
  },
  learning: {
    usage: 'learning on | off | default [here]',
    async run({ consent, place, person }, [wanted, where]) {
      const choice = learningChoices.find(known => known === wanted)
      if (choice === undefined || (where !== undefined && where !== 'here')) return usage('learning')
      if (consent === undefined) return 'I do not learn from anybody here.'
      return await consent.choose(person.id, place, choice, where ?? 'everywhere')
    },
  },
}

const whatItMeans: Readonly<Record<string, string>> = {
  live: 'My answers to you grow as I write them.',
  calm: 'My answers to you grow in few steps, at least three seconds apart.',
  off: 'My answers to you come as a whole.',
  default: 'My answers to you grow as it is usual here.',
}

export type Call = Readonly<{ verb: string; words: readonly string[] }>

/** A message that is nothing but a command, `aeries VERB ...` with or without a slash; of an unknown verb it is a message like any other. */
export function callIn(text: string): Call | undefined {
  const [, verb = '', words = ''] = /^\/?aeries\s+(\w+)\s*(.*)$/is.exec(text.trim()) ?? []
  return Object.hasOwn(commands, verb.toLowerCase()) ? callOf(verb, words) : undefined
}

export function callOf(verb: string, words: string): Call {
  return {
    verb: verb.toLowerCase(),
    words: words
      .toLowerCase()
      .split(/\s+/)
      .filter(word => word !== ''),
  }
}

/** Does what a person asks for, for that person alone. */
export async function runCommand(context: Context, { verb, words }: Call): Promise<string> {
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined
  if (command === undefined) return `I do not know that. ${Object.keys(commands).map(usage).join(' ')}`
  return await command.run(context, words)
}

function usage(verb: string): string {
  return `Write it like this: /aeries ${commands[verb]?.usage}.`
}
