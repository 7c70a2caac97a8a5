import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { Book } from './book.ts'
import type { LastWish } from './checker/evidence.ts'
import type { Crowd } from './crowd.ts'
import type { Lives } from './lives.ts'

type Parts = Readonly<{
  databasePath: string
  book: Book
  crowd: Crowd
  lives: Lives
  settle: () => Promise<unknown>
  patience: () => AbortSignal
}>

/** So many whole answers somebody wants something of: each wish of as many. */
const mostWishes = 24
const wishes = ['another', 'another, taken back', 'away'] as const satisfies readonly LastWish['wish'][]

/** In fair weather the house has heard of it by then. */
const heardWithinMs = 15_000
const lookEveryMs = 50

/** `turn` and `key`: the turn's and that of its newest question. */
type Whole = Readonly<{ turn: string; key: string; text: string }>

/**
 * Everybody has something to ask of an answer while nothing goes wrong but this: as soon as the house has heard it, it is killed. So all of
 * it has to happen, and some of it has to be taken back.
 */
export async function wishAtTheEnd({ databasePath, book, crowd, lives, settle, patience }: Parts): Promise<void> {
  using db = open(databasePath)
  const made = new Map<Whole, LastWish>()
  for (const [i, whole] of wholeAnswers(db, book).entries()) {
    const of = book.entries.find(({ said }) => said.key === whole.key)?.said.id ?? ''
    const wish = wishes[i % wishes.length] ?? 'another'
    if (crowd.wish(of, wish === 'away' ? '🗑️' : '🔁')) made.set(whole, { of, wish, before: whole.text })
  }
  book.wishes.push(...made.values())
  await until(() => [...made.keys()].every(({ turn }) => db.isUnderWay(turn)))
  await dieAndSettle()
  const taken = [...made].filter(([, { wish }]) => wish === 'another, taken back')
  for (const [, { of }] of taken) crowd.takeBack(of, '🔁')
  await until(() => taken.every(([{ turn }]) => !db.isUnderWay(turn)))
  await dieAndSettle()

  async function dieAndSettle(): Promise<void> {
    await lives.kill()
    await lives.start(patience())
    await settle()
  }
}

/** Of the newest questions of turns with a whole answer, which nobody has taken away, spread over all. */
function wholeAnswers(db: Ledger, book: Book): readonly Whole[] {
  const touched = ({ said }: Book['entries'][number]) =>
    said.goneAt ?? said.deletedAt ?? said.answerDeletedAt ?? said.stoppedAt
  const free = new Set(book.entries.filter(entry => touched(entry) === undefined).map(({ said }) => said.key))
  const all = db.whole().filter(({ key }) => free.has(key))
  const step = Math.max(1, Math.ceil(all.length / mostWishes))
  return all.filter((_, i) => i % step === 0)
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; waited < heardWithinMs && !isSo(); waited += lookEveryMs) await sleep(lookEveryMs)
}

type Ledger = Disposable & Readonly<{ whole(): readonly Whole[]; isUnderWay(turn: string): boolean }>

function open(path: string): Ledger {
  const db = new Database(path, { readonly: true })
  const whole = db.prepare<[], Whole>(
    `SELECT turn.key AS turn, asked.key, answer.text, max(asked.said_at) AS said_at FROM turn
     JOIN message AS answer ON answer.turn_id = turn.id AND answer.role = 'aeries'
     JOIN message AS asked ON asked.turn_id = turn.id AND asked.role = 'person'
     WHERE turn.state = 'done' AND turn.withdrawn = 0 AND turn.id NOT IN (SELECT turn_id FROM superseded)
     GROUP BY turn.id ORDER BY turn.id`,
  )
  const isUnderWay = db
    .prepare<{ turn: string }, number>(
      `SELECT EXISTS (SELECT 1 FROM superseded JOIN turn ON turn.id = turn_id WHERE key = :turn)
         OR (SELECT withdrawn FROM turn WHERE key = :turn) = 1`,
    )
    .pluck()
  return {
    whole: () => whole.all(),
    isUnderWay: turn => isUnderWay.get({ turn }) === 1,
    [Symbol.dispose]: () => db.close(),
  }
}
