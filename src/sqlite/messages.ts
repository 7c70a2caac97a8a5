import type { Database } from 'better-sqlite3'
import type { EventKey } from '#src/core/ids.ts'
import type { Asked } from '#src/core/turn.ts'
import { nextIdIn } from './side-by-side.ts'

/** Ordinals that one millisecond has room for. */
export const ordinalsPerMs = 1_000

export type Messages = ReturnType<typeof createMessages>

type Question = Readonly<{
  conversation: number
  person: number
  from: number
  to: number
  said: number
  event: string
  key: string
  text: string
}>

type Answer = Readonly<{
  conversation: number
  person: number
  turn: number
  ordinal: number
  said: number
  text: string
}>

export function createMessages(db: Database) {
  const insertQuestion = db.prepare<Question>(
    `INSERT INTO message (id, conversation_id, ordinal, role, person_id, said_at, event_key, key, text)
     VALUES (
       ${nextIdIn('message')},
       :conversation,
       coalesce(
         (SELECT max(ordinal) + 1 FROM message
          WHERE conversation_id = :conversation AND ordinal >= :from AND ordinal < :to),
         :from
       ),
       'person', :person, :said, :event, :key, :text
     )
     ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING`,
  )
  const insertAnswer = db.prepare<Answer>(
    `INSERT INTO message (id, conversation_id, ordinal, role, person_id, turn_id, said_at, text)
     VALUES (${nextIdIn('message')}, :conversation, :ordinal, 'aeries', :person, :turn, :said, :text)`,
  )
  const waiting = db
    .prepare<{ event: string; conversation: number }, number>(
      `SELECT ordinal FROM message
       WHERE event_key = :event AND turn_id IS NULL AND conversation_id = :conversation`,
    )
    .pluck()
  const unanswered = db
    .prepare<{ event: string }, string>('SELECT text FROM message WHERE event_key = :event AND turn_id IS NULL')
    .pluck()
  const take = db.prepare<{ event: string; turn: number }>(
    'UPDATE message SET turn_id = :turn WHERE event_key = :event AND turn_id IS NULL',
  )

  return {
    /** Writes down what a person said; false when a message with its key is there already. */
    ask({ key: event, at, message }: Asked, conversation: number, person: number): boolean {
      const said = at.getTime()
      const from = said * ordinalsPerMs
      const to = from + ordinalsPerMs
      const { id: key, text } = message
      return insertQuestion.run({ conversation, person, from, to, said, event, key, text }).changes === 1
    },
    answer(answer: Answer): void {
      insertAnswer.run(answer)
    },
    /** Where a message stands that waits for a turn in this conversation. */
    waiting(event: EventKey, conversation: number): number | undefined {
      return waiting.get({ event, conversation })
    },
    /** The words of a message that waits for a turn. */
    unanswered: (event: EventKey): string | undefined => unanswered.get({ event }),
    take(event: EventKey, turn: number): void {
      take.run({ event, turn })
    },
  }
}
