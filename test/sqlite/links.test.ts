import { copyFileSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { personId } from '#src/core/ids.ts'
import { type Account, codeLastsMs } from '#src/core/links.ts'
import { restoreDatabase } from '#src/sqlite/restore-database.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { when } from '#test/support/a-lesson.ts'
import { createSqliteHome } from './sqlite-home.ts'

const mira: Account = { person: personId('discord', undefined, 'm1'), name: 'Mira' }
const work: Account = { person: personId('slack', 'T1', 'U1'), name: 'mira.h' }
const other: Account = { person: personId('slack', 'T2', 'U1'), name: 'mira at T2' }
const eve: Account = { person: personId('slack', 'T1', 'U2'), name: 'Eve' }

async function join({ links }: SqliteStore, one: Account, two: Account, at = 0): Promise<void> {
  const { code } = await links.issue(one, when(at))
  await links.redeem(code, two, when(at))
  await links.confirm(one.person, when(at))
  await links.confirm(two.person, when(at))
}

/** The code with another last letter. */
function mistyped(code: string): string {
  return `${code.slice(0, -1)}${code.endsWith('B') ? 'C' : 'B'}`
}

describe('a code', () => {
  it('is readable, works once, and links once both said yes', async () => {
    using store = openStore({ path: ':memory:' })
    const { links } = store
    const { code, until } = await links.issue(mira, when(0))
    expect(code).toMatch(/^[B-DF-HJKMNP-TV-Z]{4}-[B-DF-HJKMNP-TV-Z]{4}-[B-DF-HJKMNP-TV-Z]{4}$/)
    expect(until).toEqual(when(codeLastsMs))
    expect(await links.redeem(code, work, when(1))).toMatchObject({ outcome: 'asked', request: { other: mira } })
    expect(await links.redeem(code, other, when(1))).toEqual({ outcome: 'wrong' })
    expect(await links.confirm(work.person, when(2))).toEqual({ isLinked: false, other: mira })
    expect(await links.confirm(work.person, when(3))).toEqual({ isLinked: false, other: mira })
    expect(await links.of(mira.person)).toEqual([])
    expect(await links.confirm(mira.person, when(4))).toEqual({ isLinked: true, other: work })
    expect(await links.of(work.person)).toMatchObject([{ other: mira, facts: { here: false, there: false } }])
    expect(await links.request(mira.person, when(5))).toBeUndefined()
    expect(await links.redeem(code, other, when(5))).toEqual({ outcome: 'wrong' })
  })

  it('is over after ten minutes, and so is what waits for a yes', async () => {
    using store = openStore({ path: ':memory:' })
    const { links } = store
    const first = await links.issue(mira, when(0))
    expect(await links.redeem(first.code, work, when(codeLastsMs))).toEqual({ outcome: 'wrong' })
    const second = await links.issue(mira, when(codeLastsMs))
    expect(await links.redeem(second.code, work, when(2 * codeLastsMs - 1))).toMatchObject({ outcome: 'asked' })
    expect(await links.confirm(work.person, when(2 * codeLastsMs))).toMatchObject({ isLinked: false })
    expect(await links.confirm(mira.person, when(3 * codeLastsMs))).toBeUndefined()
    expect(await links.of(mira.person)).toEqual([])
  })

  it('takes the place of the one before', async () => {
    using store = openStore({ path: ':memory:' })
    const { links } = store
    const first = await links.issue(mira, when(0))
    const second = await links.issue(mira, when(1))
    expect(await links.redeem(first.code, work, when(2))).toEqual({ outcome: 'wrong' })
    expect(await links.redeem(second.code, work, when(2))).toMatchObject({ outcome: 'asked' })
  })

  it('is over after five tries, by whomever', async () => {
    using store = openStore({ path: ':memory:' })
    const { links } = store
    const { code } = await links.issue(mira, when(0))
    for (const by of [eve, eve, work, eve]) {
      expect(await links.redeem(mistyped(code), by, when(1))).toEqual({ outcome: 'wrong' })
    }
    const second = await links.issue(other, when(1))
    for (let guess = 0; guess < 4; guess += 1) await links.redeem(mistyped(second.code), mira, when(2))
    // The fifth try may be the right one, a sixth not any more.
    expect(await links.redeem(second.code, work, when(2))).toMatchObject({ outcome: 'asked' })
    expect(await links.redeem(mistyped(code), other, when(2))).toEqual({ outcome: 'wrong' })
    expect(await links.redeem(code, other, when(2))).toEqual({ outcome: 'wrong' })
  })

  it('is not guessed by one account: after five wrong ones in an hour none of it counts, and a restart changes nothing', async () => {
    using home = createSqliteHome()
    {
      using store = home.open()
      for (let guess = 0; guess < 5; guess += 1) {
        expect(await store.links.redeem('BCDF-GHJK-MNPQ', eve, when(guess))).toEqual({ outcome: 'wrong' })
      }
    }
    using store = home.open()
    const { code } = await store.links.issue(mira, when(10))
    const hour = 3_600_000
    expect(await store.links.redeem(code, eve, when(10))).toEqual({ outcome: 'too many guesses', until: when(hour) })
    expect(await store.links.redeem(code, work, when(11))).toMatchObject({ outcome: 'asked' })
    const later = await store.links.issue(mira, when(hour))
    expect(await store.links.redeem(later.code, eve, when(hour))).toMatchObject({ outcome: 'asked' })
  })

  it('links no two accounts of one workspace, none twice, and at most four', async () => {
    using store = openStore({ path: ':memory:' })
    const { links } = store
    const give = async (one: Account, two: Account) =>
      (await links.redeem((await links.issue(one, when(0))).code, two, when(0))).outcome
    expect(await give(work, eve)).toBe('not another place')
    expect(await give(work, work)).toBe('not another place')
    await join(store, mira, work)
    expect(await give(work, mira)).toBe('linked before')
    for (const team of ['T2', 'T3', 'T4']) await join(store, mira, { ...work, person: personId('slack', team, 'U1') })
    expect(await give(mira, { ...work, person: personId('slack', 'T5', 'U1') })).toBe('too many links')
    expect(await links.of(mira.person)).toHaveLength(4)
  })

  it('signs in where there are no accounts, once, and is guessed there no more often', async () => {
    using store = openStore({ path: ':memory:' })
    const { links } = store
    const { code } = await links.issue(mira, when(0))
    expect(await links.signIn(mistyped(code), 'here', when(1))).toEqual({ outcome: 'wrong' })
    expect(await links.signIn(code, 'here', when(1))).toEqual({ outcome: 'signed in', account: mira })
    expect(await links.signIn(code, 'here', when(1))).toEqual({ outcome: 'wrong' })
    expect(await links.redeem(code, work, when(1))).toEqual({ outcome: 'wrong' })
    for (let guess = 0; guess < 3; guess += 1) await links.signIn('x', 'here', when(1))
    const next = await links.issue(mira, when(2))
    expect(await links.signIn(next.code, 'here', when(2))).toMatchObject({ outcome: 'too many guesses' })
    expect(await links.signIn(next.code, 'elsewhere', when(2))).toMatchObject({ outcome: 'signed in' })
    const asked = await links.issue(mira, when(3))
    await links.redeem(asked.code, work, when(3))
    expect(await links.signIn(asked.code, 'elsewhere', when(3))).toEqual({ outcome: 'wrong' })
  })

  it('stands nowhere in the database', async () => {
    using home = createSqliteHome()
    let code: string
    {
      using store = home.open()
      code = (await store.links.issue(mira, when(0))).code
    }
    const file = readFileSync(home.path, 'latin1')
    expect(file).toContain('Mira')
    expect(file).not.toContain(code)
    expect(file).not.toContain(code.slice(5).replace('-', ''))
  })
})

describe('a link', () => {
  it('ends with what either account has forgotten of it, and comes back by no code', async () => {
    using store = openStore({ path: ':memory:' })
    await join(store, mira, work)
    await join(store, mira, other)
    const { code } = await store.links.issue(work, when(1))
    await store.forget.person(work.person)
    expect((await store.links.of(mira.person)).map(one => one.other)).toEqual([other])
    expect(await store.links.redeem(code, mira, when(2))).toEqual({ outcome: 'wrong' })
    expect(await store.links.unlink(mira.person, work.person, when(2))).toBe(false)
    expect(await store.links.unlink(other.person, mira.person, when(2))).toBe(true)
    expect(await store.links.of(mira.person)).toEqual([])
  })

  it('is not brought back by a backup from before it ended, nor facts that were taken back', async () => {
    using home = createSqliteHome()
    const backup = `${home.folder}/backup.db`
    {
      using store = openStore({ path: home.path })
      await join(store, mira, work)
      await join(store, mira, other)
      for (const { person } of [mira, work, other]) await store.links.shareFacts(person, true)
      await store.links.issue(work, when(1))
    }
    copyFileSync(home.path, backup)
    {
      using store = openStore({ path: home.path })
      await store.links.unlink(mira.person, work.person, when(2))
      await store.links.shareFacts(mira.person, false)
    }
    await restoreDatabase(backup, home.path, when(3), () => {}, new AbortController().signal)
    using store = openStore({ path: home.path })
    expect(await store.links.of(work.person)).toEqual([])
    expect(await store.links.of(mira.person)).toMatchObject([{ other, facts: { here: false, there: false } }])
    await join(store, mira, work, 4)
    expect(await store.links.of(work.person)).toHaveLength(1)
  })
})
