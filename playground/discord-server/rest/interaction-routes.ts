import { z } from 'zod'
import { refuse } from '#playground/discord-server/world/api-error.ts'
import { removeMessages } from '#playground/discord-server/world/delete-messages.ts'
import { rewriteMessage } from '#playground/discord-server/world/edit-message.ts'
import type { Interaction } from '#playground/discord-server/world/interaction.ts'
import { changeInteraction, demandLive, demandUnanswered } from '#playground/discord-server/world/interactions.ts'
import { type Message, messageFlag } from '#playground/discord-server/world/message.ts'
import { postMessage } from '#playground/discord-server/world/post-message.ts'
import { type MessageBody, messageBody, shaped, storeFiles } from './message-body.ts'
import { draftOf, editOf, restMessage } from './message-routes.ts'
import { type Call, param, type Reply, type Route, route } from './route.ts'

/** Discord's numbers for the first answer to an interaction. */
const callback = { message: 4, deferredMessage: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const

const free = { auth: false, bucket: 'interaction' } as const
const webhook = '/webhooks/:application/:token'

/** Answers to interactions. They carry the interaction's token instead of the bot's, and no global limit counts them. */
export const interactionRoutes: readonly Route[] = [
  route('POST', '/interactions/:interaction/:token/callback', answer, { auth: false }),
  route('POST', webhook, followUp, free),
  route('GET', `${webhook}/messages/:message`, call => show(call, owned(call)), free),
  route('PATCH', `${webhook}/messages/:message`, editAnswer, free),
  route(
    'DELETE',
    `${webhook}/messages/:message`,
    call => {
      const message = owned(call)
      removeMessages(call.world, message.channelId, [message], false)
      return { status: 204 }
    },
    free,
  ),
]

const choices = z.looseObject({
  choices: z.array(z.object({ name: z.string().min(1).max(100), value: z.string().min(1).max(100) })).max(25),
})
const modal = z.looseObject({
  custom_id: z.string().min(1).max(100),
  title: z.string().min(1).max(45),
  components: z.array(z.looseObject({})).min(1).max(5),
})

/** A form or a list of choices, as the person sees it then. */
function shownBy(type: number, data: unknown): Interaction['shown'] {
  if (type === callback.modal) return shaped(modal, data)
  return type === callback.choices ? shaped(choices, data) : undefined
}

const answerSchema = z.object({ type: z.int(), data: z.unknown().optional() })

function answer(call: Call): Reply {
  const { world } = call
  const { type, data } = shaped(answerSchema, call.json)
  const interaction = demandUnanswered(world, param(call, 'interaction'), param(call, 'token'))
  const message = firstAnswer(call, interaction, type, data)
  const originalId = message?.id ?? (type === callback.deferredUpdate ? interaction.messageId : undefined)
  const shown = shownBy(type, data)
  changeInteraction(world, interaction.id, { state: 'acknowledged', originalId, shown })
  if (call.query.get('with_response') !== 'true') return { status: 204 }
  const described = {
    id: interaction.id,
    type: interaction.type,
    response_message_id: message?.id,
    response_message_loading: type === callback.deferredMessage,
    response_message_ephemeral: message?.ephemeralFor !== undefined,
  }
  return {
    status: 200,
    body: { interaction: described, resource: { type, message: message && restMessage(world, message) } },
  }
}

function firstAnswer(call: Call, interaction: Interaction, type: number, data: unknown): Message | undefined {
  switch (type) {
    case callback.message:
      return say(call, interaction, messageBody(data), 0)
    case callback.deferredMessage:
      return say(call, interaction, messageBody(data), messageFlag.loading)
    case callback.update: {
      const clicked = interaction.messageId === undefined ? undefined : call.world.messages.find(interaction.messageId)
      if (!clicked) throw refuse.unknownMessage()
      return rewriteMessage(call.world, clicked, editOf(call, messageBody(data), clicked))
    }
    case callback.deferredUpdate:
    case callback.choices:
    case callback.modal:
      return undefined
    default:
      throw refuse.form('type', 'BASE_TYPE_CHOICES', 'Value must be one of {4, 5, 6, 7, 8, 9}.')
  }
}

function say(call: Call, interaction: Interaction, body: MessageBody, flags: number): Message {
  const { world } = call
  const isPrivate = ((body.flags ?? 0) & messageFlag.ephemeral) !== 0
  const { message } = postMessage(world, {
    ...draftOf(body),
    // Answers to interactions parse only mentions of people unless told otherwise.
    allowedMentions: body.allowed_mentions ?? { parse: ['users'] },
    authorId: world.botId,
    channelId: interaction.channelId,
    flags: (body.flags ?? 0) | flags,
    attachments: storeFiles(world, interaction.channelId, call.files),
    interactionId: interaction.id,
    ephemeralFor: isPrivate ? interaction.personId : undefined,
  })
  return message
}

/** The first follow-up of a deferred answer takes the place of its "thinking" line. */
function followUp(call: Call): Reply {
  const { world } = call
  const interaction = demandLive(world, param(call, 'token'))
  const original = interaction.originalId === undefined ? undefined : world.messages.find(interaction.originalId)
  const body = messageBody(call.json)
  if (original && original.flags & messageFlag.loading)
    return show(call, rewriteMessage(world, original, editOf(call, body, original)))
  const message = say(call, interaction, body, 0)
  if (interaction.originalId === undefined) changeInteraction(world, interaction.id, { originalId: message.id })
  return show(call, message)
}

function editAnswer(call: Call): Reply {
  const before = owned(call)
  return show(call, rewriteMessage(call.world, before, editOf(call, messageBody(call.json), before)))
}

/** The message of this interaction that the path names; `@original` is the first answer. */
function owned(call: Call): Message {
  const { world } = call
  const interaction = demandLive(world, param(call, 'token'))
  const named = param(call, 'message')
  const message = world.messages.find(named === '@original' ? (interaction.originalId ?? '') : named)
  const belongs = message?.interactionId === interaction.id || message?.id === interaction.originalId
  if (!message || !belongs || message.deletedAt !== undefined) throw refuse.unknownMessage()
  return message
}

function show({ world }: Call, message: Message): Reply {
  return { status: 200, body: restMessage(world, message), messageId: message.id }
}
