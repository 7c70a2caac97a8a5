import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Earlier } from '#src/core/surface.ts'
import { mentionsIn } from './plain-text.ts'
import { merged, quoted } from './quotes.ts'
import type { SlackMessage } from './wire.ts'
import type { Workspace } from './workspace.ts'

/** A talk's last words say what it is about; more would push the conversation's own history out of the prompt. */
const lastMessages = 10

/** What was said in a thread before the answered message: its root and the last words, oldest first. */
export async function earlierInThread(
  workspace: Workspace,
  { channel, thread }: Readonly<{ channel: string; thread: string }>,
  answering: MessageId,
  signal: AbortSignal,
): Promise<Earlier> {
  const before = nativeMessageId(answering)
  // The thread begins with the question.
  if (before === thread) return { quotes: [], unread: [] }
  const read = await workspace.reader.thread(channel, thread, { before, need: 'needed' }, signal)
  if (read.outcome !== 'read') return { quotes: [], unread: ['what was said in the thread before'] }
  const said = read.messages.filter(({ ts }) => ts !== before)
  const root = said.filter(({ ts }) => ts === thread)
  const told = [...root, ...said.filter(({ ts }) => ts !== thread).slice(-lastMessages)]
  await learnNames(workspace, told, signal)
  return merged([
    ...told.map(message => quoted(message, channel, 'the thread', workspace)),
    { quotes: [], unread: read.whole ? [] : ['what was said last in the thread'] },
  ])
}

async function learnNames(workspace: Workspace, said: readonly SlackMessage[], signal: AbortSignal): Promise<void> {
  const named = said.flatMap(({ user, text }) => [...(user == null ? [] : [user]), ...mentionsIn(text ?? '').people])
  const people = new Set(named.filter(user => user !== workspace.self))
  await Promise.all([...people].map(user => workspace.people.learn(user, signal)))
  signal.throwIfAborted()
}
