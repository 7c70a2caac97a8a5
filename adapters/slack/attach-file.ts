import type { Clock } from '#src/core/clock.ts'
import { type MessageId, messageId, nativeMessageId } from '#src/core/ids.ts'
import type { WriteOutcome } from '#src/core/surface.ts'
import { type Fault, faultOf } from './faults.ts'
import { readBehind } from './lost-message.ts'
import { outcomeOf } from './outcomes.ts'
import { platform } from './platform-name.ts'
import { uploadFile } from './upload-file.ts'
import type { Workspace } from './workspace.ts'

type Parts = Readonly<{ workspace: Workspace; clock: Clock }>
type Target = Readonly<{
  channel: string
  thread: string | undefined
  /** It is a file under the answer to this one. */
  answering: MessageId
  key: string
  /** It may be there already: a try before this one, or a process, ended in the dark. */
  mayStand: boolean
}>
type File = Readonly<{ name: string; content: string }>

/** Slack posts the message of a file in its own time, and only an event says which one it is. */
const lookEveryMs = 200
const looks = 10

/** Puts a text file into a channel or thread, in Slack's three steps. Only the last one shows anything. */
export async function attachFile(parts: Parts, target: Target, file: File, signal: AbortSignal): Promise<WriteOutcome> {
  const { workspace } = parts
  const { channel, thread, key } = target
  const before = target.mayStand ? await findAttached(workspace, target, file, signal) : undefined
  if (before !== undefined) return { outcome: 'written', message: before }
  let id: string | undefined
  let fault: Fault | undefined
  try {
    const onUploaded = (uploaded: string) => {
      id = uploaded
    }
    await uploadFile(workspace, file, { channel, thread }, signal, { onUploaded })
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

/** One of ours with such a file: all rests have one name, and hardly ever one size. */
async function findAttached(
  workspace: Workspace,
  { channel, thread, answering, key }: Target,
  { name, content }: File,
  signal: AbortSignal,
): Promise<MessageId | undefined> {
  const read = await readBehind(workspace, { channel, thread, after: answering }, signal)
  if (read.outcome !== 'read') return undefined
  const size = Buffer.byteLength(content)
  const found = read.messages.find(({ user, ts, files }) => {
    const isNew = user === workspace.self && Number(ts) > Number(nativeMessageId(answering))
    return isNew && (files ?? []).some(one => (one.title ?? one.name) === name && one.size === size)
  })
  if (found === undefined) return undefined
  const message = messageId(platform, workspace.team, channel, found.ts)
  workspace.ownMessages.remember(key, message)
  return message
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
