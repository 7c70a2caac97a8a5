import type { CommandView, Json } from '#playground/page/wire.ts'

/** A command as a client of Discord sends it: its name and subcommand, and what it was given. `rest`: all behind its name. */
export type TypedCommand = Readonly<{
  name: string
  rest: string
  typed: string
  options: Readonly<Record<string, string>>
}>

const subcommand = 1

/** Reads `/name sub option:some words other:value`; `undefined`: there is no such command. */
export function readCommand(line: string, commands: readonly CommandView[]): TypedCommand | undefined {
  const [, name = '', rest = ''] = /^\/(\S+)\s*(.*)$/s.exec(line) ?? []
  const command = commands.find(one => one.name === name)
  if (command === undefined) return undefined
  const [, first = '', behind = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? []
  const sub = command.options.find(one => one['type'] === subcommand && one['name'] === first)
  if (sub === undefined) return { name, rest, typed: name, options: readValues(rest, command.options) }
  return { name, rest, typed: `${name} ${first}`, options: readValues(behind, optionsOf(sub)) }
}

export function optionsOf({ options }: Json): readonly Json[] {
  return Array.isArray(options) ? (options as readonly Json[]) : []
}

/** Values are named (`name:words`); without a name all of it is the first option's. */
function readValues(text: string, options: readonly Json[]): Readonly<Record<string, string>> {
  const names = options.map(one => String(one['name']))
  const [only] = names
  if (text.trim() === '' || only === undefined) return {}
  const pattern = new RegExp(`(?:^|\\s)(${names.map(name => RegExp.escape(name)).join('|')}):`, 'g')
  const marks = [...text.matchAll(pattern)]
  if (marks.length === 0) return { [only]: text.trim() }
  const values = marks.map((match, at) => {
    const value = text.slice(match.index + match[0].length, marks[at + 1]?.index)
    return [match[1] ?? '', value.trim()]
  })
  return Object.fromEntries(values)
}
