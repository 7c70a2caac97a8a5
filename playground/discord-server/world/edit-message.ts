import { refuse } from './api-error.ts'
import type { Channel } from './channel.ts'
import { checkWords } from './draft-rules.ts'
import type { Json } from './json.ts'
import { type AllowedMentions, resolveMentions } from './mentions.ts'
import { type Attachment, type Message, messageFlag } from './message.ts'
import { demand, permission } from './permissions.ts'
import { demandOpen } from './thread-rules.ts'
import { versionOf } from './version.ts'
import type { World } from './world.ts'

/** What becomes different; what is left out stays. */
export type Edit = Readonly<{
  content?: string | undefined
  flags?: number | undefined
  allowedMentions?: AllowedMentions | undefined
  embeds?: readonly Json[] | undefined
  components?: readonly Json[] | undefined
  attachments?: readonly Attachment[] | undefined
}>

/** Edits a message of a channel as this person. Throws `ApiError` for what Discord refuses. */
export function editMessage(
  world: World,
  editorId: string,
  where: Readonly<{ channelId: string; messageId: string }>,
  edit: Edit,
): Message {
  const channel = world.channel(where.channelId)
  demand(world.permissions(editorId, channel))
  const before = world.message(channel.id, where.messageId)
  if (before.authorId !== editorId) demandFlagsOnly(world, editorId, channel, edit)
  demandOpen(world, editorId, channel)
  return rewriteMessage(world, before, edit)
}

/** Others may only hide a message's embeds, and only with Manage Messages. */
function demandFlagsOnly(world: World, editorId: string, channel: Channel, { flags, ...rest }: Edit): void {
  const manages = world.permissions(editorId, channel) & permission.manageMessages
  if (flags === undefined || !manages || Object.values(rest).some(one => one !== undefined)) throw refuse.notTheAuthor()
}

/** Edits a message without asking who may: for the answers to interactions, which belong to a token. */
export function rewriteMessage(world: World, before: Message, edit: Edit): Message {
  const channel = world.channel(before.channelId)
  const next = {
    content: edit.content ?? before.content,
    flags: nextFlags(before.flags, edit.flags),
    embeds: edit.embeds ?? before.embeds,
    components: edit.components ?? before.components,
    attachments: edit.attachments ?? before.attachments,
  }
  if (!before.snapshot) checkWords(world.rules, { ...next, attachments: next.attachments.length })
  const content = next.content.trim()
  const { authorId } = before
  const repliedTo = before.reference?.kind === 'reply' ? repliedAuthor(world, before) : undefined
  const mentions =
    edit.content === undefined
      ? before.mentions
      : resolveMentions(world, { authorId, channel, content, allowed: edit.allowedMentions, repliedTo })
  const at = world.now()
  const { flags: _, allowedMentions: __, ...words } = edit
  const touched = Object.values(words).some(one => one !== undefined)
  const message = world.messages.replace({
    ...before,
    ...next,
    content,
    mentions,
    editedAt: touched ? at : before.editedAt,
    versions: [...before.versions, versionOf(world, channel, { ...next, authorId, content, mentions, at, edit: true })],
  })
  world.emit({ type: 'edited', message })
  return message
}

/** SUPPRESS_EMBEDS goes on and off, IS_COMPONENTS_V2 only on; the placeholder's loading mark goes with any edit. */
function nextFlags(before: number, asked: number | undefined): number {
  const settled = before & ~messageFlag.loading
  if (asked === undefined) return settled
  const suppress = asked & messageFlag.suppressEmbeds
  return (settled & ~messageFlag.suppressEmbeds) | suppress | (asked & messageFlag.componentsV2)
}

function repliedAuthor(world: World, { reference }: Message): string | undefined {
  return reference?.messageId === undefined ? undefined : world.messages.find(reference.messageId)?.authorId
}
