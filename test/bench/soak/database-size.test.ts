import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { databaseSize, growthOf } from '#bench/soak/database-size.ts'

it('explains what a database grew by, in rows and bytes of each', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aeries-size-'))
  const path = join(folder, 'a.db')
  const db = new Database(path)
  db.exec('CREATE TABLE word (text TEXT) STRICT; CREATE TABLE idle (text TEXT) STRICT')
  const before = databaseSize(path)
  const insert = db.prepare('INSERT INTO word (text) VALUES (?)')
  db.transaction(() => {
    for (let i = 0; i < 1_000; i++) insert.run('x'.repeat(100))
  })()
  const { trees, pagesPerByte } = growthOf(before, databaseSize(path))
  db.close()
  rmSync(folder, { recursive: true })
  expect(trees).toMatchObject([{ name: 'word', rows: 1_000 }])
  // 100 letters, and two bytes or three in front of them.
  expect(trees[0]?.bytesPerRow).toBeGreaterThanOrEqual(100)
  expect(trees[0]?.bytesPerRow).toBeLessThan(110)
  expect(pagesPerByte).toBeGreaterThan(1)
  expect(pagesPerByte).toBeLessThan(1.3)
})
