import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '#src/core/errors.ts'
import type { Installation } from '#src/core/installations.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { createSqliteHome } from './sqlite-home.ts'

const key = randomBytes(32)

describe('installations', () => {
  it('come back as they were saved, each under its workspace', async () => {
    using store = openStore({ path: ':memory:' })
    const installations = store.installations(key)
    const [one, two] = [anInstallation(), anInstallation({ workspace: 'T2', botId: undefined, enterprise: 'E1' })]
    await installations.save(one)
    await installations.save(two)
    expect(await installations.find('slack', 'T1')).toEqual(one)
    expect(await installations.find('slack', 'T2')).toEqual(two)
    expect(await installations.find('other', 'T1')).toBeUndefined()
    expect(await installations.all('slack')).toEqual([one, two])
  })

  it('give way to a newer one in the same workspace, and are forgotten on demand', async () => {
    using store = openStore({ path: ':memory:' })
    const installations = store.installations(key)
    await installations.save(anInstallation())
    await installations.save(anInstallation({ token: 'xoxb-new' }))
    expect((await installations.all('slack')).map(({ token }) => token)).toEqual(['xoxb-new'])
    await installations.remove('slack', 'T1')
    expect(await installations.all('slack')).toEqual([])
  })

  it('leave no token in the file that anybody could read', async () => {
    using home = createSqliteHome()
    {
      using store = openStore({ path: home.path })
      await store.installations(key).save(anInstallation({ token: 'xoxb-very-secret' }))
    }
    expect(readFileSync(home.path).includes('very-secret')).toBe(false)
    using store = openStore({ path: home.path })
    expect((await store.installations(key).find('slack', 'T1'))?.token).toBe('xoxb-very-secret')
  })

  it('do not open with another key, and say what to do', async () => {
    using home = createSqliteHome()
    using store = openStore({ path: home.path })
    await store.installations(key).save(anInstallation())
    const open = () => store.installations(randomBytes(32))
    expect(open).toThrow(ConfigError)
    expect(open).toThrow(/SECRETS_KEY does not open the token of slack workspace T1: set the key/)
    expect(() => store.installations(randomBytes(16))).toThrow(/32 bytes long, not 16/)
  })

  it('do not open in the row of another workspace', async () => {
    using home = createSqliteHome()
    using store = openStore({ path: home.path })
    await store.installations(key).save(anInstallation())
    using db = new DisposableDatabase(home.path)
    db.exec("UPDATE installation SET workspace = 'T9'")
    expect(() => store.installations(key)).toThrow(ConfigError)
  })
})

class DisposableDatabase extends Database {
  [Symbol.dispose](): void {
    this.close()
  }
}

function anInstallation(sketch: Partial<Installation> = {}): Installation {
  return {
    platform: 'slack',
    workspace: 'T1',
    token: 'xoxb-one',
    account: 'U1',
    botId: 'B1',
    enterprise: undefined,
    scopes: ['chat:write', 'im:history'],
    at: new Date('2026-11-23T12:00:00Z'),
    ...sketch,
  }
}
