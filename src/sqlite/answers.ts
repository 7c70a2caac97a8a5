import type { Database } from 'better-sqlite3'
import type { Answer } from '#src/core/feedback.ts'
import type { MessageId, TurnId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import { type PlaceColumns, placeColumns, placeOf } from './conversations.ts'

/** Enough to tell what is usual. */
const maxBefore = 20

/** A turn whose answer somebody has a word on. */
export type RatedTurn = Readonly<{
  id: number
  key: TurnId
  conversation: number
  asker: number
  ordinal: number
  place: Place
  persona: string | undefined
  /** The messages that show the answer, in order. */
  shown: readonly MessageId[]
}>

type TurnRow = PlaceColumns &
  Readonly<{ id: number; key: string; conversation: number; asker: number; ordinal: number; persona: string | null }>

/** Answers for those who judge them. */
export function createAnswers(db: Database) {
  const select = (where: string) =>
    `SELECT turn.id, turn.key, turn.conversation_id AS conversation, turn.asker_id AS asker, turn.ordinal, turn.persona,
       ${placeColumns}
     FROM turn JOIN conversation ON conversation.id = turn.conversation_id WHERE ${where}`
  const byKey = db.prepare<{ key: string }, TurnRow>(select('turn.key = :key'))
  const byId = db.prepare<{ id: number }, TurnRow>(select('turn.id = :id'))
  const byMessage = db.prepare<{ message: string }, TurnRow>(
    select('turn.id = (SELECT turn_id FROM reply_part WHERE message_key = :message)'),
  )
  const shown = db
    .prepare<{ id: number }, string>('SELECT message_key FROM reply_part WHERE turn_id = :id ORDER BY part')
    .pluck()
  const said = db.prepare<{ id: number }, { role: 'person' | 'aeries'; text: string }>(
    'SELECT role, text FROM message INDEXED BY message_of_turn WHERE turn_id = :id ORDER BY ordinal, id',
  )
  const draft = db.prepare<{ id: number }, string>('SELECT text FROM draft WHERE turn_id = :id').pluck()
  const before = db
    .prepare<{ conversation: number; asker: number; ordinal: number }, string>(
      `SELECT text FROM message INDEXED BY message_transcript
       WHERE conversation_id = :conversation AND ordinal < :ordinal AND role = 'aeries' AND person_id = :asker
       ORDER BY ordinal DESC LIMIT ${maxBefore}`,
    )
    .pluck()

  function ratedOf(row: TurnRow | undefined): RatedTurn | undefined {
    if (row === undefined) return undefined
    const { id, key, conversation, asker, ordinal } = row
    const messages = shown.all({ id }) as MessageId[]
    const persona = row.persona ?? undefined
    return { id, key: key as TurnId, conversation, asker, ordinal, place: placeOf(row), persona, shown: messages }
  }

  return {
    byKey: (key: TurnId) => ratedOf(byKey.get({ key })),
    byId: (id: number) => ratedOf(byId.get({ id })),
    byMessage: (message: MessageId) => ratedOf(byMessage.get({ message })),
    /** What is being written is judged by what stands there. */
    read(turn: RatedTurn): Answer {
      const lines = said.all({ id: turn.id })
      const textOf = (role: 'person' | 'aeries') => lines.filter(line => line.role === role).map(({ text }) => text)
      const text = draft.get({ id: turn.id }) ?? textOf('aeries').join('\n')
      return { text, question: textOf('person').join('\n'), before: before.all(turn) }
    },
  }
}
