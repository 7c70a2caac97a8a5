import { type APIAttachment, type APIMessage, MessageFlags } from 'discord.js'

type Content = Pick<APIMessage, 'attachments' | 'content' | 'embeds'> &
  Partial<Pick<APIMessage, 'flags' | 'poll' | 'sticker_items'>>

const link = /https?:\/\/[^\s<>]+/gi
/** A sentence's end is no part of the address before it. */
const trailing = new Set(')]}.,;:!?\'"*_~|`')
/** Enough for the model to know that links came; a list of addresses would crowd out the words. */
const maxLinks = 5
const maxLinkLength = 200

/** What comes with the words and is not read, each with a name. */
export function unreadOf(message: Content): readonly string[] {
  return [
    ...(message.attachments ?? []).map(attachment => attachmentName(attachment, message.flags)),
    ...links(message).map(address => `the link ${address}`),
    ...(message.embeds ?? [])
      .filter(embed => embed.url === undefined)
      .map(embed => `the card ${embed.title ?? ''}`.trim()),
    ...(message.sticker_items ?? []).map(sticker => `the sticker ${sticker.name}`),
    ...(message.poll === undefined ? [] : [`the poll ${message.poll.question.text ?? ''}`.trim()]),
  ]
}

function attachmentName(attachment: APIAttachment, flags: MessageFlags | undefined): string {
  if (((flags ?? 0) & MessageFlags.IsVoiceMessage) !== 0) return 'the voice message'
  const kind = attachment.content_type?.startsWith('image/') === true ? 'image' : 'file'
  return `the ${kind} ${attachment.filename}`
}

function links({ content, embeds }: Content): readonly string[] {
  const written = (content.match(link) ?? []).map(withoutEnd)
  const embedded = (embeds ?? []).flatMap(embed => embed.url ?? [])
  return [...new Set([...written, ...embedded])].slice(0, maxLinks).map(shortened)
}

/** Letter by letter: a pattern that ends in `$` takes time by the square of the length. */
function withoutEnd(address: string): string {
  let end = address.length
  while (trailing.has(address.charAt(end - 1))) end -= 1
  return address.slice(0, end)
}

function shortened(address: string): string {
  return address.length <= maxLinkLength ? address : `${address.slice(0, maxLinkLength)}…`
}
