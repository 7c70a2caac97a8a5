import type { ConversationId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import type { Talk } from '#src/core/talks.ts'

export type TalkRow = Readonly<{
  key: string
  platform: string
  workspace: string | null
  channel: string
  title: string
  begun_at: number
  last_at: number
}>

/** A title that nobody gave is so much of the first message, in characters. */
const titleLength = 80

// The first words of a talk are its title until it gets one.
export const talkColumns = `talk.key, talk.platform, talk.workspace, talk.channel, talk.begun_at,
  coalesce(talk.title, (
    SELECT substr(message.text, 1, ${titleLength}) FROM message INDEXED BY message_transcript
    WHERE message.conversation_id = conversation.id AND message.role = 'person'
    ORDER BY message.ordinal, message.id LIMIT 1
  ), '') AS title,
  max(talk.begun_at, coalesce(conversation.heard_at, 0)) AS last_at`
export const talkJoined = 'FROM talk LEFT JOIN conversation ON conversation.key = talk.key'

export function talkOf(row: TalkRow): Talk {
  const place: Place = {
    platform: row.platform,
    workspace: row.workspace ?? undefined,
    channel: row.channel,
    thread: undefined,
    audience: 'dm',
  }
  return {
    id: row.key as ConversationId,
    place,
    title: row.title,
    begunAt: new Date(row.begun_at),
    lastAt: new Date(row.last_at),
  }
}
