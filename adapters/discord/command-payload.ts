import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js'
import { z } from 'zod'
import { type CommandSpec, messageCommands } from '#src/core/command.ts'

/** What people type before a verb. */
const slashName = 'aeries'

const everywhere = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} as const

/** All commands as Discord is told of them: one with the verbs below it, and those in the menu of a message. */
export function commandPayload(specs: readonly CommandSpec[]): readonly object[] {
  const slash = {
    ...everywhere,
    type: ApplicationCommandType.ChatInput,
    name: slashName,
    description: 'Ask Aeries about itself, and about what it knows of you. Only you see the answer.',
    options: specs.map(({ verb, description, options }) => ({
      type: ApplicationCommandOptionType.Subcommand,
      name: verb,
      description,
      options: options.map(optionPayload),
    })),
  }
  const inMenus = Object.values(messageCommands).map(name => ({
    ...everywhere,
    type: ApplicationCommandType.Message,
    name,
  }))
  return [slash, ...inMenus]
}

function optionPayload({ name, description, isRequired, choices, completes }: CommandSpec['options'][number]): object {
  return {
    type: ApplicationCommandOptionType.String,
    name,
    description,
    required: isRequired === true,
    ...(choices && { choices: choices.map(value => ({ name: value, value })) }),
    ...(completes && { autocomplete: true }),
  }
}

const known = z.array(
  z.object({
    type: z.number(),
    name: z.string(),
    description: z.string().default(''),
    contexts: z.array(z.number()).nullish(),
    integration_types: z.array(z.number()).nullish(),
    options: z.array(z.lazy(() => option)).default([]),
  }),
)
const value = z.object({
  type: z.number(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().default(false),
  choices: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
  autocomplete: z.boolean().default(false),
})
const option = value.extend({ options: z.array(value).default([]) })

/** Whether Discord has just these, whatever it adds of its own. */
export function isRegistered(registered: unknown, wanted: readonly object[]): boolean {
  const there = known.safeParse(registered)
  return there.success && same(there.data) === same(known.parse(wanted))
}

function same(commands: z.infer<typeof known>): string {
  return JSON.stringify(commands.toSorted((one, other) => one.type - other.type || (one.name < other.name ? -1 : 1)))
}
