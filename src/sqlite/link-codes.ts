import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { PersonId } from '#src/core/ids.ts'
import type { Account, LinkRequest } from '#src/core/links.ts'

const hourMs = 3_600_000

export type CodeRow = Readonly<{
  handle: string
  salt: Buffer
  hash: Buffer
  account: string
  name: string
  until: number
  tries: number
  other: string | null
  other_name: string | null
  said_yes: number
  other_said_yes: number
}>

type NewCode = Readonly<{ handle: string; salt: Buffer; hash: Buffer; account: Account; until: Date }>

/** Codes, what was asked with them, and wrong guesses. An account has one code, or is part of one request. */
export function createLinkCodes(db: Database) {
  const columns = 'handle, salt, hash, account, name, until, tries, other, other_name, said_yes, other_said_yes'
  const find = db.prepare<{ handle: string }, CodeRow>(`SELECT ${columns} FROM link_code WHERE handle = :handle`)
  const ofAccount = db.prepare<{ person: string }, CodeRow>(
    `SELECT ${columns} FROM link_code WHERE other IS NOT NULL AND (account = :person OR other = :person)`,
  )
  const put = db.prepare<Readonly<Record<string, string | number | Buffer>>>(
    `INSERT INTO link_code (handle, salt, hash, account, name, until)
     VALUES (:handle, :salt, :hash, :account, :name, :until)`,
  )
  const count = db.prepare<{ handle: string }>('UPDATE link_code SET tries = tries + 1 WHERE handle = :handle')
  const ask = db.prepare<{ handle: string; other: string; name: string; until: number }>(
    'UPDATE link_code SET other = :other, other_name = :name, until = :until WHERE handle = :handle',
  )
  const sayYes = db.prepare<{ person: string }>(
    `UPDATE link_code SET said_yes = max(said_yes, account = :person), other_said_yes = max(other_said_yes, other = :person)
     WHERE other IS NOT NULL AND (account = :person OR other = :person)`,
  )
  const drop = db.prepare<{ person: string }>('DELETE FROM link_code WHERE account = :person OR other = :person')
  const prune = db.prepare<{ at: number }>('DELETE FROM link_code WHERE until <= :at')
  const pruneGuesses = db.prepare<{ before: number }>('DELETE FROM link_guess WHERE guessed_at <= :before')
  const guess = db.prepare<{ guesser: Buffer; at: number }>(
    'INSERT INTO link_guess (guesser, guessed_at) VALUES (:guesser, :at)',
  )
  const nthGuess = db
    .prepare<{ guesser: Buffer; since: number; skip: number }, number>(
      `SELECT guessed_at FROM link_guess WHERE guesser = :guesser AND guessed_at > :since
       ORDER BY guessed_at DESC LIMIT 1 OFFSET :skip`,
    )
    .pluck()

  return {
    find: (handle: string) => find.get({ handle }),
    requestOf: (person: PersonId) => ofAccount.get({ person }),
    /** One that no living code has. */
    freeHandle(random: () => string): string {
      let handle = random()
      while (find.get({ handle }) !== undefined) handle = random()
      return handle
    },
    put({ account: { person: account, name }, until, ...code }: NewCode): void {
      put.run({ ...code, account, name, until: until.getTime() })
    },
    /** It was tried once more. */
    count(handle: string): void {
      count.run({ handle })
    },
    ask(handle: string, { person: other, name }: Account, until: Date): void {
      ask.run({ handle, other, name, until: until.getTime() })
    },
    sayYes(person: PersonId): CodeRow | undefined {
      sayYes.run({ person })
      return ofAccount.get({ person })
    },
    drop(person: string): void {
      drop.run({ person })
    },
    prune(at: Date): void {
      prune.run({ at: at.getTime() })
      pruneGuesses.run({ before: at.getTime() - hourMs })
    },
    guess(guesser: string, at: Date): void {
      guess.run({ guesser: nameless(guesser), at: at.getTime() })
    },
    /** Until when somebody who guessed wrong so often in an hour is not heard. */
    guessesUntil(guesser: string, most: number, at: Date): Date | undefined {
      const since = at.getTime() - hourMs
      const nth = nthGuess.get({ guesser: nameless(guesser), since, skip: most - 1 })
      return nth === undefined ? undefined : new Date(nth + hourMs)
    },
  }
}

/** The row as one of its two accounts sees it. */
export function requestOf(row: CodeRow | undefined, person: PersonId): LinkRequest | undefined {
  if (row?.other == null) return undefined
  const { handle, account, name, other, other_name, until } = row
  const [yes, otherYes] = [row.said_yes === 1, row.other_said_yes === 1]
  const isGiver = account === person
  return {
    handle,
    other: isGiver ? { person: other as PersonId, name: other_name ?? '' } : { person: account as PersonId, name },
    saidYes: isGiver ? { here: yes, there: otherYes } : { here: otherYes, there: yes },
    until: new Date(until),
  }
}

function nameless(guesser: string): Buffer {
  return hash('sha256', guesser, 'buffer').subarray(0, 16)
}
