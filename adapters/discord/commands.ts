import {
  type APIMessage,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type GatewayInteractionCreateDispatchData,
  InteractionResponseType,
  type InteractionType,
  MessageFlags,
  Routes,
} from 'discord.js'
import { type MessageCommand, messageCommands } from '#src/core/command.ts'
import type { CompletingEvent, ControlEvent, PrivateAnswer } from '#src/core/event.ts'
import { eventKey, messageId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import type { DiscordApi } from './discord-api.ts'
import { personOf } from './person-of.ts'
import { placeOf } from './place-of.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'
import { timeOf } from './snowflake.ts'

type Data = GatewayInteractionCreateDispatchData
type Command = Extract<Data, { type: InteractionType.ApplicationCommand }>
type Completing = Extract<Data, { type: InteractionType.ApplicationCommandAutocomplete }>
type Options = Readonly<{ options?: readonly Option[] }>
type Option = Readonly<{ name: string; type: number; value?: unknown; focused?: boolean }> & Options

/** What an interaction asks for, read from its payload. */
export type Wanted =
  | Readonly<{ type: 'verb'; verb: string; words: string }>
  | Readonly<{ type: 'menu'; command: MessageCommand; message: APIMessage }>

export function wantedOf({ data }: Command): Wanted | undefined {
  if (data.type === ApplicationCommandType.ChatInput) {
    const [sub] = (data.options ?? []) as readonly Option[]
    if (sub?.type !== ApplicationCommandOptionType.Subcommand) return undefined
    const words = (sub.options ?? []).map(({ value }) => String(value)).join(' ')
    return { type: 'verb', verb: sub.name, words }
  }
  if (data.type !== ApplicationCommandType.Message) return undefined
  const message = data.resolved.messages[data.target_id]
  const command = (Object.keys(messageCommands) as MessageCommand[]).find(key => messageCommands[key] === data.name)
  return message && command && { type: 'menu', command, message }
}

/** Where and by whom an interaction was set off; `undefined`: Discord does not say. */
export function whoAndWhere(data: Data, scene: Scene): Readonly<{ place: Place; person: Person }> | undefined {
  const user = data.member?.user ?? data.user
  const channel = data.channel_id ?? data.channel?.id
  if (user === undefined || channel === undefined) return undefined
  const where = { channel_id: channel, guild_id: data.guild_id, channel_type: data.channel?.type }
  return { place: placeOf(where, scene), person: personOf(user, data.member, where, scene) }
}

/** A command as the house hears of it. */
export function commanded(
  data: Command,
  wanted: Wanted,
  respond: PrivateAnswer,
  scene: Scene,
): ControlEvent | undefined {
  const by = whoAndWhere(data, scene)
  if (by === undefined) return undefined
  const control =
    wanted.type === 'verb'
      ? ({ type: 'command', verb: wanted.verb, words: wanted.words } as const)
      : ({
          type: 'command',
          verb: wanted.command,
          words: '',
          message: messageId(platform, data.guild_id, wanted.message.channel_id, wanted.message.id),
        } as const)
  return { type: 'control', key: eventKey(platform, 'command', data.id), at: timeOf(data.id), ...by, control, respond }
}

/** Somebody types an option: what it may be is the whole answer to such an interaction. */
export function completing(data: Completing, api: DiscordApi, scene: Scene): CompletingEvent | undefined {
  const by = whoAndWhere(data, scene)
  const [sub] = data.data.options as readonly Option[]
  const focused = sub?.options?.find(one => one.focused === true)
  if (by === undefined || sub === undefined || focused === undefined) return undefined
  return {
    type: 'completing',
    key: eventKey(platform, 'completing', data.id),
    at: timeOf(data.id),
    ...by,
    verb: sub.name,
    typed: String(focused.value ?? ''),
    suggest: async (choices, signal) => {
      const type = InteractionResponseType.ApplicationCommandAutocompleteResult
      const route = Routes.interactionCallback(data.id, data.token)
      await api.call({ method: 'POST', route, body: { type, data: { choices } }, ofInteraction: true }, signal)
    },
  }
}

/** "Aeries is thinking", for the one who asked alone. */
export const thinking = {
  type: InteractionResponseType.DeferredChannelMessageWithSource,
  data: { flags: MessageFlags.Ephemeral },
} as const
