import { appendFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '#src/core/errors.ts'
import { openForgotten } from '#src/sqlite/forgotten.ts'
import { createSqliteHome } from './sqlite-home.ts'

const at = new Date(1_800_000_000_000)

describe('the list of what was forgotten', () => {
  it('tells a new process what is on it, and until when', () => {
    using home = createSqliteHome()
    const list = openForgotten(home.path)
    list.add('person', 'discord:-:1', at)
    list.add('message', 'discord:-:1/2', at)
    list.add('person', 'discord:-:1', new Date(at.getTime() + 5))
    const again = openForgotten(home.path)
    expect(again.until('person', 'discord:-:1')).toEqual(new Date(at.getTime() + 5))
    expect(again.until('message', 'discord:-:1')).toBeUndefined()
    expect(again.until('person', 'discord:-:2')).toBeUndefined()
    expect([again.count(), again.count('person'), again.count('trait')]).toEqual([2, 1, 0])
  })

  it('tells nobody who or what: the same id looks otherwise under another key', () => {
    using home = createSqliteHome()
    using other = createSqliteHome()
    for (const { path } of [home, other]) openForgotten(path).add('person', 'discord:-:4711', at)
    const lines = [home, other].map(({ path }) => readFileSync(`${path}.forgotten`, 'utf8'))
    expect(lines[0]).toMatch(/^person 1800000000000 [0-9a-f]{64}\n$/)
    expect(lines[0]).not.toBe(lines[1])
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
    if (process.platform !== 'win32')
      expect([`${home.path}.forgotten`, `${home.path}.forgotten.key`].map(mode)).toEqual(['600', '600'])
  })

  it('is whole after every way in which its last line was cut off', () => {
    using home = createSqliteHome()
    const list = openForgotten(home.path)
    list.add('person', 'one', at)
    const whole = statSync(`${home.path}.forgotten`).size
    list.add('person', 'two', at)
    const file = readFileSync(`${home.path}.forgotten`)
    for (let bytes = whole; bytes < file.length; bytes += 1) {
      writeFileSync(`${home.path}.forgotten`, file)
      truncateSync(`${home.path}.forgotten`, bytes)
      const cut = openForgotten(home.path)
      expect([cut.until('person', 'one'), cut.until('person', 'two')]).toEqual([at, undefined])
      cut.add('person', 'three', at)
      expect(openForgotten(home.path).until('person', 'three')).toEqual(at)
      expect(readFileSync(`${home.path}.forgotten`)).toHaveLength(whole * 2)
    }
  })

  it('is refused when it is damaged elsewhere, from a newer Aeries, or its key is gone', () => {
    using home = createSqliteHome()
    openForgotten(home.path).add('person', 'one', at)
    const file = readFileSync(`${home.path}.forgotten`, 'utf8')
    for (const line of ['person 18 abc', file.replace('person', 'planet').trim(), '']) {
      writeFileSync(`${home.path}.forgotten`, file)
      appendFileSync(`${home.path}.forgotten`, `${line}\n`)
      expect(() => openForgotten(home.path)).toThrow(ConfigError)
      expect(() => home.open()).toThrow(`Line 2 of ${home.path}.forgotten is damaged or from a newer Aeries`)
    }
    writeFileSync(`${home.path}.forgotten`, file)
    rmSync(`${home.path}.forgotten.key`)
    expect(() => home.open()).toThrow(`${home.path}.forgotten.key is missing or damaged`)
  })
})
