import { randomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { createRandom } from '#bench/history/random.ts'
import type { Tell } from '#src/commands/progress/show-progress.ts'
import type { Slot } from '#src/core/claim.ts'
import { personId } from '#src/core/ids.ts'
import { groupOf } from '#src/core/testimony.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { stems } from '#src/observer/stems.ts'
import { createAbout } from '#src/sqlite/about.ts'
import { createLearningScopes, type Hasher, type LearningScopes } from '#src/sqlite/learning-scopes.ts'
import { createPostings } from '#src/sqlite/postings.ts'

export const start = Date.parse('2026-01-01T00:00:00Z')
const yearMs = 365 * 24 * 3_600_000
export const workspace = 'slack:T1' as WorkspaceId
/** The person with more traits than anybody may have. */
export const hoarder = 0
/** Stands in each quote of theirs and nowhere else. */
export const hoarderWord = 'zugspitze'

const factSlots: readonly Slot[] = ['likes', 'dislikes', 'goal', 'tools', 'schedule', 'open']
const styleValues = [
  ['reply_length', 'short'],
  ['reply_length', 'long'],
  ['tone', 'casual'],
  ['tone', 'formal'],
  ['emoji_use', 'more'],
  ['reply_format', 'bullets'],
  ['language', 'de'],
] as const
/** One transaction of gigabytes: in a write-ahead log each page of it is looked up among all others. A journal of what was there before is empty. */
const fast = [
  'journal_mode = MEMORY',
  'synchronous = OFF',
  'foreign_keys = OFF',
  'secure_delete = OFF',
  `cache_size = -${1024 * 1024}`,
]
const vocabulary = Array.from({ length: 4_000 }, (_, i) => word(i))

export type Filling = Readonly<{
  people: number
  traits: number
  signals: number
  hoard: number
  progress: Tell
  signal: AbortSignal
}>

export function benchPerson(number: number) {
  return personId('slack', 'T1', `U${number}`)
}

/** What somebody says: words of which some are everywhere and most are rare. */
export function someWords(random: () => number, count: number): string {
  return Array.from({ length: count }, () => vocabulary[Math.floor(random() ** 2 * vocabulary.length)]).join(' ')
}

/** Fills a fresh database with what people taught, by plain SQL: half of it in DMs, half in public. */
export async function fillLearning(db: Database, filling: Filling): Promise<void> {
  for (const pragma of fast) db.pragma(pragma)
  const random = createRandom(7)
  const insert = createInserts(db)
  const scopes = insertPeople(db, filling.people)
  db.exec('BEGIN')
  // In rounds over all people, as time brings it: what one person taught lies all over the file.
  for (let round = 0; round < filling.traits; round += 1) {
    const at = start + Math.floor((round / filling.traits) * yearMs)
    for (let person = 1; person <= filling.people; person += 1) insert.trait(scopes, person, at, random)
    if (round % 50 === 49) {
      filling.progress(`${round + 1} traits of each of ${filling.people} people`, (round + 1) / filling.traits)
      await breath(filling.signal)
    }
  }
  for (let i = 0; i < filling.hoard; i += 1) insert.trait(scopes, hoarder, start + i * 60_000, random)
  for (let i = 0; i < filling.signals; i += 1) {
    insert.signal(scopes, 1 + (i % filling.people), start + Math.floor((i / filling.signals) * yearMs), random)
    if (i % 200_000 === 199_999) {
      filling.progress(`${i + 1} signals`, (i + 1) / filling.signals)
      await breath(filling.signal)
    }
  }
  insert.aggregates()
  db.exec('COMMIT')
}

type Scopes = readonly Readonly<{ style: number; dm: number; public: number }>[]

function insertPeople(db: Database, people: number): Scopes {
  const person = db.prepare<[number, string]>("INSERT INTO person (id, key, name, external) VALUES (?, ?, 'Mira', 0)")
  const learner = db.prepare<[number, Buffer]>('INSERT INTO learner (person_id, secret) VALUES (?, ?)')
  const scope = db
    .prepare<[number, string, string], number>(
      'INSERT INTO learning_scope (person_id, workspace, name, revision) VALUES (?, ?, ?, 1) RETURNING id',
    )
    .pluck()
  return Array.from({ length: people + 1 }, (_, number) => {
    person.run(number + 1, benchPerson(number))
    learner.run(number + 1, randomBytes(32))
    const put = (name: string) => scope.get(number + 1, workspace, name) as number
    return { style: put('style'), dm: put('dm'), public: put('public') }
  })
}

function createInserts(db: Database) {
  const scopes = withKeptHashers(createLearningScopes(db))
  const postings = createPostings(db)
  const about = createAbout(db, scopes)
  const evidence = db
    .prepare<Readonly<Record<string, number | string>>, number>(
      `INSERT INTO evidence (scope_id, slot, slot_group, kind, polarity, message_key, session_id, said_at, written_at, weight,
         half_life, lasts, start, value, quote, head, terms)
       VALUES (:scope, :slot, :group, 'fact', 1, :message, 1, :at, :at, 2.5, 15552000000, NULL, 0, :value, :quote, :head, :terms)
       RETURNING id`,
    )
    .pluck()
  const trait = db.prepare<Readonly<Record<string, number | string>>>(
    `INSERT INTO trait (id, scope_id, slot, slot_group, part, polarity, is_told, status, mass, half_life, since, last_at, count,
       until, ended_at, wording_id, conflict_id, superseded_by, strong_until, terms, length)
     VALUES (:id, :scope, :slot, :group, 'fact', 1, 0, 'active', 2.5, 15552000000, :at, :at, 1,
       NULL, NULL, :id, NULL, NULL, :strong, :terms, :length)`,
  )
  const piece = db.prepare<{ id: number; at: number }>(
    'INSERT INTO trait_piece (trait_id, said_at, evidence_id) VALUES (:id, :at, :id)',
  )
  const signal = db.prepare<Readonly<Record<string, number | string>>>(
    `INSERT INTO signal (scope_id, key, value, kind, told_weight, weight, is_counted, half_life, at, written_at, source,
       message_key, session_id, dedupe)
     VALUES (:scope, :key, :value, 'mild reaction', :weight, :weight, 1, 3888000000, :at, :at, :name, :name, 1, :name)`,
  )
  let count = 0
  return {
    trait(all: Scopes, person: number, at: number, random: () => number): void {
      const its = all[person]
      if (its === undefined) return
      const scope = random() < 0.5 ? its.dm : its.public
      const value = someWords(random, 3)
      const quote = `${someWords(random, 5)}${person === hoarder ? ` ${hoarderWord}` : ''}`
      const terms = [...new Set(stems(`${value} ${quote}`))]
      const slot = factSlots[count % factSlots.length] ?? 'open'
      const head = [...new Set(stems(value))]
      const group = { scope, group: groupOf(slot) }
      count += 1
      const message = `slack:T1:D${person}/${count}`
      const id = evidence.get({
        ...group,
        slot,
        message,
        at,
        value,
        quote,
        head: head.join(' '),
        terms: terms.join(' '),
      }) as number
      const found = postings.describe(terms, scopes.hasherOf(scope))
      trait.run({ id, ...group, slot, at, strong: at + 2e10, ...found })
      piece.run({ id, at })
      about.put(group, head, id, id)
      postings.add({ id, scope, part: 'fact', ...found })
    },
    signal(all: Scopes, person: number, at: number, random: () => number): void {
      const [key, value] = styleValues[Math.floor(random() * styleValues.length)] ?? styleValues[0]
      count += 1
      const weight = random() < 0.7 ? 1 : -1
      signal.run({ scope: all[person]?.style ?? 0, key, value, weight, at, name: `slack:T1:C1/${count}` })
    },
    /** The masses of all signals at once, faded to the newest of each value. */
    aggregates(): void {
      db.function('faded', (ms: unknown) => 2 ** (-Number(ms) / 3_888_000_000))
      db.exec(`
        INSERT INTO aggregate (scope_id, key, value, half_life, is_inferred, positive, negative, at, count)
        SELECT signal.scope_id, signal.key, signal.value, 3888000000, 0,
          sum(max(weight, 0) * faded(last.at - signal.at)), sum(max(-weight, 0) * faded(last.at - signal.at)), last.at, count(*)
        FROM (SELECT scope_id, key, value, max(at) AS at FROM signal GROUP BY scope_id, key, value) AS last
        JOIN signal USING (scope_id, key, value) GROUP BY signal.scope_id, signal.key, signal.value;
        INSERT INTO dial (scope_id, key, value, guessed_in, is_confirmed, is_on, last_at, last_dedupe)
        SELECT scope_id, key, value, NULL, 0, 1, at, '' FROM aggregate`)
    },
  }
}

/** The service asks for a person's key once for what it learns, this for each of a million words. */
function withKeptHashers(scopes: LearningScopes): LearningScopes {
  const hashers = new Map<number, Hasher>()
  const hasherOf = (scope: number) => {
    const known = hashers.get(scope) ?? scopes.hasherOf(scope)
    hashers.set(scope, known)
    return known
  }
  return { ...scopes, hasherOf }
}

/** Lets somebody end the bench. */
async function breath(signal: AbortSignal): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
  signal.throwIfAborted()
}

/** A made-up word that its stem leaves alone. */
function word(i: number): string {
  const syllables = ['ka', 'lo', 'mi', 'ru', 'ta', 'no', 'vi', 'zo', 'pa', 'du']
  return String(i + 10_000)
    .split('')
    .map(digit => syllables[Number(digit)])
    .join('')
}
