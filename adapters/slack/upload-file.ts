import { uploadSchema } from './wire.ts'
import type { Workspace } from './workspace.ts'

type Where = Readonly<{ channel: string; thread: string | undefined }>
type Stage = Readonly<{ onUploaded?: (id: string) => void }>

/** Puts a text file into a channel or thread, in Slack's three steps, of which only the last one shows anything. */
export async function uploadFile(
  { api, ownMessages }: Workspace,
  { name, content }: Readonly<{ name: string; content: string }>,
  { channel, thread }: Where,
  signal: AbortSignal,
  { onUploaded }: Stage = {},
): Promise<void> {
  const size = { filename: name, length: Buffer.byteLength(content) }
  const slot = uploadSchema.parse(await api.call('files.getUploadURLExternal', size, signal))
  await api.upload(slot.upload_url, content, signal)
  onUploaded?.(slot.file_id)
  ownMessages.sends(slot.file_id)
  const where = { channel_id: channel, ...(thread !== undefined && { thread_ts: thread }) }
  const files = [{ id: slot.file_id, title: name }]
  await api.call('files.completeUploadExternal', { files, ...where }, signal)
}
