import type { Database } from 'better-sqlite3'
import type { HistoryPosition } from '#src/core/history.ts'
import { type ConversationId, type PersonId, turnId } from '#src/core/ids.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import type { FoundTalk, Page, Talk, TalkCursor, TalkMessage, Talks } from '#src/core/talks.ts'
import type { TurnOutcome } from '#src/core/turn.ts'
import { type MessageColumns, messageColumns, messageOf } from './message-rows.ts'
import { parsePosition } from './position.ts'
import type { UnitOfWork } from './unit-of-work.ts'

type Row = Readonly<{
  key: string
  platform: string
  workspace: string | null
  channel: string
  title: string
  begun_at: number
  last_at: number
}>

type MessageRow = MessageColumns &
  Readonly<{
    turn: string | null
    state: TurnOutcome | 'answering' | null
    note: string | null
  }>

/** A title that nobody gave is so much of the first message, in characters. */
const titleLength = 80
/** Of so many messages that a search finds the talks are told. */
const mostFound = 400
/** About so many words of a message around what was found. */
const excerptWords = 16

// The first words of a talk are its title until it gets one.
const columns = `talk.key, talk.platform, talk.workspace, talk.channel, talk.begun_at,
  coalesce(talk.title, (
    SELECT substr(message.text, 1, ${titleLength}) FROM message INDEXED BY message_transcript
    WHERE message.conversation_id = conversation.id AND message.role = 'person'
    ORDER BY message.ordinal, message.id LIMIT 1
  ), '') AS title,
  max(talk.begun_at, coalesce(conversation.heard_at, 0)) AS last_at`
const joined = 'FROM talk LEFT JOIN conversation ON conversation.key = talk.key'

export function createTalks(db: Database, unit: UnitOfWork): Talks {
  const insert = db.prepare<Omit<Row, 'title' | 'last_at'> & Readonly<{ person: string; title: string | null }>>(
    `INSERT INTO talk (key, person_key, platform, workspace, channel, title, begun_at)
     VALUES (:key, :person, :platform, :workspace, :channel, :title, :begun_at) ON CONFLICT DO NOTHING`,
  )
  const find = db.prepare<{ person: string; key: string }, Row>(
    `SELECT ${columns} ${joined} WHERE talk.key = :key AND talk.person_key = :person`,
  )
  const list = db.prepare<{ person: string; platform: string; at: number; key: string; limit: number }, Row>(
    `SELECT * FROM (SELECT ${columns} ${joined} WHERE talk.person_key = :person AND talk.platform = :platform)
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
  const search = createSearch(db)

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

function createSearch(db: Database) {
  const inTitles = db.prepare<{ person: string; platform: string }, Row>(
    `SELECT ${columns} ${joined} WHERE talk.person_key = :person AND talk.platform = :platform
     ORDER BY last_at DESC`,
  )
  const inWords = db.prepare<{ person: string; platform: string; query: string }, Row & Readonly<{ excerpt: string }>>(
    `SELECT ${columns}, snippet(said, 0, '', '', '…', ${excerptWords}) AS excerpt
     FROM said
     CROSS JOIN message ON message.id = said.rowid
     CROSS JOIN conversation ON conversation.id = message.conversation_id
     CROSS JOIN talk ON talk.key = conversation.key
     WHERE said MATCH :query AND talk.person_key = :person AND talk.platform = :platform
     ORDER BY said.rank LIMIT ${mostFound}`,
  )

  return (person: PersonId, platform: string, text: string): readonly FoundTalk[] => {
    const words = wordsOf(text)
    if (words.length === 0) return []
    const query = words.map(word => `"${word}"*`).join(' ')
    const told = inTitles.all({ person, platform }).filter(({ title }) => {
      const own = wordsOf(bare(title))
      return words.every(word => own.some(one => one.startsWith(bare(word))))
    })
    const said = inWords.all({ person, platform, query })
    const found = [...told.map(row => ({ ...row, excerpt: undefined })), ...said]
    const once = new Map(found.toReversed().map(row => [row.key, row]))
    return [...once.values()].toReversed().map(row => ({ ...talkOf(row), excerpt: row.excerpt }))
  }
}

/** Letters and digits alone: nothing of a search is taken for the index's own language. */
function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(word => word !== '')
    .slice(0, mostWords)
}

/** Without accents on Latin letters, as the index has them. */
const bare = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFKC')

/** Whoever searches for more has found it before. */
const mostWords = 12

function pageOf<T, Cursor>(found: readonly T[], limit: number, behind: (last: T) => Cursor): Page<T, Cursor> {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last !== undefined ? behind(last) : undefined }
}

function cursorOf(after: TalkCursor): readonly [at: number, key: string] {
  const [at, key = ''] = after.split(' ')
  return [Number(at) || 0, key]
}

function talkOf(row: Row): Talk {
  const place: Place = {
    platform: row.platform,
    workspace: row.workspace ?? undefined,
    channel: row.channel,
    thread: undefined,
    audience: 'dm',
  }
  return {
    id: row.key as ConversationId,
    place,
    title: row.title,
    begunAt: new Date(row.begun_at),
    lastAt: new Date(row.last_at),
  }
}

function talkMessageOf(row: MessageRow): TalkMessage {
  return {
    ...messageOf(row),
    turn: row.turn === null ? undefined : turnId(row.turn),
    outcome: row.state === null || row.state === 'answering' ? undefined : row.state,
    note: row.note ?? undefined,
  }
}
