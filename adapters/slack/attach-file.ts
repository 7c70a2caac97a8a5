import type { Clock } from '#src/core/clock.ts'
import { type MessageId, messageId } from '#src/core/ids.ts'
import type { WriteOutcome } from '#src/core/surface.ts'
import { type Fault, faultOf } from './faults.ts'
import { outcomeOf } from './outcomes.ts'
import { platform } from './platform-name.ts'
import { uploadSchema } from './wire.ts'
import type { Workspace } from './workspace.ts'

type Parts = Readonly<{ workspace: Workspace; clock: Clock }>
type Target = Readonly<{ channel: string; thread: string | undefined; key: string }>
type File = Readonly<{ name: string; content: string }>

/** Slack posts the message of a file in its own time, and only an event says which one it is. */
const lookEveryMs = 200
const looks = 10

/** Puts a text file into a channel or thread, in Slack's three steps. Only the last one shows anything. */
export async function attachFile(parts: Parts, target: Target, file: File, signal: AbortSignal): Promise<WriteOutcome> {
  const { workspace } = parts
  const { channel, thread, key } = target
  let id: string | undefined
  let fault: Fault | undefined
  try {
    id = await upload(workspace, file, signal)
    const where = { channel_id: channel, ...(thread !== undefined && { thread_ts: thread }) }
    await workspace.api.call('files.completeUploadExternal', { files: [{ id, title: file.name }], ...where }, signal)
  } catch (error) {
    signal.throwIfAborted()
    fault = faultOf(error)
  }
  const isOpen = fault === undefined || (!fault.refused && fault.retryAfterMs === undefined)
  const message = id !== undefined && isOpen ? await messageOf(parts, id, signal) : undefined
  if (fault !== undefined && message === undefined) return outcomeOf('files.completeUploadExternal', fault)
  // Without the event the file itself is all that is known of its message.
  const shown = message ?? messageId(platform, workspace.team, channel, id ?? '')
  workspace.ownMessages.remember(key, shown)
  return { outcome: 'written', message: shown }
}

async function upload({ api }: Workspace, { name, content }: File, signal: AbortSignal): Promise<string> {
  const size = { filename: name, length: Buffer.byteLength(content) }
  const slot = uploadSchema.parse(await api.call('files.getUploadURLExternal', size, signal))
  await api.upload(slot.upload_url, content, signal)
  return slot.file_id
}

async function messageOf(
  { workspace, clock }: Parts,
  file: string,
  signal: AbortSignal,
): Promise<MessageId | undefined> {
  for (let look = 0; look < looks && workspace.ownMessages.find(file) === undefined; look += 1) {
    await clock.sleep(lookEveryMs, signal)
  }
  return workspace.ownMessages.find(file)
}
