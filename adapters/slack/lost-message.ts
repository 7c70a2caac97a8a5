import { type MessageId, messageId, nativeMessageId } from '#src/core/ids.ts'
import type { Write } from '#src/core/surface.ts'
import { keyedEvent } from './channel-calls.ts'
import type { ReadOutcome } from './channel-reader.ts'
import { lettersIn, lettersOf } from './letters.ts'
import { platform } from './platform-name.ts'
import type { SlackMessage } from './wire.ts'
import type { Workspace } from './workspace.ts'

/** Where a write went whose answer got lost, maybe that of a process before this one. */
export type Search = Readonly<{
  channel: string
  thread: string | undefined
  /** It was written after this one. */
  after: MessageId
  write: Pick<Write, 'key' | 'text'>
  /** What this process began a stream with under the key: a start carries no metadata. */
  sent: string | undefined
  /** Nobody but one asker is answered there. */
  isAlone: boolean
}>

/** `none`: it was not written, as far as can be known. `unreadable`: nobody can know now. `stream`: it may be running still. */
export type Found =
  | Readonly<{ outcome: 'found'; message: MessageId; stream: boolean }>
  | Readonly<{ outcome: 'none' | 'unreadable' }>

/** Among answers to several people a few letters could be the beginning of any. */
const tellingLength = 16

/** Looks for a message of ours: in what this process knows, then in the channel by its key, and a stream by its words. */
export async function findWritten(workspace: Workspace, search: Search, signal: AbortSignal): Promise<Found> {
  const { key } = search.write
  const known = workspace.ownMessages.find(key)
  if (known !== undefined) return { outcome: 'found', message: known, stream: false }
  const read = await readBehind(workspace, search, signal)
  // Where reading is not allowed, the event that tells of our own message has been the only witness.
  if (read.outcome !== 'read') return { outcome: read.outcome === 'refused' ? 'none' : 'unreadable' }
  const after = Number(nativeMessageId(search.after))
  const ours = read.messages.filter(({ user, ts }) => user === workspace.self && Number(ts) > after)
  const keyed = ours.find(message => keyOf(message) === key)
  const found = keyed ?? newestOf(ours.filter(message => mayBeStream(message, search, workspace)))
  if (found === undefined) return { outcome: read.whole ? 'none' : 'unreadable' }
  const message = messageId(platform, workspace.team, search.channel, found.ts)
  workspace.ownMessages.remember(key, message)
  return { outcome: 'found', message, stream: keyed === undefined }
}

/** The key of one of our messages, if it tells it. */
export function keyOf({ metadata }: SlackMessage): string | undefined {
  const key = metadata?.event_type === keyedEvent ? metadata.event_payload?.['key'] : undefined
  return typeof key === 'string' ? key : undefined
}

/** What stands behind a message, in its thread or channel. */
export async function readBehind(
  workspace: Workspace,
  { channel, thread, after }: Pick<Search, 'channel' | 'thread' | 'after'>,
  signal: AbortSignal,
): Promise<ReadOutcome> {
  const span = { after: nativeMessageId(after), need: 'needed' } as const
  return thread === undefined
    ? await workspace.reader.history(channel, span, signal)
    : await workspace.reader.thread(channel, thread, span, signal)
}

/** One of ours without a key, of no other write, that shows what the write says or the beginning of it. */
function mayBeStream(message: SlackMessage, search: Search, { team, ownMessages }: Workspace): boolean {
  const { channel, thread, write, sent, isAlone } = search
  if (thread === undefined || keyOf(message) !== undefined || (message.files ?? []).length > 0) return false
  if (ownMessages.isKnown(messageId(platform, team, channel, message.ts))) return false
  const shown = lettersIn(message.text ?? '')
  if (sent !== undefined) return shown === lettersIn(sent)
  return shown.length >= (isAlone ? 1 : tellingLength) && lettersOf(write.text).startsWith(shown)
}

function newestOf(messages: readonly SlackMessage[]): SlackMessage | undefined {
  return messages.reduce<SlackMessage | undefined>(
    (newest, one) => (newest === undefined || Number(one.ts) > Number(newest.ts) ? one : newest),
    undefined,
  )
}
