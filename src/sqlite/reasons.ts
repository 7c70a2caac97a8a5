import type { Database } from 'better-sqlite3'
import type { ConversationId, MessageId, PersonId, TurnId } from '#src/core/ids.ts'
import type { Reason } from '#src/core/own-data.ts'

type Row = Readonly<{
  persona: string
  model: string
  messages: number
  from_at: number | null
  to_at: number | null
  lines: string | null
}>

/** That conversation, or a thread of it: a semicolon is the character behind a colon. */
export const below =
  "(conversation.key = :conversation OR (conversation.key > :conversation || ':' AND conversation.key < :conversation || ';'))"

/** What shaped the answers. A row goes with its answer, by a trigger. */
export function createReasons(db: Database) {
  const drop = db.prepare<{ turn: string }>(
    'DELETE FROM reply_reason WHERE turn_id = (SELECT id FROM turn WHERE key = :turn)',
  )
  const put = db.prepare<Row & { turn: string }>(
    `INSERT INTO reply_reason (turn_id, person_id, persona, model, messages, from_at, to_at, lines)
     SELECT id, asker_id, :persona, :model, :messages, :from_at, :to_at, :lines FROM turn WHERE key = :turn
       AND EXISTS (SELECT 1 FROM message WHERE message.turn_id = turn.id AND role = 'aeries')`,
  )
  return {
    /** Of a turn that has an answer. A later run of it takes the place of an earlier one. */
    put(turn: TurnId, { lines, window, persona, model }: Reason): void {
      drop.run({ turn })
      put.run({
        turn,
        persona,
        model,
        messages: window?.messages ?? 0,
        from_at: window?.from.getTime() ?? null,
        to_at: window?.to.getTime() ?? null,
        lines: JSON.stringify(lines),
      })
    },
  }
}

/** Reads why an answer to that person is as it is: by a message that shows it, or the newest of a conversation. */
export function readReason(db: Database) {
  const columns = 'reason.persona, reason.model, reason.messages, reason.from_at, reason.to_at, reason.lines'
  const ofMessage = db.prepare<{ person: string; of: string }, Row>(
    `SELECT ${columns} FROM reply_part
     CROSS JOIN reply_reason AS reason ON reason.turn_id = reply_part.turn_id
     CROSS JOIN person ON person.id = reason.person_id AND person.key = :person
     WHERE reply_part.message_key = :of`,
  )
  const newest = db.prepare<{ person: string; of: string }, Row>(
    `SELECT ${columns} FROM person
     CROSS JOIN reply_reason AS reason ON reason.person_id = person.id
     CROSS JOIN turn ON turn.id = reason.turn_id
     CROSS JOIN conversation ON conversation.id = turn.conversation_id AND ${below.replaceAll(':conversation', ':of')}
     WHERE person.key = :person
     ORDER BY conversation.key = :of DESC, turn.ordinal DESC, turn.id DESC LIMIT 1`,
  )
  return (person: PersonId, of: MessageId | ConversationId): Reason | undefined => {
    const row = of.includes('/') ? ofMessage.get({ person, of }) : newest.get({ person, of })
    if (row === undefined) return undefined
    const { from_at: from, to_at: to, lines, messages, persona, model } = row
    return {
      lines: lines === null ? [] : (JSON.parse(lines) as Reason['lines']),
      window:
        messages === 0 || from === null || to === null
          ? undefined
          : { messages, from: new Date(from), to: new Date(to) },
      persona,
      model,
    }
  }
}
