import { learningContract } from '#test/support/learning-contract.ts'
import { createSqliteHome } from './sqlite-home.ts'

learningContract('SQLite', createSqliteHome)
