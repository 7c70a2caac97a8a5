import { type APIAttachment, type APIMessage, MessageFlags } from 'discord.js'
import type { AttachedFile } from '#src/core/message.ts'
import { fetchFile, isAllowed } from '#src/files/fetch-file.ts'
import type { Scene } from './scene.ts'

/** Where Discord keeps what people attach. The addresses are signed: no token is needed, and none is sent. */
export const usualOrigins: readonly string[] = ['https://cdn.discordapp.com', 'https://media.discordapp.net']

type Content = Readonly<{ attachments?: readonly Partial<APIAttachment>[] | undefined }> &
  Partial<Pick<APIMessage, 'flags'>>

/** What came with a message and may be read; all else is left for `unreadOf`. */
export function attachedFiles({ attachments = [], flags }: Content, scene: Scene): readonly AttachedFile[] {
  if (((flags ?? 0) & MessageFlags.IsVoiceMessage) !== 0) return []
  return attachments.flatMap(one => attachedFile(one, scene) ?? [])
}

/** The attachments that are not among those. */
export function withoutFiles<Message extends Content>(message: Message, scene: Scene): Message {
  const { attachments } = message
  if (attachments === undefined || ((message.flags ?? 0) & MessageFlags.IsVoiceMessage) !== 0) return message
  return { ...message, attachments: attachments.filter(one => attachedFile(one, scene) === undefined) }
}

function attachedFile(
  { url, filename, content_type, size }: Partial<APIAttachment>,
  { fileOrigins: origins = usualOrigins }: Scene,
): AttachedFile | undefined {
  if (url === undefined || filename === undefined || !isAllowed(url, { origins })) return undefined
  return {
    name: filename,
    mediaType: content_type,
    bytes: size ?? 0,
    read: (most, signal) => fetchFile(url, { origins }, most, signal),
  }
}
