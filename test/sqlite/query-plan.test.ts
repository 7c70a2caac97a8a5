import { describe, expect, it } from 'vitest'
import { briefSql } from '#src/sqlite/brief-data.ts'
import { cohortSql } from '#src/sqlite/cohorts.ts'
import { heardSql } from '#src/sqlite/heard-scopes.ts'
import { historySql } from '#src/sqlite/history.ts'
import { leftBehindSql } from '#src/sqlite/left-behind.ts'
import { openDatabase } from '#src/sqlite/open-database.ts'
import { recallSql } from '#src/sqlite/recall.ts'

const parameters = {
  ...{ conversation: 'test:-:dm', person: 'test:-:mira', audience: 'dm' },
  ...{ limit: 20, before: 1, ordinal: 1, id: 1 },
}

describe('what history reads', () => {
  it.for(Object.entries(historySql))('%s walks along an index and sorts nothing', ([, sql]) => {
    const { db } = openDatabase(':memory:')
    const plan = db.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(parameters)
    const steps = plan.map(({ detail }) => detail)
    expect(steps.some(step => step.startsWith('SEARCH'))).toBe(true)
    // The parts of one reply, a handful of rows, may be put in order.
    const sorting = /TEMP B-TREE(?! FOR json_group_array)|^SCAN (?!CONSTANT ROW)|AUTOMATIC/
    expect(steps.filter(step => sorting.test(step))).toEqual([])
  })
})

describe('what cohorts are read by', () => {
  it.for(Object.entries(cohortSql))('%s walks along an index', ([, sql]) => {
    const { db } = openDatabase(':memory:')
    const asking = { workspace: 'w', after: 0, limit: 20 }
    const plan = db.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(asking)
    const steps = plan.map(({ detail }) => detail)
    expect(steps.some(step => step.startsWith('SEARCH'))).toBe(true)
    expect(steps.filter(step => /^SCAN |AUTOMATIC|TEMP B-TREE/.test(step))).toEqual([])
  })
})

describe('what a start reads', () => {
  it.for(Object.entries(leftBehindSql))('%s walks along the few open rows alone', ([, sql]) => {
    const { db } = openDatabase(':memory:')
    const plan = db.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all({ turn: 1 })
    const scans = plan.map(({ detail }) => detail).filter(detail => detail.startsWith('SCAN'))
    expect(scans.every(scan => /USING (?:COVERING )?INDEX (?:message_waiting|turn_open)/.test(scan))).toBe(true)
  })
})

describe('what a brief reads', () => {
  it.for(Object.entries({ ...heardSql, ...briefSql, ...recallSql }))(
    '%s walks from the person, or from the scopes that may be heard, along indexes',
    ([, sql]) => {
      const { db } = openDatabase(':memory:')
      const person = { person: 'p', workspace: 'w', scopes: '[]' }
      const asking = { ...person, heard: '[]', at: 1, key: 'k', terms: '[]', ids: '[]', slots: '[]' }
      const plan = db.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(asking)
      const scans = plan.map(({ detail }) => detail).filter(detail => /^SCAN |AUTOMATIC/.test(detail))
      // The parameters alone.
      expect(scans.filter(scan => !/^SCAN (?:heard|told|json_each|wanted|asked|CONSTANT ROW)/.test(scan))).toEqual([])
    },
  )
})
