import type { HistoryMessage } from '#src/core/history.ts'
import type { MessageId } from '#src/core/ids.ts'
import { type PersonColumns, personColumns, personOf } from './people.ts'
import { formatPosition } from './position.ts'

export type MessageColumns = PersonColumns &
  Readonly<{
    id: number
    ordinal: number
    role: HistoryMessage['role']
    said_at: number
    text: string
    /** A JSON array: from a person the one message, from Aeries the parts of the reply. */
    messages: string
  }>

/** A message's columns in a join with `message` and `person`, for `messageOf`. */
export const messageColumns = `message.id, message.ordinal, message.role, message.said_at, message.text,
  CASE message.role
    WHEN 'person' THEN json_array(message.key)
    ELSE (SELECT json_group_array(message_key ORDER BY part) FROM reply_part WHERE reply_part.turn_id = message.turn_id)
  END AS messages,
  ${personColumns}`

export function messageOf(row: MessageColumns): HistoryMessage {
  return {
    position: formatPosition(row),
    role: row.role,
    person: personOf(row),
    text: row.text,
    at: new Date(row.said_at),
    messages: JSON.parse(row.messages) as readonly MessageId[],
  }
}
