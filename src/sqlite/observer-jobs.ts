import type { Database } from 'better-sqlite3'
import type { ConversationId, MessageId, PersonId, TurnId } from '#src/core/ids.ts'
import { type LearningScope, scopeHeardIn } from '#src/core/learning-scope.ts'
import type { Exchange, JobCounts, JobId, ObserverJob } from '#src/core/observer-job.ts'
import type { SessionId } from '#src/core/session.ts'
import type { Turn } from '#src/core/turn.ts'
import { type WorkspaceId, workspaceOf } from '#src/core/workspace.ts'
import { type PlaceColumns, placeColumns, placeOf } from './conversations.ts'
import type { Sessions } from './sessions.ts'

type Row = Readonly<{
  id: number
  person_id: number
  conversation_id: number
  turn_id: number
  session_id: number
  workspace: string
  scope: string
  attempts: number
}>
type WhoseRow = PlaceColumns & Readonly<{ person: string; conversation: string; turn: string }>
type SaidRow = Readonly<{ role: 'person' | 'aeries'; key: string | null; text: string; said_at: number }>

/** The place was opened or closed between the questions of one turn: whose words may be told where, nobody can say. */
const ofTwoCircles = 'said in more than one circle'

const columns = 'id, person_id, conversation_id, turn_id, session_id, workspace, scope, attempts'

/** Makes a job of a closed turn: where it was said, and who heard it, is decided now and stays. */
export function createObserve(sessions: Sessions, jobs: ObserverJobs) {
  return (turn: Turn, rows: Readonly<{ conversation: number; person: number; turn: number }>, closed: Date): void => {
    const { person, conversation } = rows
    const scope = scopeHeardIn(turn.place)
    const isOfOneCircle = turn.asked.every(({ place }) => scopeHeardIn(place) === scope)
    const at = (turn.asked.at(-1)?.at ?? closed).getTime()
    const session = Number(sessions.start({ person, conversation, scope, at }).id)
    const whose = { person_id: person, conversation_id: conversation, turn_id: rows.turn, session_id: session }
    jobs.add({ ...whose, workspace: workspaceOf(turn.place), scope }, closed, isOfOneCircle ? undefined : ofTwoCircles)
  }
}

export type ObserverJobs = ReturnType<typeof createObserverJobs>

