import { type APIMessage, DiscordAPIError, MessageType, Routes } from 'discord.js'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { Earlier } from '#src/core/surface.ts'
import type { DiscordApi } from './discord-api.ts'
import { faultOf } from './outcomes.ts'
import { merged, quoted } from './quotes.ts'
import type { Scene } from './scene.ts'

/** A talk's last words say what it is about; more would push the conversation's own history out of the prompt. */
const lastMessages = 10

export type ThreadParts = Readonly<{
  api: DiscordApi
  log: Log
  scene: Scene
  guild: string | undefined
  parent: string
  thread: string
}>

/** What was said in a thread before the answered message: its root and the last words, oldest first. */
export async function earlierInThread(parts: ThreadParts, answering: MessageId, signal: AbortSignal): Promise<Earlier> {
  const before = nativeMessageId(answering)
  const [root, last] = await Promise.all([readRoot(parts, signal), readLast(parts, before, signal)])
  // Without Read Message History a list is empty, and only a single message is refused.
  const nothing = last === 'unreadable' || (root === 'unreadable' && last.length === 0)
  const told = root === 'unreadable' || root === undefined ? [] : [root]
  const said = last === 'unreadable' ? [] : last.filter(message => message.id !== told[0]?.id).toReversed()
  return merged([
    ...told.filter(message => message.id !== before).map(asQuote(parts, 'the message that the thread hangs on')),
    ...(root === 'unreadable' ? [unread('the message that the thread hangs on')] : []),
    ...said.filter(isSaid).map(asQuote(parts, 'the thread')),
    ...(nothing ? [unread('what was said in the thread before')] : []),
  ])
}

/** A thread bears the id of the message that it hangs on; of a forum's post that message stands in the thread itself. */
async function readRoot(parts: ThreadParts, signal: AbortSignal): Promise<APIMessage | undefined | 'unreadable'> {
  const { parent, thread } = parts
  const inParent = await read<APIMessage>(parts, Routes.channelMessage(parent, thread), undefined, signal)
  if (inParent !== 'missing') return inParent
  const inThread = await read<APIMessage>(parts, Routes.channelMessage(thread, thread), undefined, signal)
  return inThread === 'missing' ? undefined : inThread
}

async function readLast(
  parts: ThreadParts,
  before: string,
  signal: AbortSignal,
): Promise<readonly APIMessage[] | 'unreadable'> {
  const query = new URLSearchParams({ before, limit: String(lastMessages) })
  const said = await read<readonly APIMessage[]>(parts, Routes.channelMessages(parts.thread), query, signal)
  return said === 'missing' ? 'unreadable' : said
}

async function read<T>(
  { api, log }: ThreadParts,
  route: `/${string}`,
  query: URLSearchParams | undefined,
  signal: AbortSignal,
): Promise<T | 'missing' | 'unreadable'> {
  try {
    const answer = await api.call({ method: 'GET', route, ...(query === undefined ? {} : { query }) }, signal)
    return answer.body as T
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof DiscordAPIError && error.status === 404) return 'missing'
    log.debug({ fault: faultOf(error) }, 'thread not read')
    return 'unreadable'
  }
}

function asQuote({ guild, scene }: ThreadParts, where: string): (message: APIMessage) => Earlier {
  return message => quoted(message, guild, where, scene)
}

function unread(what: string): Earlier {
  return { quotes: [], unread: [what] }
}

/** Words, and answers of applications; not "Mira added Tom to the thread". */
function isSaid({ type }: APIMessage): boolean {
  return spoken.has(type)
}

const spoken: ReadonlySet<MessageType> = new Set([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
])
