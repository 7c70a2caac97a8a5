import type { Database } from 'better-sqlite3'
import type { MessageId, TurnId } from '#src/core/ids.ts'

export type ReplyParts = ReturnType<typeof createReplyParts>

export function createReplyParts(db: Database) {
  // A part stands in one message, and a message shows one part: the newest that is told.
  const put = db.prepare<{ turn: number; part: number; message: string }>(
    'INSERT OR REPLACE INTO reply_part (turn_id, part, message_key) VALUES (:turn, :part, :message)',
  )
  const list = db
    .prepare<{ turn: number }, string>('SELECT message_key FROM reply_part WHERE turn_id = :turn ORDER BY part')
    .pluck()
  const clear = db.prepare<{ turn: number }>('DELETE FROM reply_part WHERE turn_id = :turn')

  function of(turn: number): readonly MessageId[] {
    return list.all({ turn }) as MessageId[]
  }

  const turnOf = db
    .prepare<{ message: string }, string>(
      `SELECT turn.key FROM turn WHERE turn.id = coalesce(
         (SELECT turn_id FROM reply_part WHERE message_key = :message),
         (SELECT turn_id FROM superseded_part WHERE message_key = :message)
       )`,
    )
    .pluck()
  const ever = db
    .prepare<{ turn: number }, string>(
      `SELECT message_key FROM reply_part WHERE turn_id = :turn
       UNION ALL SELECT message_key FROM superseded_part WHERE turn_id = :turn`,
    )
    .pluck()

  return {
    of,
    /** With those that show a superseded reply. */
    ever: (turn: number): readonly MessageId[] => ever.all({ turn }) as MessageId[],
    /** The turn whose reply the message shows, or showed before another took its place. */
    turnOf: (message: MessageId): TurnId | undefined => turnOf.get({ message }) as TurnId | undefined,
    put(turn: number, part: number, message: MessageId): void {
      put.run({ turn, part, message })
    },
    /** Makes these the parts of the turn. Mostly they are already. */
    settle(turn: number, messages: readonly MessageId[]): void {
      const known = of(turn)
      if (known.length === messages.length && known.every((message, part) => message === messages[part])) return
      clear.run({ turn })
      for (const [part, message] of messages.entries()) put.run({ turn, part, message })
    },
  }
}
