import type { OwnEvent } from '#src/core/event.ts'
import { messageId } from '#src/core/ids.ts'
import { placeOf, type Whereabouts } from './place-of.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'
import { timeOf } from './timestamp.ts'
import type { SlackMessage } from './wire.ts'

/** What an app posts by its token. */
const posted: ReadonlySet<string> = new Set(['file_share', 'thread_broadcast'])

/** What our own account said, for those to judge who know what this process sends. */
export function ownMessage(message: SlackMessage & Whereabouts, scene: Scene): OwnEvent | undefined {
  const { channel, ts, thread_ts: thread } = message
  if (message.user !== scene.self || !isPosted(message)) return undefined
  return {
    type: 'own',
    platform,
    place: placeOf(message, thread ?? undefined, scene),
    message: messageId(platform, scene.team, channel, ts),
    at: timeOf(ts),
  }
}

/** "Aeries joined" and answers to commands are of other kinds; a stream is of the kind of such an answer, and says that it is one. */
function isPosted({ subtype, is_ephemeral: isPrivate, streaming_state: stream }: SlackMessage): boolean {
  if (isPrivate === true) return false
  return subtype == null || posted.has(subtype) || (subtype === 'bot_message' && stream != null)
}
