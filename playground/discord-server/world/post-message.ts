import { refuse } from './api-error.ts'
import type { Channel } from './channel.ts'
import { checkNonce, checkWords } from './draft-rules.ts'
import type { Json } from './json.ts'
import { type AllowedMentions, resolveMentions } from './mentions.ts'
import { type Attachment, type Message, messageFlag, messageType, type Reference } from './message.ts'
import { forwardTarget, replyTarget, snapshotOf } from './message-target.ts'
import { permission } from './permissions.ts'
import { demandSending } from './thread-rules.ts'
import { speakInThread } from './threads.ts'
import { versionOf } from './version.ts'
import type { World } from './world.ts'

/** What somebody wants to say. */
export type Draft = Readonly<{
  authorId: string
  channelId: string
  content: string
  flags?: number | undefined
  nonce?: string | number | undefined
  enforceNonce?: boolean | undefined
  allowedMentions?: AllowedMentions | undefined
  replyTo?: Readonly<{ messageId: string; failIfMissing: boolean }> | undefined
  forward?: Readonly<{ channelId: string; messageId: string }> | undefined
  attachments?: readonly Attachment[] | undefined
  embeds?: readonly Json[] | undefined
  components?: readonly Json[] | undefined
  /** The time of an older message, in milliseconds; now when left out. */
  at?: number | undefined
  /** Set on an answer to an interaction: it needs no permission in the channel. */
  interactionId?: string | undefined
  ephemeralFor?: string | undefined
}>

const settableFlags =
  messageFlag.suppressEmbeds | messageFlag.suppressNotifications | messageFlag.componentsV2 | messageFlag.ephemeral

/**
 * Says something, under all rules of the platform. A repeated enforced nonce gives the first message and says nothing
 * new. Throws `ApiError` for what Discord refuses.
 */
export function postMessage(world: World, draft: Draft): { message: Message; repeated: boolean } {
  const channel = world.channel(draft.channelId)
  if (draft.interactionId === undefined) demandPosting(world, channel, draft)
  checkNonce(draft.nonce)
  checkDraft(world, draft)
  const first = repeated(world, draft)
  return first ? { message: first, repeated: true } : { message: publish(world, channel, draft), repeated: false }
}

function demandPosting(world: World, channel: Channel, { authorId, attachments = [] }: Draft): void {
  demandSending(world, authorId, channel)
  const mayAttach = world.permissions(authorId, channel) & permission.attachFiles
  if (attachments.length > 0 && !mayAttach) throw refuse.missingPermissions()
}

function checkDraft(world: World, draft: Draft): void {
  const { content, flags = 0, embeds = [], components = [], attachments = [] } = draft
  // A forward and the placeholder of a deferred answer carry no words of their own.
  if (draft.forward || flags & messageFlag.loading) return
  checkWords(world.rules, { content, flags, embeds, components, attachments: attachments.length })
}

function repeated(world: World, { authorId, nonce, enforceNonce }: Draft): Message | undefined {
  if (nonce === undefined || !enforceNonce) return undefined
  return world.messages.byNonce(authorId, nonce, world.now(), world.rules.nonceMemoryMs)
}

function publish(world: World, channel: Channel, draft: Draft): Message {
  const message = written(world, channel, draft)
  world.messages.add(message)
  if (message.nonce !== undefined) {
    world.messages.rememberNonce(message.authorId, message.nonce, message.id, world.now())
  }
  world.typing.delete(`${channel.id}:${message.authorId}`)
  if (message.ephemeralFor === undefined) {
    world.putChannel({ ...channel, lastMessageId: message.id })
    if (channel.thread) speakInThread(world, channel.id, [message.authorId, ...message.mentions.users])
  }
  world.emit({ type: 'message', message })
  return message
}

function written(world: World, channel: Channel, draft: Draft): Message {
  const { authorId, nonce, attachments = [], embeds = [], components = [], interactionId, ephemeralFor } = draft
  const repliedTo = draft.replyTo && replyTarget(world, authorId, channel, draft.replyTo)
  const forwarded = draft.forward && forwardTarget(world, authorId, draft.forward)
  const content = draft.content.trim()
  const mentions = resolveMentions(world, {
    authorId,
    channel,
    content,
    allowed: draft.allowedMentions,
    repliedTo: repliedTo?.authorId,
  })
  const at = draft.at ?? world.now()
  const kept = (draft.flags ?? 0) & (settableFlags | messageFlag.loading)
  const flags = kept | (forwarded ? messageFlag.hasSnapshot : 0)
  return {
    id: world.ids.next(at),
    type: repliedTo ? messageType.reply : messageType.plain,
    channelId: channel.id,
    guildId: channel.guildId,
    authorId,
    content,
    createdAt: at,
    editedAt: undefined,
    deletedAt: undefined,
    flags,
    nonce,
    mentions,
    attachments,
    embeds,
    components,
    reactions: [],
    reference: repliedTo ? pointing('reply', repliedTo) : forwarded ? pointing('forward', forwarded) : undefined,
    snapshot: forwarded && snapshotOf(forwarded),
    interactionId,
    ephemeralFor,
    versions: [versionOf(world, channel, { authorId, content, flags, mentions, at, edit: false })],
  }
}

function pointing(kind: 'reply' | 'forward', { id, channelId, guildId }: Message): Reference {
  return { kind, messageId: id, channelId, guildId }
}
