import type { Database } from 'better-sqlite3'
import type { HistoryPosition } from '#src/core/history.ts'
import { type ConversationId, type PersonId, turnId } from '#src/core/ids.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import type { Page, TalkCursor, TalkMessage, Talks } from '#src/core/talks.ts'
import type { TurnOutcome } from '#src/core/turn.ts'
import { type MessageColumns, messageColumns, messageOf } from './message-rows.ts'
import { parsePosition } from './position.ts'
import { createSearchTalks } from './search-talks.ts'
import { type TalkRow, talkColumns, talkJoined, talkOf } from './talk-rows.ts'
import type { UnitOfWork } from './unit-of-work.ts'

type MessageRow = MessageColumns &
  Readonly<{
    turn: string | null
    state: TurnOutcome | 'answering' | null
    note: string | null
  }>

export function createTalks(db: Database, unit: UnitOfWork): Talks {
  const insert = db.prepare<Omit<TalkRow, 'title' | 'last_at'> & Readonly<{ person: string; title: string | null }>>(
    `INSERT INTO talk (key, person_key, platform, workspace, channel, title, begun_at)
     VALUES (:key, :person, :platform, :workspace, :channel, :title, :begun_at) ON CONFLICT DO NOTHING`,
  )
  const find = db.prepare<{ person: string; key: string }, TalkRow>(
    `SELECT ${talkColumns} ${talkJoined} WHERE talk.key = :key AND talk.person_key = :person`,
  )
  const list = db.prepare<{ person: string; platform: string; at: number; key: string; limit: number }, TalkRow>(
    `SELECT * FROM (SELECT ${talkColumns} ${talkJoined} WHERE talk.person_key = :person AND talk.platform = :platform)
     WHERE (last_at, key) < (:at, :key) ORDER BY last_at DESC, key DESC LIMIT :limit`,
  )
  const name = db.prepare<{ person: string; key: string; title: string | null }>(
    'UPDATE talk SET title = :title WHERE key = :key AND person_key = :person',
  )
  const drop = db.prepare<{ person: string; key: string }>('DELETE FROM talk WHERE key = :key AND person_key = :person')
  const messages = db.prepare<{ key: string; ordinal: number; id: number; limit: number }, MessageRow>(
    `SELECT ${messageColumns}, turn.key AS turn, turn.state, turn.note
     FROM conversation
     CROSS JOIN message INDEXED BY message_transcript ON message.conversation_id = conversation.id
     CROSS JOIN person ON person.id = message.person_id
     LEFT JOIN turn ON turn.id = message.turn_id
     WHERE conversation.key = :key AND (message.ordinal, message.id) < (:ordinal, :id)
     ORDER BY message.ordinal DESC, message.id DESC LIMIT :limit`,
  )
  const search = createSearchTalks(db)

  return {
    begin: unit((person: PersonId, place: Place, title: string | undefined, at: Date) => {
      const { platform, workspace = null, channel } = place
      const row = { key: conversationOf(place), platform, workspace, channel, begun_at: at.getTime() }
      return insert.run({ ...row, person, title: title ?? null }).changes === 1 ? 'new' : 'known'
    }),
    find(person: PersonId, key: ConversationId) {
      const row = find.get({ person, key })
      return row && talkOf(row)
    },
    list(person, platform, limit, after) {
      const [at, key] = after === undefined ? [Number.MAX_SAFE_INTEGER, ''] : cursorOf(after)
      return pageOf(list.all({ person, platform, at, key, limit: limit + 1 }).map(talkOf), limit, one => {
        return `${one.lastAt.getTime()} ${one.id}` as TalkCursor
      })
    },
    search: (person, platform, words, limit) => search(person, platform, words).slice(0, limit),
    name: unit((person: PersonId, key: ConversationId, title: string | undefined) => {
      name.run({ person, key, title: title ?? null })
    }),
    drop: unit((person: PersonId, key: ConversationId) => {
      drop.run({ person, key })
    }),
    messages(key, limit, before) {
      const from = before === undefined ? { ordinal: Number.MAX_SAFE_INTEGER, id: 0 } : parsePosition(before)
      const newestFirst = messages.all({ key, ...from, limit: limit + 1 }).map(talkMessageOf)
      const page = pageOf(newestFirst, limit, (one): HistoryPosition => one.position)
      return { ...page, items: page.items.toReversed() }
    },
  }
}

function pageOf<T, Cursor>(found: readonly T[], limit: number, behind: (last: T) => Cursor): Page<T, Cursor> {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last !== undefined ? behind(last) : undefined }
}

function cursorOf(after: TalkCursor): readonly [at: number, key: string] {
  const [at, key = ''] = after.split(' ')
  return [Number(at) || 0, key]
}

function talkMessageOf(row: MessageRow): TalkMessage {
  return {
    ...messageOf(row),
    turn: row.turn === null ? undefined : turnId(row.turn),
    outcome: row.state === null || row.state === 'answering' ? undefined : row.state,
    note: row.note ?? undefined,
  }
}
