import type { Database } from 'better-sqlite3'
import type { Tell } from '#src/commands/progress/show-progress.ts'
import { conversationId, eventKey, messageId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import { firstIdOf } from '#src/sqlite/side-by-side.ts'
import type { Population } from './population.ts'
import { createRandom } from './random.ts'

/** Rows come in so many rounds over all conversations: the pages of the tables split and fill as they do in time. */
const seasons = 4
const seasonMs = 90 * 24 * 3_600_000
const start = Date.parse('2026-01-01T00:00:00Z')
const turnsPerTransaction = 50_000
/** What SQLite may hold in memory while filling, in KiB. */
const fillingCacheKib = 1024 * 1024
const words = 'and then the two of them went on about the map, the tea and what to bring when it rains, '.repeat(30)

export type Filling = Readonly<{
  messages: number
  population: Population
  progress: Tell
  signal: AbortSignal
}>

/**
 * Fills a fresh database with closed turns, by plain SQL. The indexes of the schema are taken away for the while and made
 * again by their own statements, which halves the time; their pages are full then, which appending pays for.
 */
export async function fill(db: Database, filling: Filling): Promise<void> {
  // A file that is made anew after any mishap needs no safety.
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF', 'secure_delete = OFF']) {
    db.pragma(pragma)
  }
  db.pragma(`cache_size = -${fillingCacheKib}`)
  const indexes = db
    .prepare<[], Index>(`SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`)
    .all()
  for (const { name } of indexes) db.exec(`DROP INDEX ${name}`)
  await insertAll(db, filling)
  for (const { name, sql } of indexes) {
    db.exec(sql)
    filling.progress(`made ${name}`)
    await breath(filling.signal)
  }
}

type Index = Readonly<{ name: string; sql: string }>

async function insertAll(db: Database, { messages, population, progress, signal }: Filling): Promise<void> {
  const insert = createInserts(db)
  const random = createRandom(1)
  const counts = turnsOf(population, Math.floor(messages / 2), random)
  insertPlaces(db, population)

  let open = 0
  db.exec('BEGIN')
  for (let season = 0; season < seasons; season += 1) {
    for (let conversation = 1; conversation <= population.conversations; conversation += 1) {
      const count = counts[conversation] ?? 0
      const [from, to] = [share(count, season), share(count, season + 1)]
      const step = Math.floor(seasonMs / Math.max(1, to - from))
      const place = population.place(conversation)
      for (let turn = from; turn < to; turn += 1) {
        const at = start + season * seasonMs + (turn - from) * step + Math.floor(random() * step)
        insert({ conversation, place, turn, asker: population.asker(conversation, turn), at }, random)
      }
      open += to - from
      if (open < turnsPerTransaction) continue
      db.exec('COMMIT; BEGIN')
      open = 0
      await breath(signal)
    }
    progress(`filled ${season + 1} of ${seasons} seasons`, (season + 1) / seasons)
  }
  db.exec('COMMIT')
}

/** Lets somebody end the bench. */
async function breath(signal: AbortSignal): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
  signal.throwIfAborted()
}

/** The turns of a conversation before that season. */
function share(count: number, season: number): number {
  return Math.floor((count * season) / seasons)
}

function turnsOf(population: Population, turns: number, random: () => number): Uint32Array {
  const counts = new Uint32Array(population.conversations + 1).fill(1, 1)
  for (let left = turns - population.conversations; left > 0; left -= 1) {
    const conversation = population.busy(random)
    counts[conversation] = (counts[conversation] ?? 0) + 1
  }
  return counts
}

function insertPlaces(db: Database, population: Population): void {
  const person = db.prepare<[number, string, string]>(
    'INSERT INTO person (id, key, name, external) VALUES (?, ?, ?, 0)',
  )
  const conversation = db.prepare<[number, string, string | null, string, string]>(
    `INSERT INTO conversation (id, key, platform, workspace, channel, audience) VALUES (?, ?, 'discord', ?, ?, ?)`,
  )
  db.transaction(() => {
    for (let number = 1; number <= population.conversations; number += 1) {
      const { id, name } = population.person(number)
      person.run(number, id, name)
      const place = population.place(number)
      conversation.run(number, conversationId(place), place.workspace ?? null, place.channel, place.audience)
    }
  })()
}

type Exchange = Readonly<{ conversation: number; place: Place; turn: number; asker: number; at: number }>

function createInserts(db: Database) {
  const event = db.prepare<[string, number]>('INSERT INTO event (key, received_at) VALUES (?, ?)')
  const turn = db.prepare<[number, number, number, number, number, number]>(
    `INSERT INTO turn (id, conversation_id, asker_id, state, ordinal, begun_at, closed_at) VALUES (?, ?, ?, 'done', ?, ?, ?)`,
  )
  const message = db.prepare<
    [number, number, number, string, number, number, number, string | null, string | null, string]
  >(
    `INSERT INTO message (id, conversation_id, ordinal, role, person_id, turn_id, said_at, event_key, key, text)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const part = db.prepare<[number, string]>('INSERT INTO reply_part (turn_id, part, message_key) VALUES (?, 0, ?)')

  return ({ conversation, place, turn: count, asker, at }: Exchange, random: () => number): void => {
    const [ordinal, answered] = [at * 1_000, at + 4_000]
    const turnId = firstIdOf(conversation) + count + 1
    const question = firstIdOf(conversation) + 2 * count + 1
    // Unique, as the ids of Discord are, by time and a counter.
    const native = `${at}${String(conversation).padStart(6, '0')}`
    const key = eventKey('discord', 'message', native)
    const asked = messageId('discord', place.workspace, place.channel, native)
    event.run(key, at)
    turn.run(turnId, conversation, asker, ordinal, at, answered)
    message.run(question, conversation, ordinal, 'person', asker, turnId, at, key, asked, text(random, 250))
    message.run(question + 1, conversation, ordinal, 'aeries', asker, turnId, answered, null, null, text(random, 1_200))
    part.run(turnId, messageId('discord', place.workspace, place.channel, `${native}1`))
  }
}

/** Mostly short, on the average a third of the longest. */
function text(random: () => number, longest: number): string {
  return words.slice(0, 10 + Math.floor(random() ** 2 * longest))
}
