import type { Command, Desk } from './command.ts'
import { lookCommands } from './look-commands.ts'
import { Misuse } from './misuse.ts'
import { talkCommands } from './talk-commands.ts'
import { weatherCommands } from './weather-commands.ts'

const help: Command = {
  name: 'help',
  does: 'this',
  run: ({ ledger }) => {
    ledger.plain(['', ...helpLines(), ''])
  },
}

const groups: readonly (readonly [title: string, commands: readonly Command[]])[] = [
  ['Talk', talkCommands],
  ['Weather', weatherCommands],
  ['Look', [...lookCommands, help]],
]

const commands = groups.flatMap(([, members]) => members)

/** Carries out a line that begins with a slash. Throws `Misuse` with a helpful word for what there is not. */
export async function runCommand(line: string, desk: Desk, signal: AbortSignal): Promise<void> {
  const [, name = '', rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(line) ?? []
  const command = commands.find(one => one.name === name.toLowerCase())
  if (command) return await command.run(desk, rest.trim(), signal)
  const near = commands.filter(one => name !== '' && one.name.startsWith(name.slice(0, 1).toLowerCase())).map(usage)
  throw new Misuse(
    `There is no /${name}${near.length > 0 ? `; there is ${near.join(', ')}` : ''}. /help lists everything.`,
  )
}

/** The commands that begin like this line, while their name is being typed; then what they take. */
export function hintFor(line: string): string | undefined {
  const [, name, gap] = /^\/(\S*)(\s)?/.exec(line) ?? []
  if (name === undefined) return undefined
  const fitting = commands.filter(one => (gap === undefined ? one.name.startsWith(name) : one.name === name))
  const [only] = fitting
  if (only && fitting.length === 1) return `${usage(only)}  ${only.does}`
  return fitting.length > 0 ? fitting.map(one => `/${one.name}`).join(' ') : 'no such command; /help lists them'
}

/** What a half-typed word may become: a command, or somebody to mention. */
export function completions(line: string, people: readonly string[]): readonly string[] {
  if (line.startsWith('/') && !line.includes(' ')) {
    return commands.map(one => `/${one.name}${one.takes ? ' ' : ''}`).filter(one => one.startsWith(line))
  }
  const [word] = /@\w*$/.exec(line) ?? []
  if (word === undefined) return []
  const named = people.map(one => `@${one} `).filter(one => one.toLowerCase().startsWith(word.toLowerCase()))
  return named.map(one => line.slice(0, -word.length) + one)
}

function helpLines(): readonly string[] {
  const width = Math.max(...commands.map(one => usage(one).length))
  const lines = groups.flatMap(([title, members]) => [
    `  ${title}`,
    ...members.map(one => `    ${usage(one).padEnd(width)}  ${one.does}`),
  ])
  const ways =
    'Everything else is said where you are. In a channel Aeries answers to @Aeries, to a reply, and in its threads.'
  const slack =
    'You start in Discord; /in slack dm, /in slack #general and /in slack thread lead to Slack, /in dm back.'
  return [...lines, '', `  ${ways}`, `  ${slack}`]
}

function usage({ name, takes }: Command): string {
  return takes === undefined ? `/${name}` : `/${name} ${takes}`
}
