import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkDatabasePath } from '#src/check-database-path.ts'

const folder = mkdtempSync(join(tmpdir(), 'aeries-'))
afterAll(() => rmSync(folder, { recursive: true }))
const isRoot = process.getuid?.() === 0

describe('checkDatabasePath', () => {
  it('takes a file that is there, one that can be made, and none at all', () => {
    writeFileSync(join(folder, 'aeries.db'), '')
    for (const path of [join(folder, 'aeries.db'), join(folder, 'a/b/aeries.db'), ':memory:']) {
      expect(() => checkDatabasePath(path)).not.toThrow()
    }
    expect(existsSync(join(folder, 'a'))).toBe(false)
  })

  it('refuses a folder, and a file as a folder', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => checkDatabasePath(folder)).toThrow(/cannot be used: it is a folder/)
    expect(() => checkDatabasePath(join(folder, 'file/aeries.db'))).toThrow(/its parent is not one/)
    expect(() => checkDatabasePath(join(folder, 'file/a/b.db'))).toThrow(/its parent is not one/)
  })

  // Nothing is forbidden to root.
  it.skipIf(isRoot)('refuses a folder that nobody may write', () => {
    mkdirSync(join(folder, 'closed'))
    chmodSync(join(folder, 'closed'), 0o500)
    expect(() => checkDatabasePath(join(folder, 'closed/aeries.db'))).toThrow(/may not read and write it/)
  })
})
