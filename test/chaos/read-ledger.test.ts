import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLedger } from '#bench/chaos/checker/read-ledger.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { anAsked } from '#test/support/an-asked.ts'

describe('readLedger', () => {
  let folder = ''
  let path = ''

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aeries-ledger-'))
    path = join(folder, 'aeries.db')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function plant(sql: string): void {
    const db = new Database(path)
    db.pragma('foreign_keys = OFF')
    db.exec(sql)
    db.close()
  }

  it('reads an empty ledger, and finds the file sound', () => {
    openStore({ path })[Symbol.dispose]()
    expect(readLedger(path)).toEqual({ turns: [], words: [], parts: [], drafts: [], events: new Map(), damages: [] })
  })

  it('reads what the store wrote', async () => {
    using store = openStore({ path })
    const asked = anAsked({ text: 'hello' })
    await store.turns.receive(asked)
    const ledger = readLedger(path)
    expect(ledger.words).toMatchObject([{ role: 'person', turn: null, event: asked.key, key: asked.message.id }])
    expect([...ledger.events.keys()]).toEqual([asked.key])
  })

  it('finds rows that point at nothing, and drafts and parts of no turn', () => {
    openStore({ path })[Symbol.dispose]()
    plant("INSERT INTO reply_part (turn_id, part, message_key) VALUES (77, 0, 'discord:-:1/2')")
    plant("INSERT INTO draft (turn_id, text) VALUES (78, 'half')")
    const ledger = readLedger(path)
    expect(ledger.parts).toEqual([{ turn: '77', part: 0, message: 'discord:-:1/2' }])
    expect(ledger.drafts).toEqual(['78'])
    expect(ledger.damages.join()).toMatch(/reply_part points at no turn|draft points at no turn/)
  })
})
