import type { Database } from 'better-sqlite3'
import type { History, HistoryPosition } from '#src/core/history.ts'
import type { ConversationId, PersonId } from '#src/core/ids.ts'
import { type Audience, conversationOf } from '#src/core/place.ts'
import { type PlaceColumns, placeColumns, placeOf } from './conversations.ts'
import { type MessageColumns, messageColumns, messageOf } from './message-rows.ts'
import { ordinalsPerMs } from './messages.ts'
import { parsePosition } from './position.ts'
import type { UnitOfWork } from './unit-of-work.ts'

// CROSS JOIN keeps SQLite to the written order: from the conversation (or person) along its index, newest first, no sorting.
export const historySql = {
  window: windowSql(''),
  around: windowSql('AND conversation.audience = :audience'),
  last: `
    SELECT ${messageColumns}
    FROM conversation
    CROSS JOIN message INDEXED BY message_transcript ON message.conversation_id = conversation.id
    CROSS JOIN person ON person.id = message.person_id
    WHERE conversation.key = :conversation
    ORDER BY message.ordinal DESC, message.id DESC
    LIMIT :limit`,
  ofPerson: `
    SELECT ${messageColumns}, ${placeColumns}
    FROM person
    CROSS JOIN message INDEXED BY message_of_person ON message.person_id = person.id
    CROSS JOIN conversation ON conversation.id = message.conversation_id
    WHERE person.key = :person AND message.ordinal < :before
    ORDER BY message.ordinal DESC, message.id DESC
    LIMIT :limit`,
  knows: `
    SELECT EXISTS (
      SELECT 1 FROM conversation
      CROSS JOIN message INDEXED BY message_transcript ON message.conversation_id = conversation.id
      WHERE conversation.key = :conversation
    )`,
  startWindow: `
    UPDATE conversation SET window_ordinal = :ordinal, window_id = :id
    WHERE key = :conversation AND (window_ordinal, window_id) < (:ordinal, :id)`,
}

function windowSql(more: string): string {
  return `
    SELECT ${messageColumns}
    FROM conversation
    CROSS JOIN message INDEXED BY message_transcript ON message.conversation_id = conversation.id
      AND (message.ordinal, message.id) >= (conversation.window_ordinal, conversation.window_id)
    CROSS JOIN person ON person.id = message.person_id
    WHERE conversation.key = :conversation ${more}
      AND message.ordinal < :before
      AND message.turn_id IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM turn INDEXED BY turn_open WHERE turn.id = message.turn_id AND turn.state = 'answering'
      )
      AND NOT EXISTS (
        SELECT 1 FROM turn INDEXED BY turn_withdrawn WHERE turn.id = message.turn_id AND turn.withdrawn = 1
      )
    ORDER BY message.ordinal DESC, message.id DESC
    LIMIT :limit`
}

export function createHistory(db: Database, unit: UnitOfWork): History {
  const window = db.prepare<{ conversation: string; limit: number; before: number }, MessageColumns>(historySql.window)
  const around = db.prepare<
    { conversation: string; audience: Audience; limit: number; before: number },
    MessageColumns
  >(historySql.around)
  const last = db.prepare<{ conversation: string; limit: number }, MessageColumns>(historySql.last)
  const ofPerson = db.prepare<{ person: string; limit: number; before: number }, MessageColumns & PlaceColumns>(
    historySql.ofPerson,
  )
  const knows = db.prepare<{ conversation: string }, number>(historySql.knows).pluck()
  const startWindow = db.prepare<{ conversation: string; ordinal: number; id: number }>(historySql.startWindow)

  return {
    window: (conversation, limit, before) =>
      window
        .all({ conversation, limit, before: ordinalOf(before) })
        .reverse()
        .map(messageOf),
    around: (thread, limit, before) =>
      around
        .all({
          conversation: conversationOf({ ...thread, thread: undefined }),
          audience: thread.audience,
          limit,
          before: ordinalOf(before),
        })
        .reverse()
        .map(messageOf),
    last: (conversation, limit) => last.all({ conversation, limit }).reverse().map(messageOf),
    ofPerson: (person: PersonId, limit, before) =>
      ofPerson
        .all({ person, limit, before: ordinalOf(before) })
        .reverse()
        .map(row => ({ ...messageOf(row), place: placeOf(row) })),
    knows: (conversation: ConversationId) => knows.get({ conversation }) === 1,
    startWindow: unit((conversation: ConversationId, at: HistoryPosition) => {
      startWindow.run({ conversation, ...parsePosition(at) })
    }),
  }
}

function ordinalOf(before: Date | undefined): number {
  return before ? before.getTime() * ordinalsPerMs : Number.MAX_SAFE_INTEGER
}
