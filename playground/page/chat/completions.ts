import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { meOn } from '#playground/page/state/stores.ts'
import type { Json } from '#playground/page/wire.ts'
import { optionsOf } from './read-command.ts'

/** Something that the last word may become. `isWhole`: it is what was typed already. */
export type Choice = Readonly<{ label: string; description: string; text: string; isWhole: boolean }>

const mostOffers = 8
/** Discord's numbers for options that have options of their own. */
const nested = [1, 2]

/** What a half-typed line may become: a command and what it takes, or somebody to mention. */
export function completionsFor(store: ChatStore, line: string): readonly Choice[] {
  const found = line.startsWith('/') ? commandChoices(store, line) : mentionChoices(store, line)
  return found.slice(0, mostOffers)
}

/** The line with its last word become that. */
export function withChoice(line: string, { text }: Choice): string {
  // A value may have blanks in it: it begins behind the name of its option.
  const [name] = /^[\w-]+:/.exec(text) ?? []
  const begun = name === undefined || !line.startsWith('/') ? -1 : line.lastIndexOf(` ${name}`)
  if (begun >= 0) return `${line.slice(0, begun + 1)}${text}`
  return line.slice(0, line.length - lastWord(line).length) + text
}

function commandChoices(store: ChatStore, line: string): readonly Choice[] {
  const [name = '', ...words] = line.slice(1).split(' ')
  const commands = store.scene.value?.commands ?? []
  if (words.length === 0) {
    return commands
      .filter(one => one.name.startsWith(name))
      .map(one => choice(`/${one.name}`, one.description, line, store.platform === 'discord' && one.options.length > 0))
  }
  const command = commands.find(one => one.name === name)
  return command ? optionChoices(command.options, words) : []
}

/** Goes down from a command into what it takes, word by word; at the end are the values that an option may have. */
function optionChoices(options: readonly Json[], words: readonly string[]): readonly Choice[] {
  const [first = '', ...rest] = words
  const subs = options.filter(one => nested.includes(Number(one['type'])))
  const chosen = subs.find(one => one['name'] === first)
  if (chosen && rest.length > 0) return optionChoices(optionsOf(chosen), rest)
  if (subs.length > 0) {
    if (rest.length > 0) return []
    return subs
      .filter(one => String(one['name']).startsWith(first))
      .map(one => choice(String(one['name']), String(one['description'] ?? ''), first, optionsOf(one).length > 0))
  }
  const last = words.at(-1) ?? ''
  return options.flatMap(one => valueChoices(one, last))
}

function valueChoices(option: Json, typed: string): readonly Choice[] {
  const prefix = `${String(option['name'])}:`
  const choices = Array.isArray(option['choices']) ? (option['choices'] as readonly Json[]) : []
  if (typed.startsWith(prefix)) {
    const half = typed.slice(prefix.length)
    return choices
      .filter(one => String(one['value']).startsWith(half) && String(one['value']) !== half)
      .map(one => choice(`${prefix}${String(one['value'])}`, String(one['name']), typed, false))
  }
  if (!prefix.startsWith(typed)) return []
  const description = `${String(option['description'] ?? '')}${option['required'] === true ? '' : ' (optional)'}`
  return [{ label: prefix, description, text: prefix, isWhole: false }]
}

function choice(label: string, description: string, typed: string, hasMore: boolean): Choice {
  return { label, description, text: hasMore ? `${label} ` : label, isWhole: label === typed && !hasMore }
}

function mentionChoices(store: ChatStore, line: string): readonly Choice[] {
  const word = lastWord(line)
  if (!word.startsWith('@')) return []
  const me = meOn(store)?.id
  const half = word.slice(1).toLowerCase()
  return [...store.people.value.values()]
    .filter(({ id, name, handle }) => id !== me && [name, handle].some(one => one.toLowerCase().startsWith(half)))
    .map(({ name, handle }) => ({ label: `@${name}`, description: handle, text: `@${name} `, isWhole: false }))
}

function lastWord(line: string): string {
  return /\S*$/.exec(line)?.[0] ?? ''
}
