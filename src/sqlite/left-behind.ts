import type { Database } from 'better-sqlite3'
import type { ConversationId, EventKey, MessageId, TurnId } from '#src/core/ids.ts'
import type { Asked, Turn } from '#src/core/turn.ts'
import type { OpenTurn } from '#src/core/turns.ts'
import { type PlaceColumns, placeColumns, placeOf } from './conversations.ts'
import { type DraftColumns, draftColumns, draftOf } from './drafts.ts'
import { type PersonColumns, personColumns, personOf } from './people.ts'

type AskedRow = PlaceColumns &
  PersonColumns &
  Readonly<{ event_key: string; key: string; said_at: number; text: string }>
type TurnRow = DraftColumns &
  Readonly<{ id: number; key: string; conversation: string; run: number; falls_back: number; messages: string }>

const askedColumns = `message.event_key, message.key, message.said_at, message.text, ${placeColumns}, ${personColumns}`

export const leftBehindSql = {
  waiting: `
    SELECT ${askedColumns}
    FROM message INDEXED BY message_waiting
    CROSS JOIN conversation ON conversation.id = message.conversation_id
    CROSS JOIN person ON person.id = message.person_id
    WHERE message.turn_id IS NULL
    ORDER BY message.ordinal, message.id`,
  open: `
    SELECT turn.id, turn.key, conversation.key AS conversation, turn.run, ${draftColumns},
      EXISTS (
        SELECT 1 FROM superseded
        WHERE superseded.turn_id = turn.id AND superseded.run = turn.run - 1 AND superseded.cause <> 'edit'
      ) AS falls_back,
      (SELECT json_group_array(message_key ORDER BY part) FROM reply_part WHERE reply_part.turn_id = turn.id) AS messages
    FROM turn INDEXED BY turn_open
    CROSS JOIN conversation ON conversation.id = turn.conversation_id
    LEFT JOIN draft ON draft.turn_id = turn.id
    WHERE turn.state = 'answering'
    ORDER BY turn.ordinal, turn.id`,
  askedIn: `
    SELECT ${askedColumns}
    FROM message INDEXED BY message_of_turn
    CROSS JOIN conversation ON conversation.id = message.conversation_id
    CROSS JOIN person ON person.id = message.person_id
    WHERE message.turn_id = :turn AND message.role = 'person'
    ORDER BY message.ordinal, message.id`,
}

/** What the process before this one had received and not answered, or not to the end. */
export function createLeftBehind(db: Database) {
  const waiting = db.prepare<[], AskedRow>(leftBehindSql.waiting)
  const open = db.prepare<[], TurnRow>(leftBehindSql.open)
  const askedIn = db.prepare<{ turn: number }, AskedRow>(leftBehindSql.askedIn)
  const keys = db.prepare<{ turn: number }, Pick<TurnRow, 'key' | 'conversation'>>(
    `SELECT turn.key, conversation.key AS conversation
     FROM turn JOIN conversation ON conversation.id = turn.conversation_id WHERE turn.id = :turn`,
  )

  return {
    /** A turn with what is left of its questions; `undefined`: nothing is. */
    turnOf(turn: number): Turn | undefined {
      const row = keys.get({ turn })
      return row && turnWith(row, askedIn.all({ turn }).map(askedOf))
    },
    waiting: (): readonly Asked[] => waiting.all().map(askedOf),
    open: (): readonly OpenTurn[] =>
      open.all().flatMap(row => openTurn(row, askedIn.all({ turn: row.id }).map(askedOf))),
  }
}

/** Of a turn whose questions were all forgotten nothing is left to do. */
function openTurn(row: TurnRow, asked: readonly Asked[]): readonly OpenTurn[] {
  const turn = turnWith(row, asked)
  if (turn === undefined) return []
  const messages = JSON.parse(row.messages) as readonly MessageId[]
  return [{ turn, run: row.run, fallsBack: row.falls_back === 1, draft: draftOf(row), messages }]
}

function turnWith(
  { key, conversation }: Pick<TurnRow, 'key' | 'conversation'>,
  asked: readonly Asked[],
): Turn | undefined {
  const newest = asked.at(-1)
  if (newest === undefined) return undefined
  const { place, person: asker } = newest
  return { id: key as TurnId, conversation: conversation as ConversationId, place, asker, asked }
}

function askedOf(row: AskedRow): Asked {
  return {
    key: row.event_key as EventKey,
    place: placeOf(row),
    person: personOf(row),
    at: new Date(row.said_at),
    message: { id: row.key as MessageId, text: row.text, addressed: true, quotes: [], unread: [] },
  }
}
