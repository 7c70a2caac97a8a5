import { dirname } from 'node:path'
import { oldCopies } from '#src/sqlite/copy-before-migration.ts'
import { checkSpace, megabytes } from '#src/sqlite/free-space.ts'
import { holderOf, lockDatabase, nameHolder } from '#src/sqlite/lock-database.ts'
import { lookAtMigration } from '#src/sqlite/look-at-database.ts'
import { openDatabase } from '#src/sqlite/open-database.ts'
import { type Given, runCommand } from './storage/run-command.ts'

const help = `npm run migrate [-- --check]

Brings the database at DATABASE_PATH to this version's schema, as the next start of Aeries would do as well. Before the first
step it leaves a copy beside the database; all steps happen, or none. Aeries must not run.

  --check  says what would be done and changes nothing; exit code 1: it would be refused
  --help   shows this
`

process.exitCode = await runCommand({ help, flags: ['check'], names: { least: 0, most: 0 }, run: migrate })

async function migrate({ databasePath, flags }: Given): Promise<number> {
  const plan = lookAtMigration(databasePath)
  process.stdout.write(`${toldPlan(plan).join('\n')}\n`)
  if (flags.has('check')) {
    const holder = holderOf(databasePath)
    if (holder && plan.steps.length > 0) process.stdout.write(`in use by ${nameHolder(holder)}: stop that one before\n`)
    checkSpace(dirname(plan.path), plan.neededBytes, 'A copy of the database before its migration')
    return 0
  }
  if (plan.steps.length === 0) return 0
  using _lock = lockDatabase(databasePath)
  const { db, migrated, copy } = openDatabase(databasePath)
  db.close()
  process.stdout.write(`done: ${migrated.join(', ')}\n`)
  if (copy) process.stdout.write(`the database as it was: ${copy}\n`)
  for (const old of oldCopies(plan.path)) process.stdout.write(`older, to be deleted by you: ${old}\n`)
  return 0
}

function toldPlan(plan: ReturnType<typeof lookAtMigration>): readonly string[] {
  const { path, schema, newest, steps, copy, neededBytes, freeBytes } = plan
  if (steps.length === 0) return [`${path}: schema ${schema}, which is this version's: nothing to do`]
  return [
    `${path}: schema ${schema}, this version's is ${newest}`,
    ...steps.map(step => `  step ${step}`),
    ...(copy ? [`  before it, a copy: ${copy.path}, ${megabytes(copy.bytes)}`] : []),
    `  room needed: ${megabytes(neededBytes)}, free: ${megabytes(freeBytes)}`,
  ]
}
