import type { Database } from 'better-sqlite3'
import { type Given, tapSign, type Verdict } from '#src/core/feedback.ts'
import type { MessageId, PersonId, TurnId } from '#src/core/ids.ts'

/** Whose word on which message, by what sign. */
export type OpinionAt = Readonly<{ message: MessageId; person: number; sign: string }>

/** What of a word holds. `verdict` stays when it is taken back. */
export type OpinionRow = OpinionAt &
  Readonly<{
    turn: number
    verdict: Verdict
    /** 0: it was taken back. */
    isGiven: number
    at: number
    facets: string
  }>

const columns = `opinion.message_key AS message, opinion.person_id AS person, opinion.sign, opinion.turn_id AS turn,
  opinion.verdict, opinion.is_given AS isGiven, opinion.at, opinion.facets`

export function createOpinionRows(db: Database) {
  const find = db.prepare<OpinionAt, OpinionRow>(
    `SELECT ${columns} FROM opinion WHERE message_key = :message AND person_id = :person AND sign = :sign`,
  )
  const onMessage = db.prepare<{ message: string }, OpinionRow & Readonly<{ key: string }>>(
    `SELECT ${columns}, person.key FROM opinion JOIN person ON person.id = opinion.person_id
     WHERE message_key = :message AND is_given = 1 ORDER BY opinion.person_id, sign`,
  )
  const given = db.prepare<{ turn: number; person: number }, OpinionRow>(
    `SELECT ${columns} FROM opinion WHERE turn_id = :turn AND person_id = :person AND is_given = 1
     ORDER BY at, message_key, sign`,
  )
  const put = db.prepare<OpinionRow & { writtenAt: number }>(
    `INSERT INTO opinion (message_key, person_id, sign, turn_id, run, verdict, is_given, at, facets, written_at)
     VALUES (:message, :person, :sign, :turn, (SELECT run FROM turn WHERE id = :turn), :verdict, :isGiven, :at, :facets, :writtenAt)
     ON CONFLICT (message_key, person_id, sign) DO UPDATE SET turn_id = excluded.turn_id, run = excluded.run,
       verdict = excluded.verdict, is_given = excluded.is_given, at = excluded.at, facets = excluded.facets,
       written_at = excluded.written_at`,
  )
  const tapped = db
    .prepare<{ turn: string; person: string }, Verdict>(
      `SELECT verdict FROM turn
       CROSS JOIN opinion INDEXED BY opinion_of_turn ON opinion.turn_id = turn.id AND opinion.run = turn.run
         AND person_id = (SELECT id FROM person WHERE key = :person)
       WHERE turn.key = :turn AND sign = '${tapSign}' AND is_given = 1 ORDER BY at DESC LIMIT 1`,
    )
    .pluck()
  const takeBackReasons = db.prepare<{ turn: number; person: number; at: number }>(
    `UPDATE opinion SET is_given = 0, at = max(at, :at)
     WHERE turn_id = :turn AND person_id = :person AND sign = '${tapSign}' AND is_given = 1`,
  )

  return {
    find: (at: OpinionAt) => find.get(at),
    /** Everybody's, that are not taken back. */
    onMessage: (message: MessageId) => onMessage.all({ message }).map(row => ({ row, key: row.key as PersonId })),
    given: (turn: number, person: number): readonly Given[] => given.all({ turn, person }).map(givenOf),
    /** Of the reply that the turn has now. */
    tapped: (turn: TurnId, person: PersonId) => tapped.get({ turn, person }),
    put(row: OpinionRow, now: Date): void {
      put.run({ ...row, writtenAt: now.getTime() })
    },
    /** What they tapped: taps have another clock than reactions, so what came before counts as said before. */
    takeBackReasons(turn: number, person: number, at: number): void {
      takeBackReasons.run({ turn, person, at })
    },
  }
}

function givenOf({ message, sign, verdict, at, facets }: OpinionRow): Given {
  return { message, sign, verdict, at: new Date(at), facets: facets === '' ? [] : facets.split(' ') }
}
