import type { MessageId } from '#src/core/ids.ts'
import { messageId, nativeMessageId } from '#src/core/ids.ts'
import { keyedEvent } from './channel-calls.ts'
import { platform } from './platform-name.ts'
import type { SlackMessage } from './wire.ts'
import type { Workspace } from './workspace.ts'

/** Where a write went whose answer got lost. */
export type Search = Readonly<{
  channel: string
  thread: string | undefined
  /** It was written after this one. */
  after: MessageId
  key: string
  /** What a stream was started with under the key: a start carries no metadata. */
  sent: string | undefined
}>

/** `none`: it was not written, as far as can be known. `unreadable`: nobody can know now. */
export type Found = Readonly<{ outcome: 'found'; message: MessageId }> | Readonly<{ outcome: 'none' | 'unreadable' }>

/** Looks for a message of ours by its key: in what this process knows, then in the channel. */
export async function findWritten(workspace: Workspace, search: Search, signal: AbortSignal): Promise<Found> {
  const known = workspace.ownMessages.find(search.key)
  if (known !== undefined) return { outcome: 'found', message: known }
  const { channel, thread } = search
  const after = nativeMessageId(search.after)
  const read =
    thread === undefined
      ? await workspace.reader.history(channel, { after, need: 'needed' }, signal)
      : await workspace.reader.thread(channel, thread, { after, need: 'needed' }, signal)
  // Where reading is not allowed, the event that tells of our own message has been the only witness.
  if (read.outcome !== 'read') return { outcome: read.outcome === 'refused' ? 'none' : 'unreadable' }
  const found = read.messages.find(message => isIt(message, search, workspace))
  if (found === undefined) return { outcome: read.whole ? 'none' : 'unreadable' }
  const message = messageId(platform, workspace.team, channel, found.ts)
  workspace.ownMessages.remember(search.key, message)
  return { outcome: 'found', message }
}

/** The key of one of our messages, if it tells it. */
export function keyOf({ metadata }: SlackMessage): string | undefined {
  const key = metadata?.event_type === keyedEvent ? metadata.event_payload?.['key'] : undefined
  return typeof key === 'string' ? key : undefined
}

function isIt(message: SlackMessage, { channel, key, sent }: Search, { self, team, ownMessages }: Workspace): boolean {
  if (message.user !== self) return false
  if (keyOf(message) === key) return true
  const isOther = ownMessages.isKnown(messageId(platform, team, channel, message.ts)) || keyOf(message) !== undefined
  return sent !== undefined && !isOther && message.text?.trim() === sent.trim()
}
