import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { PersonId } from '#src/core/ids.ts'
import {
  type Account,
  codeLastsMs,
  type Link,
  type Links,
  maxGuesses,
  maxLinks,
  maxTries,
  type Redeemed,
} from '#src/core/links.ts'
import type { Forgotten } from './forgotten.ts'
import { type CodeRow, createLinkCodes, requestOf } from './link-codes.ts'
import { createLinkRows } from './link-rows.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Consonants that nobody reads as another or as a digit: no code is a word. */
const letters = 'BCDFGHJKMNPQRSTVWXYZ'
/** The first letters find a code, so that wrong guesses count against that one alone; the others are its secret: 34 bits. */
const [handleLetters, secretLetters] = [4, 8]
const saltBytes = 16

type Parts = Readonly<{ unit: UnitOfWork; forgotten: Forgotten }>

export function createLinks(db: Database, { unit, forgotten }: Parts): Links {
  const codes = createLinkCodes(db)
  const links = createLinkRows(db)

  /** The code that this is, if it can still be given; a wrong one is counted, against its guesser and the code that it aims at. */
  function find(written: string, guesser: string, at: Date): CodeRow | Exclude<Redeemed, { outcome: 'asked' }> {
    codes.prune(at)
    const until = codes.guessesUntil(guesser, maxGuesses, at)
    if (until !== undefined) return { outcome: 'too many guesses', until }
    const { handle, secret } = partsOf(written)
    const row = codes.find(handle)
    if (row !== undefined && row.other === null && row.tries < maxTries) {
      if (timingSafeEqual(hashOf(secret, row.salt), row.hash)) return row
      codes.count(handle)
    }
    codes.guess(guesser, at)
    return { outcome: 'wrong' }
  }

  function redeem(code: string, by: Account, at: Date): Redeemed {
    const asked = requestOf(codes.requestOf(by.person), by.person)
    if (asked !== undefined && asked.until > at && partsOf(code).handle === asked.handle) {
      return { outcome: 'asked', request: asked }
    }
    const row = find(code, by.person, at)
    if ('outcome' in row) return row
    codes.count(row.handle)
    const giver = row.account as PersonId
    if (houseOf(giver) === houseOf(by.person)) return { outcome: 'not another place' }
    if (links.of(giver).some(({ other }) => other.person === by.person)) return { outcome: 'linked before' }
    if ([giver, by.person].some(one => links.of(one).length >= maxLinks)) return { outcome: 'too many links' }
    codes.drop(by.person)
    codes.ask(row.handle, by, new Date(at.getTime() + codeLastsMs))
    const request = requestOf(codes.find(row.handle), by.person)
    return request === undefined ? { outcome: 'wrong' } : { outcome: 'asked', request }
  }

  function confirm(person: PersonId, at: Date): ReturnType<Links['confirm']> {
    codes.prune(at)
    const row = codes.sayYes(person)
    const request = requestOf(row, person)
    if (row === undefined || request === undefined) return undefined
    const { other, saidYes } = request
    if (!saidYes.there) return { isLinked: false, other }
    codes.drop(person)
    links.put({ person, name: row.account === person ? row.name : (row.other_name ?? '') }, other, at)
    return { isLinked: true, other }
  }

  const cut = unit((person: PersonId, other: PersonId) => links.drop(person, other))

  return {
    issue: unit((account: Account, at: Date) => {
      codes.prune(at)
      codes.drop(account.person)
      const handle = codes.freeHandle(() => random(handleLetters))
      const [secret, salt] = [random(secretLetters), randomBytes(saltBytes)]
      const until = new Date(at.getTime() + codeLastsMs)
      codes.put({ handle, salt, hash: hashOf(secret, salt), account, until })
      return { code: `${handle}-${secret.slice(0, 4)}-${secret.slice(4)}`, until }
    }),
    redeem: unit(redeem),
    signIn: unit((code: string, guesser: string, at: Date) => {
      const row = find(code, guesser, at)
      if ('outcome' in row) return row.outcome === 'too many guesses' ? row : { outcome: 'wrong' as const }
      codes.drop(row.account)
      return { outcome: 'signed in' as const, account: { person: row.account as PersonId, name: row.name } }
    }),
    request: unit((person: PersonId, at: Date) => {
      codes.prune(at)
      return requestOf(codes.requestOf(person), person)
    }),
    confirm: unit(confirm),
    refuse: unit((person: PersonId) => {
      const request = requestOf(codes.requestOf(person), person)
      codes.drop(person)
      return request?.other
    }),
    of: (person): readonly Link[] => links.of(person),
    shareFacts: unit((person: PersonId, isOn: boolean) => {
      links.giveFacts(person, isOn)
      return links.of(person)
    }),
    unlink(person, other, at) {
      const link = links.of(person).find(one => one.other.person === other)
      if (link === undefined) return false
      // Written down first: a backup from before brings no link back that somebody ended.
      forgotten.add('link', linkTombstone(person, other), new Date(Math.max(at.getTime(), link.since.getTime())))
      cut(person, other)
      return true
    },
  }
}

/** What stands for a link in the list of the forgotten, whichever side names it. */
export function linkTombstone(one: string, other: string): string {
  return [one, other].sort().join('\0')
}

function partsOf(written: string): Readonly<{ handle: string; secret: string }> {
  const code = written
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
  return { handle: code.slice(0, handleLetters), secret: code.slice(handleLetters) }
}

function hashOf(secret: string, salt: Buffer): Buffer {
  return hash('sha256', Buffer.concat([salt, Buffer.from(secret)]), 'buffer')
}

function random(count: number): string {
  return Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('')
}

/** Platform and workspace, where one account is another person than the next. */
function houseOf(person: PersonId): string {
  return person.slice(0, person.lastIndexOf(':'))
}
