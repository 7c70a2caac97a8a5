import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Script } from './run-script.ts'
import { createSqliteHome } from './sqlite-home.ts'

describe('a store whose process is killed while it writes', () => {
  it('has all that was committed, whole, and goes on from there, eight times over', async () => {
    using home = createSqliteHome()
    const committed: string[] = []
    for (let round = 0; round < 8; round += 1) {
      await using writer = new Script('./write-on.ts', [home.path, String(round)])
      // Another moment each time, some of them beyond the first checkpoint.
      await writer.printed(1 + ((round * 37) % 150))
      await writer.kill()
      committed.push(...writer.lines)
      expect(writer.lines.filter(line => !line.startsWith('test:'))).toEqual([])
      home.open()[Symbol.dispose]()
      const { keys, open, integrity } = read(home.path)
      const known = new Set(keys)
      expect(committed.filter(key => !known.has(key))).toEqual([])
      // At most the exchange that was under way stands half-way, and that as a turn that a start takes up.
      expect(open).toBeLessThanOrEqual(round + 1)
      expect(integrity).toBe('ok')
    }
    expect(committed.length).toBeGreaterThan(200)
  })
})

function read(path: string) {
  const db = new Database(path, { readonly: true })
  try {
    return {
      keys: db.prepare<[], string>('SELECT key FROM message WHERE key IS NOT NULL').pluck().all(),
      open: db.prepare<[], number>("SELECT count(*) FROM turn WHERE state = 'answering'").pluck().get(),
      integrity: db.pragma('integrity_check', { simple: true }),
    }
  } finally {
    db.close()
  }
}
