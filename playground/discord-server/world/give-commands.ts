import { messagePayload } from '#playground/discord-server/wire/message-payload.ts'
import { refuse } from './api-error.ts'
import { findInMenu, findTyped } from './application-commands.ts'
import type { Interaction } from './interaction.ts'
import { interactionType } from './interaction.ts'
import { startInteraction } from './interactions.ts'
import type { Json } from './json.ts'
import type { World } from './world.ts'

type Given = Readonly<Record<string, string>>

/** Somebody gives a slash command as the client lets them: only options that there are, all that are required, and choices only. */
export function giveCommand(
  world: World,
  personId: string,
  channelId: string,
  typed: string,
  given: Given,
): Interaction {
  const { command, subcommand, options } = findTyped(world, typed)
  for (const name of Object.keys(given)) {
    if (!options.some(one => one['name'] === name)) throw new Error(`"/${typed}" has no option "${name}"`)
  }
  for (const option of options) {
    const name = String(option['name'])
    if (option['required'] === true && given[name] === undefined) throw new Error(`"/${typed}" wants "${name}"`)
    const choices = Array.isArray(option['choices']) ? (option['choices'] as readonly Json[]) : []
    if (given[name] !== undefined && choices.length > 0 && !choices.some(one => one['value'] === given[name])) {
      throw new Error(`"${given[name]}" is no choice of "${name}"`)
    }
  }
  const data = dataOf(command, subcommand, valuesOf(options, given))
  return startInteraction(world, { type: interactionType.command, personId, channelId, messageId: undefined, data })
}

/** Somebody types an option of a command that completes. */
export function typeOption(
  world: World,
  personId: string,
  channelId: string,
  typed: string,
  option: string,
  text: string,
): Interaction {
  const { command, subcommand, options } = findTyped(world, typed)
  const found = options.find(one => one['name'] === option)
  if (found?.['autocomplete'] !== true) throw new Error(`"${option}" of "/${typed}" completes nothing`)
  const data = dataOf(command, subcommand, [{ name: option, type: found['type'], value: text, focused: true }])
  return startInteraction(world, {
    type: interactionType.autocomplete,
    personId,
    channelId,
    messageId: undefined,
    data,
  })
}

/** Somebody picks a command from the menu of a message. */
export function pickFromMenu(world: World, personId: string, messageId: string, name: string): Interaction {
  const command = findInMenu(world, name)
  const message = world.messages.find(messageId)
  if (!message || message.deletedAt !== undefined) throw refuse.unknownMessage()
  const data = {
    id: command['id'],
    name,
    type: command['type'],
    target_id: messageId,
    // Whoever is given the message by hand reads all of it, whatever its intents.
    resolved: { messages: { [messageId]: messagePayload(world, message, { content: true }) } },
  }
  return startInteraction(world, {
    type: interactionType.command,
    personId,
    channelId: message.channelId,
    messageId: undefined,
    data,
  })
}

/** Sends the form that an interaction was answered with; what is left out keeps its value, or is empty. */
export function sendForm(world: World, interaction: Interaction, given: Given): Interaction {
  const form = interaction.shown
  if (form === undefined || typeof form['custom_id'] !== 'string') throw new Error('There is no form to send')
  const rows = Array.isArray(form['components']) ? (form['components'] as readonly Json[]) : []
  const components = rows.map(row => {
    const inputs = Array.isArray(row['components']) ? (row['components'] as readonly Json[]) : []
    return {
      type: 1,
      components: inputs.map(input => ({ type: 4, custom_id: input['custom_id'], value: valueIn(input, given) })),
    }
  })
  return startInteraction(world, {
    type: interactionType.modal,
    personId: interaction.personId,
    channelId: interaction.channelId,
    messageId: undefined,
    data: { custom_id: form['custom_id'], components },
  })
}

function valueIn(input: Json, given: Given): string {
  const value = given[String(input['custom_id'])] ?? String(input['value'] ?? '')
  if (input['required'] !== false && value === '') throw new Error(`"${String(input['label'])}" wants words`)
  return value
}

function valuesOf(options: readonly Json[], given: Given): readonly Json[] {
  return options.flatMap(one => {
    const value = given[String(one['name'])]
    return value === undefined ? [] : [{ name: one['name'], type: one['type'], value }]
  })
}

function dataOf(command: Json, subcommand: Json | undefined, options: readonly Json[]): Json {
  const { id, name, type } = command
  const inner = subcommand === undefined ? options : [{ name: subcommand['name'], type: subcommand['type'], options }]
  return { id, name, type, options: inner }
}
