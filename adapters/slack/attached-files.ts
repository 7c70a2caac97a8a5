import { RefusedError } from '#src/core/errors.ts'
import type { AttachedFile } from '#src/core/message.ts'
import { type FileAccess, fetchFile, isAllowed } from '#src/files/fetch-file.ts'
import type { Scene } from './scene.ts'
import type { SlackMessage } from './wire.ts'

/** Where Slack keeps what people upload; it asks for the workspace's token. A file from elsewhere (`is_external`) is a link. */
export const usualOrigins: readonly string[] = ['https://files.slack.com']

type File = NonNullable<SlackMessage['files']>[number]

/** What came with a message and may be read; all else is left for `unreadOf`. */
export function attachedFiles({ files }: Pick<SlackMessage, 'files'>, scene: Scene): readonly AttachedFile[] {
  return (files ?? []).flatMap(one => attachedFile(one, scene) ?? [])
}

/** The same message with the files alone that are not among those. */
export function withoutFiles<Message extends Pick<SlackMessage, 'files'>>(message: Message, scene: Scene): Message {
  return { ...message, files: message.files?.filter(one => attachedFile(one, scene) === undefined) }
}

function attachedFile(file: File, scene: Scene): AttachedFile | undefined {
  const { url_private_download: download, url_private: shown, name, title, mimetype, size, subtype } = file
  const url = download ?? shown
  const access = scene.files?.()
  if (access === undefined || url == null || subtype === 'slack_audio' || !isAllowed(url, access)) return undefined
  const mediaType = mimetype ?? undefined
  return {
    name: name ?? title ?? 'without a name',
    mediaType,
    bytes: size ?? 0,
    // The token of the moment: an app that was installed again has another.
    read: (most, signal) => fetched(url, scene.files?.() ?? access, mediaType, most, signal),
  }
}

/** Who may not read a file gets a page to sign in, with status 200. */
async function fetched(
  url: string,
  access: FileAccess,
  mediaType: string | undefined,
  most: number,
  signal: AbortSignal,
) {
  const file = await fetchFile(url, access, most, signal)
  if (file.mediaType !== 'text/html' || mediaType === 'text/html') return file
  throw new RefusedError('Slack shows its sign-in page in place of a file: the app needs the scope files:read')
}
