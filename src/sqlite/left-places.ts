import type { Database } from 'better-sqlite3'
import { conversationId } from '#src/core/ids.ts'
import type { LeftPlace } from '#src/core/retention.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import type { Forgotten } from './forgotten.ts'
import type { createPurge } from './purge.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import type { Unlearn } from './unlearn.ts'

/** Messages, with all that was learnt from them, that one step takes out: some ms of work. */
const messagesOfStep = 20

type LeftRow = Readonly<{
  id: number
  platform: string
  workspace: string | null
  channel: string | null
  thread: string | null
  until: number
  done: string
}>

/** All keys from one on, up to another. */
type Range = Readonly<{ from: string; to: string }>

/** The keys that begin with it and a separator, whose next character in ASCII order ends them. */
const below = (start: string, separator: ':' | '/'): Range => ({
  from: `${start}${separator}`,
  to: `${start}${String.fromCharCode(separator.charCodeAt(0) + 1)}`,
})

/** The conversations of that place: itself, and all below it. */
function keysOf({ platform, workspace, channel, thread }: Omit<LeftRow, 'id' | 'until' | 'done'>) {
  const own =
    channel === null
      ? workspaceOf({ platform, workspace: workspace ?? undefined })
      : conversationId({ platform, workspace: workspace ?? undefined, channel, thread: thread ?? undefined })
  return { own, ...below(own, ':') }
}

/** Takes out what was said in places that are no more, with what was learnt from it, conversation by conversation. */
export function createLeftPlaces(
  db: Database,
  parts: Readonly<{
    unit: UnitOfWork
    purge: ReturnType<typeof createPurge>
    unlearn: Unlearn
    forgotten: Forgotten
    now: () => Date
  }>,
) {
  const { unit, purge, unlearn, forgotten, now } = parts
  const insert = db.prepare<Omit<LeftRow, 'id' | 'done'>>(
    `INSERT INTO left_place (platform, workspace, channel, thread, until)
     VALUES (:platform, :workspace, :channel, :thread, :until)`,
  )
  const next = db.prepare<[], LeftRow>('SELECT * FROM left_place ORDER BY id LIMIT 1')
  const advance = db.prepare<{ id: number; done: string }>('UPDATE left_place SET done = :done WHERE id = :id')
  const finish = db.prepare<{ id: number }>('DELETE FROM left_place WHERE id = :id')
  const conversation = db.prepare<
    { own: string; from: string; to: string; done: string },
    { key: string; channel: string; thread: string | null }
  >(
    `SELECT key, channel, thread FROM conversation
     WHERE key > :done AND (key = :own OR (key >= :from AND key < :to)) ORDER BY key LIMIT 1`,
  )
  const learnt = db
    .prepare<Range & { until: number }, string>(
      `SELECT message_key FROM evidence WHERE message_key >= :from AND message_key < :to AND written_at <= :until
       UNION SELECT message_key FROM signal WHERE message_key >= :from AND message_key < :to AND written_at <= :until
       LIMIT ${messagesOfStep}`,
    )
    .pluck()
  // "place CONVERSATION" or "PERSON in CONVERSATION". A refusal stays: forgotten, it would turn into a yes.
  const choices = db.prepare<Range & { own: string }>(
    `WITH choice AS (
       SELECT scope, name, iif(instr(scope, 'place ') = 1, substr(scope, 7), substr(scope, instr(scope, ' in ') + 4)) AS place
       FROM preference
       WHERE instr(scope, 'place ') = 1 OR (instr(scope, ' in ') > 0 AND name NOT IN ('learning', 'ignored'))
     )
     DELETE FROM preference WHERE (scope, name) IN (
       SELECT scope, name FROM choice WHERE place = :own OR (place >= :from AND place < :to)
     )`,
  )
  const rules = db.prepare<{ workspace: string }>('DELETE FROM access_rule WHERE realm = :workspace')

  /** What was learnt from messages that are not there any more. Returns whether there may be more. */
  function unlearnSome(range: Range, until: number): boolean {
    const messages = learnt.all({ ...range, until })
    for (const message of messages) unlearn.source(message, now())
    return messages.length === messagesOfStep
  }

  const step = unit((row: LeftRow, found: ReturnType<typeof conversation.get>): number => {
    const { id, platform, workspace, channel, until } = row
    const home = workspaceOf({ platform, workspace: workspace ?? undefined })
    if (found) {
      const messages = purge.some(found.key, until, messagesOfStep)
      const said = below(`${home}:${found.thread ?? found.channel}`, '/')
      if (messages === messagesOfStep || unlearnSome(said, until)) return messages
      purge.conversation(found.key, until)
      advance.run({ id, done: found.key })
      return messages
    }
    // The messages of a thread are in the channel, or in one of the thread's own name.
    const said = row.thread ?? channel
    if (unlearnSome(said === null ? below(home, ':') : below(`${home}:${said}`, '/'), until)) return 0
    choices.run(keysOf(row))
    if (channel === null) rules.run({ workspace: home })
    finish.run({ id })
    return 0
  })

  return {
    add: unit((place: LeftPlace) => {
      const { platform, workspace = null, channel = null, thread = null } = place
      // Without either it would be all of a platform.
      if (workspace === null && channel === null) return
      insert.run({ platform, workspace, channel, thread, until: now().getTime() })
    }),
    /** One step. `undefined`: nothing is left to do. */
    step(): number | undefined {
      const row = next.get()
      if (row === undefined) return undefined
      const { until, done } = row
      const found = conversation.get({ ...keysOf(row), done })
      // Written down first: after a crash in between, the list says more than the database, never less.
      if (found && (forgotten.until('conversation', found.key)?.getTime() ?? 0) < until) {
        forgotten.add('conversation', found.key, new Date(until))
      }
      return step(row, found)
    },
  }
}
