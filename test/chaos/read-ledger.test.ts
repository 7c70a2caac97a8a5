import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLedger } from '#bench/chaos/checker/read-ledger.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aSight, aSignal } from '#test/support/a-lesson.ts'
import { anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { channel } from '#test/support/an-event.ts'

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
    expect(readLedger(path)).toEqual({
      ...{ turns: [], words: [], parts: [], drafts: [], events: new Map(), damages: [] },
      ...{ jobs: [], learntFrom: new Set(), doubled: [], opinions: new Set() },
      ...{ superseded: [], supersededParts: [], removals: [] },
    })
  })

  it('reads what the store wrote', async () => {
    using store = openStore({ path })
    const asked = anAsked({ text: 'hello' })
    await store.turns.receive(asked)
    const ledger = readLedger(path)
    expect(ledger.words).toMatchObject([{ role: 'person', turn: null, event: asked.key, key: asked.message.id }])
    expect([...ledger.events.keys()]).toEqual([asked.key])
  })

  it('reads what was learnt, what waits for it, and what counts twice', async () => {
    using store = openStore({ path })
    const asked = anAsked({ text: 'hello' })
    const turn = await begun(store, asked)
    await store.turns.finish(turn, aReply('hi'), asked.at, true)
    const job = await store.learning.nextJob(asked.at, 3)
    const told = { message: asked.message.id, source: asked.message.id, kind: 'behaviour', key: 'tone' } as const
    const signals = ['casual', 'formal'].map(value => aSignal({ ...told, value }))
    await store.learning.learn(aLesson({ signals }), job?.ids ?? [], true)
    const before = readLedger(path)
    expect(before.jobs).toMatchObject([{ state: 'taken', reason: null }])
    expect([...before.learntFrom, ...before.doubled]).toEqual([asked.message.id])
    await store.learning.writeSignal(
      aLesson({ scope: aSight(channel).scopes[1]! }),
      aSignal({ ...told, value: 'casual' }),
    )
    plant('UPDATE aggregate SET count = count + 1')
    expect(readLedger(path).doubled).toEqual([
      `behaviour tone casual of ${asked.message.id}, 2 times`,
      'tone casual counts 2 times and was told 1 times',
    ])
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
