import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '#src/core/errors.ts'
import { holderOf, lockDatabase } from '#src/sqlite/lock-database.ts'
import { Service } from '#test/support/start-service.ts'
import { Script } from './run-script.ts'
import { createSqliteHome } from './sqlite-home.ts'

describe('the lock on a database', () => {
  it('lets one store of this process in, and the next one when that is closed', () => {
    using home = createSqliteHome()
    {
      using _store = home.open()
      expect(() => home.open()).toThrow(ConfigError)
      expect(() => home.open()).toThrow(`The database ${home.path} is in use by another Aeries (pid ${process.pid} on `)
    }
    home.open()[Symbol.dispose]()
  })

  it('names who has it: pid, host, since when', async () => {
    using home = createSqliteHome()
    const before = Date.now()
    await using holder = new Script('./hold.ts', [home.path])
    expect(await holder.printed(1)).toEqual(['held'])
    const { pid, host, since } = holderOf(home.path) as Readonly<{ pid: number; host: string; since: string }>
    expect({ pid, host }).toEqual({ pid: holder.process.pid, host: hostname() })
    expect(Date.parse(since)).toBeGreaterThanOrEqual(before)
    expect(() => home.open()).toThrow(
      `in use by another Aeries (pid ${pid} on ${host}, since ${since}). Stop that one first`,
    )
  })

  it('ends with its process, also when that is killed, and what that leaves behind is in nobody’s way', async () => {
    using home = createSqliteHome()
    await using holder = new Script('./hold.ts', [home.path])
    await holder.printed(1)
    await holder.kill()
    expect(existsSync(`${home.path}.holder`)).toBe(true)
    expect(holderOf(home.path)).toBeUndefined()
    await using next = new Script('./hold.ts', [home.path])
    expect(await next.printed(1)).toEqual(['held'])
    expect(() => home.open()).toThrow(`(pid ${next.process.pid} on `)
  })

  it('names nobody when who has it says nothing of itself', async () => {
    using home = createSqliteHome()
    await using holder = new Script('./hold.ts', [home.path])
    await holder.printed(1)
    writeFileSync(`${home.path}.holder`, '{"pid": 1')
    expect(() => home.open()).toThrow('is in use by another process. Stop that one first')
  })

  it('is never held by two, however many start at the same moment', async () => {
    using home = createSqliteHome()
    await using contenders = new AsyncDisposableStack()
    const all = Array.from({ length: 4 }, () => contenders.use(new Script('./contend.ts', [home.path])))
    await Promise.all(all.map(one => one.printed(1)))
    for (const { process } of all) process.stdin?.write('go')
    const said = (await Promise.all(all.map(one => one.end()))).flat()
    expect(said.filter(line => !/^(?:ready|won \d+)$/.test(line))).toEqual([])
    const won = said.flatMap(line => /won (\d+)/.exec(line)?.[1] ?? []).map(Number)
    expect(won).toHaveLength(4)
    expect(won.reduce((all, one) => all + one)).toBeGreaterThan(4)
  })

  it('is the same by a link to the database', async () => {
    using home = createSqliteHome()
    home.open()[Symbol.dispose]()
    const link = join(home.folder, 'link.db')
    symlinkSync(home.path, link)
    using _lock = lockDatabase(link)
    expect(() => home.open()).toThrow('is in use by')
  })

  it.skipIf(process.platform === 'win32')('is the owner’s alone, and gone but for an empty file when let go', () => {
    using home = createSqliteHome()
    {
      using _lock = lockDatabase(home.path)
      const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
      expect([`${home.path}.lock`, `${home.path}.holder`].map(mode)).toEqual(['600', '600'])
    }
    expect(existsSync(`${home.path}.holder`)).toBe(false)
    expect(readFileSync(`${home.path}.lock`)).toHaveLength(0)
  })

  it('ends a second start of the service with exit code 1, which names the first', async () => {
    using home = createSqliteHome()
    await using holder = new Script('./hold.ts', [home.path])
    await holder.printed(1)
    await using second = new Service({ DISCORD_TOKEN: 'a-token', DATABASE_PATH: home.path })
    expect(await second.exit()).toBe(1)
    expect(second.said).toMatch(
      new RegExp(`^The database ${home.path} is in use by another Aeries \\(pid ${holder.process.pid} on .*\n$`),
    )
  })
})