/** What the observer has yet to read: a closed turn each. */
export function createObserverJobs(db: Database) {
  const insert = db.prepare<Omit<Row, 'id' | 'attempts'> & { at: number; state: string; reason: string | null }>(
    `INSERT INTO observer_job (person_id, conversation_id, turn_id, session_id, workspace, scope, not_before, created_at, state, reason)
     VALUES (:person_id, :conversation_id, :turn_id, :session_id, :workspace, :scope, :at, :at, :state, :reason)
     ON CONFLICT DO NOTHING`,
  )
  const due = db.prepare<{ at: number }, Row>(
    `SELECT ${columns} FROM observer_job INDEXED BY observer_job_due
     WHERE state = 'waiting' AND not_before <= :at ORDER BY not_before, id LIMIT 1`,
  )
  const alike = db.prepare<Row & { at: number; limit: number }, Row>(
    `SELECT ${columns} FROM observer_job INDEXED BY observer_job_of_person
     WHERE person_id = :person_id AND conversation_id = :conversation_id AND id > :id AND state = 'waiting'
       AND session_id = :session_id AND workspace = :workspace AND scope = :scope AND attempts = 0 AND not_before <= :at
     ORDER BY id LIMIT :limit`,
  )
  const said = db.prepare<{ turn: number; person: number }, SaidRow>(
    `SELECT role, key, text, said_at FROM message INDEXED BY message_of_turn
     WHERE turn_id = :turn AND person_id = :person ORDER BY ordinal, id`,
  )
  const whose = db.prepare<{ turn: number }, WhoseRow>(
    `SELECT person.key AS person, conversation.key AS conversation, turn.key AS turn, ${placeColumns}
     FROM turn JOIN conversation ON conversation.id = turn.conversation_id JOIN person ON person.id = turn.asker_id
     WHERE turn.id = :turn`,
  )
  const setState = db.prepare<{ id: number; state: string; reason: string | null; at: number | null; tries: number }>(
    `UPDATE observer_job SET state = :state, reason = coalesce(:reason, reason), attempts = attempts + :tries,
       not_before = coalesce(:at, not_before) WHERE id = :id`,
  )
  const isTaken = db
    .prepare<{ id: number }, number>("SELECT EXISTS (SELECT 1 FROM observer_job WHERE id = :id AND state <> 'dead')")
    .pluck()
  const remove = db.prepare<{ id: number }>('DELETE FROM observer_job WHERE id = :id')
  const release = db.prepare("UPDATE observer_job SET state = 'waiting' WHERE state = 'taken'")
  const next = db.prepare<[], number | null>("SELECT min(not_before) FROM observer_job WHERE state = 'waiting'").pluck()
  const drop = db.prepare<{ beyond: number; reason: string }>(
    `UPDATE observer_job SET state = 'dead', reason = :reason WHERE id IN (
       SELECT id FROM observer_job WHERE state = 'waiting' ORDER BY id DESC LIMIT -1 OFFSET :beyond
     )`,
  )
  const counts = db.prepare<[], { waiting: number; dead: number; oldest: number | null }>(
    `SELECT count(*) FILTER (WHERE state <> 'dead') AS waiting, count(*) FILTER (WHERE state = 'dead') AS dead,
       min(created_at) FILTER (WHERE state <> 'dead') AS oldest FROM observer_job`,
  )

  function exchangeOf(row: Row): (Exchange & Pick<WhoseRow, 'person' | 'conversation'>) | undefined {
    const place = whose.get({ turn: row.turn_id })
    const lines = said.all({ turn: row.turn_id, person: row.person_id })
    const answer = lines.find(({ role }) => role === 'aeries')
    const asked = lines.flatMap(({ key, text, said_at }) =>
      key === null ? [] : [{ message: key as MessageId, text, at: new Date(said_at) }],
    )
    if (place === undefined || answer === undefined || asked.length === 0) return undefined
    const { person, conversation, turn } = place
    const reply = { text: answer.text, at: new Date(answer.said_at) }
    const session = String(row.session_id) as SessionId
    return { turn: turn as TurnId, place: placeOf(place), said: asked, reply, session, person, conversation }
  }

  function set(
    jobs: readonly JobId[],
    state: 'waiting' | 'taken' | 'dead',
    how: Partial<Parameters<typeof setState.run>[0]> = {},
  ) {
    for (const id of jobs) setState.run({ state, reason: null, at: null, tries: 0, ...how, id: Number(id) })
  }

  return {
    /** `unlearnable`: why nothing can be learnt from it. */
    add(turn: Omit<Row, 'id' | 'attempts'>, at: Date, unlearnable?: string): void {
      const state = unlearnable === undefined ? 'waiting' : 'dead'
      insert.run({ ...turn, at: at.getTime(), state, reason: unlearnable ?? null })
    },
    /** Takes the oldest that is due, with those that are like it. One that failed before goes alone, so that it spoils no other. */
    take(now: Date, limit: number): ObserverJob | undefined {
      const at = now.getTime()
      for (;;) {
        const first = due.get({ at })
        if (first === undefined) return undefined
        const rows = first.attempts > 0 ? [first] : [first, ...alike.all({ ...first, at, limit: limit - 1 })]
        const read = rows.map(row => ({ row, exchange: exchangeOf(row) }))
        // Of a turn without words nothing can be learnt.
        for (const { row, exchange } of read) if (exchange === undefined) remove.run(row)
        const [whole] = read.flatMap(({ exchange }) => exchange ?? [])
        if (whole === undefined) continue
        const taken = read.filter(({ exchange }) => exchange !== undefined)
        const ids = taken.map(({ row }) => String(row.id) as JobId)
        set(ids, 'taken')
        return {
          ids,
          person: whole.person as PersonId,
          conversation: whole.conversation as ConversationId,
          workspace: first.workspace as WorkspaceId,
          scope: first.scope as LearningScope,
          attempts: first.attempts,
          exchanges: taken.flatMap(({ exchange }) => {
            if (exchange === undefined) return []
            const { person: _, conversation: __, ...rest } = exchange
            return rest
          }),
        }
      }
    },
    nextAt(): Date | undefined {
      const at = next.get()
      return at === undefined || at === null ? undefined : new Date(at)
    },
    park: (jobs: readonly JobId[], until: Date): void => set(jobs, 'waiting', { at: until.getTime() }),
    fail: (jobs: readonly JobId[], reason: string, until: Date): void =>
      set(jobs, 'waiting', { at: until.getTime(), reason, tries: 1 }),
    deadLetter: (jobs: readonly JobId[], reason: string): void => set(jobs, 'dead', { reason, tries: 1 }),
    /** Whether all are there, and not given up. */
    areOpen: (jobs: readonly JobId[]): boolean => jobs.every(id => isTaken.get({ id: Number(id) }) === 1),
    remove(jobs: readonly JobId[]): void {
      for (const id of jobs) remove.run({ id: Number(id) })
    },
    release: (): number => release.run().changes,
    dropBeyond: (beyond: number, reason: string): number => drop.run({ beyond, reason }).changes,
    counts(): JobCounts {
      const { waiting = 0, dead = 0, oldest = null } = counts.get() ?? {}
      return { waiting, dead, oldest: oldest === null ? undefined : new Date(oldest) }
    },
  }
}
