import { z } from 'zod'
import { refuse } from './api-error.ts'
import type { Json } from './json.ts'
import type { World } from './world.ts'

/** Discord's numbers for kinds of commands and of options. */
export const commandType = { chatInput: 1, user: 2, message: 3 } as const
const optionType = { subcommand: 1, group: 2, string: 3, integer: 4, boolean: 5 } as const

const chatName = /^[-_'\p{L}\p{N}\p{sc=Devanagari}\p{sc=Thai}]{1,32}$/u
const choice = z.object({ name: z.string().min(1).max(100), value: z.union([z.string().max(100), z.number()]) })

const value = z.object({
  type: z.union([z.literal(3), z.literal(4), z.literal(5)]),
  name: z.string().regex(chatName),
  description: z.string().min(1).max(100),
  required: z.boolean().optional(),
  choices: z.array(choice).max(25).optional(),
  autocomplete: z.boolean().optional(),
})
const subcommand = z.object({
  type: z.literal(1),
  name: z.string().regex(chatName),
  description: z.string().min(1).max(100),
  options: z.array(value).max(25).optional(),
})
const shared = { contexts: z.array(z.int().min(0).max(2)).optional(), integration_types: z.array(z.int()).optional() }
const chatInput = z.object({
  ...shared,
  type: z.literal(1).default(1),
  name: z.string().regex(chatName),
  description: z.string().min(1).max(100),
  options: z
    .array(z.union([subcommand, value]))
    .max(25)
    .optional(),
})
const ofMessage = z.object({
  ...shared,
  type: z.union([z.literal(2), z.literal(3)]),
  name: z.string().min(1).max(32),
  description: z.literal('').optional(),
})
const schema = z.array(z.union([chatInput, ofMessage]))

type Value = z.infer<typeof value>
type Subcommand = z.infer<typeof subcommand>

/** Most characters of all names, descriptions and values of one command together. */
const mostCharacters = 8_000

/** Takes the place of all commands that the application had, as a bulk overwrite does. */
export function overwriteCommands(world: World, body: unknown): readonly Json[] {
  const parsed = schema.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refuse.form(issue?.path.join('.') || 'body', 'BASE_TYPE_BAD', issue?.message ?? 'Invalid')
  }
  const seen = new Set<string>()
  for (const command of parsed.data) {
    const name = `${command.type} ${command.name}`
    if (seen.has(name)) throw refuse.form('name', 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Command names must be unique')
    seen.add(name)
    if ('options' in command) checkOptions(command.options ?? [])
    if (command.type === 1 && command.name !== command.name.toLowerCase()) {
      throw refuse.form('name', 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')
    }
  }
  const commands = parsed.data.map(command => ({
    id: world.ids.next(),
    application_id: world.application.id,
    version: world.ids.next(),
    default_member_permissions: null,
    nsfw: false,
    description: '',
    ...command,
  }))
  if (commands.some(command => JSON.stringify(command).length > 4 * mostCharacters)) {
    throw refuse.form('options', 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)')
  }
  world.application.commands = commands
  return commands
}

function checkOptions(options: readonly (Value | Subcommand)[]): void {
  let wasOptional = false
  const names = new Set<string>()
  for (const option of options) {
    if (names.has(option.name))
      throw refuse.form('options', 'APPLICATION_COMMAND_OPTIONS_NAME_UNIQUE', 'Names must be unique')
    names.add(option.name)
    if (option.type === 1) {
      checkOptions(option.options ?? [])
      continue
    }
    if (option.required === true && wasOptional) {
      throw refuse.form('options', 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', 'Required options must come first')
    }
    if (option.autocomplete === true && (option.choices ?? []).length > 0) {
      throw refuse.form('options', 'APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES', 'Choices exclude autocomplete')
    }
    wasOptional ||= option.required !== true
  }
}

type Found = Readonly<{ command: Json; subcommand: Json | undefined; options: readonly Json[] }>

/** The command and subcommand behind typed words such as `aeries forget`; names the fault when there is none. */
export function findTyped(world: World, typed: string): Found {
  const [name = '', verb] = typed.replace(/^\//, '').split(/\s+/)
  const command = world.application.commands.find(one => one['type'] === commandType.chatInput && one['name'] === name)
  if (!command) throw new Error(`There is no command "/${name}"`)
  const options = listOf(command['options'])
  const subcommands = options.filter(one => one['type'] === optionType.subcommand)
  if (subcommands.length === 0) return { command, subcommand: undefined, options }
  const found = subcommands.find(one => one['name'] === verb)
  if (!found) throw new Error(`"/${name}" has no "${verb ?? ''}"`)
  return { command, subcommand: found, options: listOf(found['options']) }
}

export function findInMenu(world: World, name: string): Json {
  const command = world.application.commands.find(one => one['type'] === commandType.message && one['name'] === name)
  if (!command) throw new Error(`The menu of a message has no "${name}"`)
  return command
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}
