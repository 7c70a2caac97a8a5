import type { Interaction } from '#playground/discord-server/world/interaction.ts'
import type { Json } from '#playground/discord-server/world/json.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { channelPayload } from './channel-payload.ts'
import { messagePayload } from './message-payload.ts'
import { memberPayload, userPayload } from './user-payload.ts'

const guildContext = 0
const botDmContext = 1

/** INTERACTION_CREATE for whatever a person set off: its `data` is already in Discord's shape. */
export function interactionPayload(world: World, interaction: Interaction): Json {
  const channel = world.channel(interaction.channelId)
  const guild = world.guildOf(channel)
  const member = guild?.members.find(one => one.personId === interaction.personId)
  const user = userPayload(world.person(interaction.personId))
  const message = interaction.messageId === undefined ? undefined : world.messages.find(interaction.messageId)
  const held = world.permissions(interaction.personId, channel)
  return {
    id: interaction.id,
    application_id: world.application.id,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data: interaction.data,
    channel_id: channel.id,
    channel: { ...channelPayload(world, channel), permissions: String(held) },
    app_permissions: String(world.permissions(world.botId, channel)),
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { 0: guild?.id ?? '0' },
    context: guild ? guildContext : botDmContext,
    attachment_size_limit: world.rules.attachmentBytes,
    ...(guild && { guild_id: guild.id, guild: { id: guild.id, locale: 'en-US', features: [] }, guild_locale: 'en-US' }),
    ...(member ? { member: { ...memberPayload(member), user, permissions: String(held) } } : { user }),
    // The application reads its own message in full, whatever its intents.
    ...(message && { message: messagePayload(world, message, { content: true }) }),
  }
}
