import { randomBytes } from 'node:crypto'
import { afterOwnTime } from '#playground/stand-in/after-own-time.ts'
import { refuse } from './api-error.ts'
import { type Interaction, interactionType } from './interaction.ts'
import type { Json } from './json.ts'
import type { World } from './world.ts'

/** What a person sets off: where, by whom, and the `data` that Discord sends for it. */
type Trigger = Pick<Interaction, 'type' | 'personId' | 'channelId' | 'messageId' | 'data'>

/** Tells the application of an interaction; unanswered within three seconds it fails, as people see it. */
export function startInteraction(world: World, trigger: Trigger): Interaction {
  const interaction = world.putInteraction({
    ...trigger,
    id: world.ids.next(),
    token: `aW50ZXJhY3Rpb24${randomBytes(24).toString('base64url')}`,
    guildId: world.channel(trigger.channelId).guildId,
    createdAt: world.now(),
    state: 'waiting',
    originalId: undefined,
    shown: undefined,
  })
  world.emit({ type: 'interaction', interaction })
  afterOwnTime(world.rules.interactionAckMs, () => expire(world, interaction.id))
  return interaction
}

function expire(world: World, id: string): void {
  if (world.interactions.get(id)?.state === 'waiting') changeInteraction(world, id, { state: 'failed' })
}

/** A click on a button, found by its custom id or by its label. */
export function clickButton(world: World, personId: string, messageId: string, button: string): Interaction {
  const message = world.messages.find(messageId)
  const hidden = message?.ephemeralFor !== undefined && message.ephemeralFor !== personId
  if (!message || message.deletedAt !== undefined || hidden) throw refuse.unknownMessage()
  const found = buttonsOf(message.components).find(one => one['custom_id'] === button || one['label'] === button)
  if (!found || found['disabled'] === true) throw new Error(`There is no button "${button}" to click on this message`)
  return startInteraction(world, {
    type: interactionType.component,
    personId,
    channelId: message.channelId,
    messageId,
    data: { component_type: found['type'], custom_id: found['custom_id'], id: found['id'] ?? 1 },
  })
}

/** All components with a custom id, however deep they sit. */
function buttonsOf(components: readonly Json[]): readonly Json[] {
  return components.flatMap(one => {
    const inner = Array.isArray(one['components']) ? buttonsOf(one['components'] as readonly Json[]) : []
    const accessory =
      typeof one['accessory'] === 'object' && one['accessory'] ? buttonsOf([one['accessory'] as Json]) : []
    return typeof one['custom_id'] === 'string' ? [one, ...inner] : [...inner, ...accessory]
  })
}

/** The interaction to be acknowledged: known, in time, and for the first time. */
export function demandUnanswered(world: World, id: string, token: string): Interaction {
  const interaction = world.interactions.get(id)
  if (interaction?.token !== token || interaction.state === 'failed') throw refuse.unknownInteraction()
  if (interaction.state === 'acknowledged') throw refuse.acknowledged()
  return interaction
}

/** The acknowledged interaction behind a webhook token, within its 15 minutes. */
export function demandLive(world: World, token: string): Interaction {
  const interaction = [...world.interactions.values()].find(one => one.token === token)
  if (interaction?.state !== 'acknowledged') throw refuse.unknownWebhook()
  if (world.now() - interaction.createdAt > world.rules.interactionLifeMs) throw refuse.invalidWebhookToken()
  return interaction
}

export function changeInteraction(world: World, id: string, change: Partial<Interaction>): Interaction {
  const interaction = world.interactions.get(id)
  if (!interaction) throw refuse.unknownInteraction()
  const changed = world.putInteraction({ ...interaction, ...change })
  world.emit({ type: 'interaction-changed', interaction: changed })
  return changed
}
