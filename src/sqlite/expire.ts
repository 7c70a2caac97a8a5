import type { Database } from 'better-sqlite3'
import type { KeepsDays } from '#src/core/retention.ts'
import { createDrop } from './purge.ts'

const dayMs = 24 * 3_600_000
/** Messages that one step takes out: some ms of work. */
const messagesOfStep = 50
/** Conversations that one step looks at: one in which nothing is old takes some 10 µs. */
const conversationsOfStep = 100
/** Nobody waits that long for an answer: a turn that is still open then was left by a process that never came back. */
const openForMs = 2 * dayMs

type ConversationRow = Readonly<{ id: number; platform: string; workspace: string | null; channel: string }>

/** As many bytes as before, or the row would move. */
const blankQuote = 'quote = substr(hex(zeroblob(octet_length(quote))), 1, octet_length(quote))'

/**
 * Takes out words that are older than they may be, one conversation after the other. What was learnt from them stays, without the words
 * that prove it: what somebody thinks of an answer stays as well, so that they can still take it back.
 */
export function createExpire(db: Database) {
  const conversations = db.prepare<{ after: number }, ConversationRow>(
    `SELECT id, platform, workspace, channel FROM conversation WHERE id > :after ORDER BY id LIMIT ${conversationsOfStep}`,
  )
  const old = db
    .prepare<{ conversation: number; before: number; open: number; most: number }, number>(
      `SELECT message.id FROM message INDEXED BY message_transcript LEFT JOIN turn ON turn.id = message.turn_id
       WHERE message.conversation_id = :conversation AND message.ordinal < :before AND message.role = 'person'
         AND (turn.id IS NULL OR turn.ordinal < iif(turn.state = 'answering', :open, :before))
       ORDER BY message.ordinal, message.id LIMIT :most`,
    )
    .pluck()
  const quotes = [blankQuote, "quote = ''"].map(set =>
    db.prepare<{ message: string }>(`UPDATE evidence SET ${set} WHERE message_key = :message`),
  )
  const drop = createDrop(
    db,
    message => {
      for (const statement of quotes) statement.run({ message })
    },
    true,
  )
  /** Behind what was looked at; from the start again once all was. */
  let looked = 0

  /** One step. Who calls it has a transaction open. */
  return (keepsDays: KeepsDays, at: Date): Readonly<{ isMore: boolean; messages: number }> => {
    const now = at.getTime()
    const page = conversations.all({ after: looked })
    let room = messagesOfStep
    for (const { id, platform, workspace, channel } of page) {
      const days = keepsDays({ platform, workspace: workspace ?? undefined, channel })
      if (days > 0) {
        const before = (now - days * dayMs) * 1_000
        const gone = old.all({ conversation: id, before, open: before - openForMs * 1_000, most: room })
        drop(gone)
        room -= gone.length
        if (room === 0) return { isMore: true, messages: messagesOfStep }
      }
      looked = id
    }
    const isMore = page.length === conversationsOfStep
    if (!isMore) looked = 0
    return { isMore, messages: messagesOfStep - room }
  }
}
