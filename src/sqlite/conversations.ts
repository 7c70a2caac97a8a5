import type { Database } from 'better-sqlite3'
import type { ConversationId } from '#src/core/ids.ts'
import { scopeHeardIn, scopesTellableIn } from '#src/core/learning-scope.ts'
import { type Audience, conversationOf, type Place } from '#src/core/place.ts'

export type PlaceColumns = Readonly<{
  platform: string
  workspace: string | null
  channel: string
  thread: string | null
  audience: Audience
  apart: number
  place_name: string | null
}>

/** A place's columns in a join with `conversation`, for `placeOf`. */
export const placeColumns = `conversation.platform, conversation.workspace, conversation.channel, conversation.thread,
  conversation.audience, conversation.apart, conversation.name AS place_name`

export function placeOf(row: PlaceColumns): Place {
  const place = {
    platform: row.platform,
    workspace: row.workspace ?? undefined,
    channel: row.channel,
    thread: row.thread ?? undefined,
    audience: row.audience,
    ...(row.apart === 1 && { apart: true as const }),
  }
  return row.place_name === null ? place : { ...place, name: row.place_name }
}

export type Conversations = ReturnType<typeof createConversations>

type Written = Readonly<{
  key: string
  platform: string
  workspace: string | null
  channel: string
  thread: string | null
  audience: Audience
  apart: number
  name: string | null
}>

export function createConversations(db: Database) {
  const find = db.prepare<{ key: string }, { id: number; audience: Audience; apart: number; name: string | null }>(
    'SELECT id, audience, apart, name FROM conversation WHERE key = :key',
  )
  const insert = db
    .prepare<Written, number>(
      `INSERT INTO conversation (key, platform, workspace, channel, thread, audience, apart, name)
       VALUES (:key, :platform, :workspace, :channel, :thread, :audience, :apart, :name)
       RETURNING id`,
    )
    .pluck()
  const hear = db.prepare<{ id: number; at: number }>(
    'UPDATE conversation SET heard_at = :at WHERE id = :id AND heard_at < :at',
  )
  const heardUntil = db
    .prepare<{ platform: string }, number | null>('SELECT max(heard_at) FROM conversation WHERE platform = :platform')
    .pluck()
  const heardSince = db.prepare<{ platform: string; since: number; limit: number }, PlaceColumns>(
    `SELECT ${placeColumns} FROM conversation INDEXED BY conversation_heard
     WHERE platform = :platform AND heard_at >= :since
     ORDER BY heard_at DESC LIMIT :limit`,
  )
  const update = db.prepare<{ id: number; audience: Audience; apart: number; name: string | null }>(
    'UPDATE conversation SET audience = :audience, apart = :apart, name = :name WHERE id = :id',
  )
  const closeTranscript = db.prepare<{ id: number }>(
    `UPDATE conversation SET window_id = 0, window_ordinal = max(
       window_ordinal,
       coalesce((SELECT max(ordinal) + 1 FROM message WHERE conversation_id = :id), 0)
     ) WHERE id = :id`,
  )

  return {
    /** The row of the conversation in a place, as the place is now. */
    put(place: Place): number {
      const key = conversationOf(place)
      const row = find.get({ key })
      if (row === undefined) return insert.get(written(key, place)) as number
      // An adapter that does not know the name just now leaves the known one.
      const name = place.name ?? row.name
      const apart = place.apart ? 1 : 0
      if (row.audience !== place.audience || row.apart !== apart || row.name !== name) {
        update.run({ id: row.id, audience: place.audience, apart, name })
        // Who reads along now did not then: no prompt carries what was said before.
        if (hasWidened(row, place)) closeTranscript.run({ id: row.id })
      }
      return row.id
    },
    /** Something was said there at that time. */
    hear(id: number, at: Date): void {
      hear.run({ id, at: at.getTime() })
    },
    heardUntil(platform: string): Date | undefined {
      const at = heardUntil.get({ platform })
      return at ? new Date(at) : undefined
    },
    heardSince(platform: string, since: Date, limit: number): readonly Place[] {
      return heardSince.all({ platform, since: since.getTime(), limit }).map(placeOf)
    },
    idOf(key: ConversationId): number | undefined {
      return find.get({ key })?.id
    },
  }
}

/** Whether somebody can read there who could not before. */
function hasWidened({ audience, apart }: Readonly<{ audience: Audience; apart: number }>, now: Place): boolean {
  const before: Place = { ...now, audience, ...(apart === 1 && { apart: true }) }
  return !scopesTellableIn(now).includes(scopeHeardIn(before))
}

function written(key: ConversationId, place: Place): Written {
  return {
    key,
    platform: place.platform,
    workspace: place.workspace ?? null,
    channel: place.channel,
    thread: place.thread ?? null,
    audience: place.audience,
    apart: place.apart ? 1 : 0,
    name: place.name ?? null,
  }
}
