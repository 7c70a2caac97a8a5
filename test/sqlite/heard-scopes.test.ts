import Sqlite, { type Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { PersonId } from '#src/core/ids.ts'
import { dmScope, type LearningScope, type Sight, styleScope } from '#src/core/learning-scope.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { createHearing, type Hearing } from '#src/sqlite/heard-scopes.ts'
import { openDatabase } from '#src/sqlite/open-database.ts'
import { createSqliteHome } from './sqlite-home.ts'

const sight: Sight = { person: 'p' as PersonId, workspace: 'slack:T1' as WorkspaceId, scopes: [styleScope, dmScope] }

describe('what may be heard', () => {
  it('is known to have changed by the next question, whoever wrote', () => {
    using home = createSqliteHome()
    const { db } = openDatabase(home.path)
    const beside = new Sqlite(home.path)
    const hearing = createHearing(db)
    expect(namesIn(hearing)).toEqual([])
    appear(db)
    learn(db, styleScope)
    expect(namesIn(hearing)).toEqual([styleScope])
    learn(beside, dmScope)
    expect(namesIn(hearing)).toEqual([styleScope, dmScope])
    beside.prepare("DELETE FROM learning_scope WHERE name = 'style'").run()
    expect(namesIn(hearing)).toEqual([dmScope])
    beside.close()
    db.close()
  })

  it('is what it was before a transaction that came to nothing, also when somebody asked within', () => {
    const { db } = openDatabase(':memory:')
    const hearing = createHearing(db)
    appear(db)
    const learnInVain = db.transaction(() => {
      learn(db, dmScope)
      expect(namesIn(hearing)).toEqual([dmScope])
      throw new Error('the disk is full')
    })
    expect(learnInVain).toThrow('the disk is full')
    expect(namesIn(hearing)).toEqual([])
  })

  it('is theirs alone, in that workspace alone', () => {
    const { db } = openDatabase(':memory:')
    const hearing = createHearing(db)
    appear(db)
    learn(db, dmScope)
    learn(db, 'private:C1' as LearningScope)
    expect(namesIn(hearing)).toEqual([dmScope])
    expect(namesIn(hearing, { ...sight, person: 'q' as PersonId })).toEqual([])
    expect(namesIn(hearing, { ...sight, workspace: 'slack:T2' as WorkspaceId })).toEqual([])
    expect(namesIn(hearing, { ...sight, scopes: [styleScope] })).toEqual([])
  })
})

function namesIn(hearing: Hearing, asked = sight): readonly LearningScope[] {
  return [...hearing.all(asked).names.values()]
}

function appear(db: Database): void {
  db.exec("INSERT INTO person (id, key, name, external) VALUES (1, 'p', 'P', 0), (2, 'q', 'Q', 0)")
}

function learn(db: Database, name: LearningScope): void {
  db.prepare("INSERT INTO learning_scope (person_id, workspace, name) VALUES (1, 'slack:T1', ?)").run(name)
}
