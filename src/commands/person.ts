import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from '#src/core/errors.ts'
import type { PersonId } from '#src/core/ids.ts'
import { exportOf } from '#src/engine/commands/export-of.ts'
import { forgetPerson } from '#src/engine/retention/forget-person.ts'
import { holderOf, nameHolder } from '#src/sqlite/lock-database.ts'
import { lookAtMigration } from '#src/sqlite/look-at-database.ts'
import { openStore, openStoreBeside, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { showProgress } from './progress/show-progress.ts'
import { type Given, runCommand } from './storage/run-command.ts'

const help = `npm run person -- counts PLATFORM:WORKSPACE:ID
npm run person -- export PLATFORM:WORKSPACE:ID [FILE]
npm run person -- forget PLATFORM:WORKSPACE:ID --yes

What is kept of one person, for those who have left and cannot ask for it themselves: how many rows of each table, all of it as
the file that /aeries export gives (what-aeries-knows.json, unless FILE is named), or nothing any more, for good. A Discord account
has no workspace: discord:-:1234. It works beside a running Aeries, which does the forgetting then, and while none runs. What was
done is noted in the database, without a name.

  --yes   forgets: without it forget only says what would go
  --help  shows this
`

/** A running Aeries looks every two seconds; one that is just ending an answer takes a little longer. */
const doneWithinMs = 30_000
const lookEveryMs = 100

process.exitCode = await runCommand({ help, flags: ['yes'], names: { least: 2, most: 3 }, run: person })

async function person({ databasePath, names, flags, signal }: Given): Promise<number> {
  const [what = '', named = '', file = 'what-aeries-knows.json'] = names
  const id = personNamed(named)
  const { steps } = lookAtMigration(databasePath)
  if (steps.length > 0) {
    throw new ConfigError('The database is of another version. Bring it up to date before: npm run migrate.')
  }
  switch (what) {
    case 'counts':
      return counts(databasePath, id)
    case 'export':
      return await exportTo(databasePath, id, resolve(file))
    case 'forget':
      return await forget(databasePath, id, flags.has('yes'), signal)
    default:
      throw new ConfigError(`"${what}" is none of counts, export and forget.\n\n${help.trimEnd()}`)
  }
}

function personNamed(named: string): PersonId {
  if (/^[a-z]+:[\w-]+:[\w-]+$/.test(named)) return named as PersonId
  throw new ConfigError(`"${named}" names nobody: it must be PLATFORM:WORKSPACE:ID, like slack:T024BE7LD:U2147483697.`)
}

function counts(databasePath: string, id: PersonId): number {
  using store = openStoreBeside(databasePath)
  const found = tellCounts(store, id)
  store.desk.note('counts', id, found)
  return 0
}

async function exportTo(databasePath: string, id: PersonId, file: string): Promise<number> {
  using store = openStoreBeside(databasePath)
  using progress = showProgress()
  progress.tell('counting rows', 0)
  const found = sum(store, id)
  progress.tell(`reading ${found} rows`, 1 / 3)
  const content = `${JSON.stringify(await exportOf(store, id, new Date()), undefined, 2)}\n`
  progress.tell('writing the file', 2 / 3)
  // What people said is its owner's alone to read, and no file is overwritten.
  writeFileSync(file, content, { flag: 'wx', mode: 0o600 })
  progress[Symbol.dispose]()
  store.desk.note('export', id, found)
  process.stdout.write(`${file}: what ${found} rows hold of ${id}\n`)
  return 0
}

async function forget(databasePath: string, id: PersonId, isSure: boolean, signal: AbortSignal): Promise<number> {
  const holder = holderOf(databasePath)
  using store = holder === undefined && isSure ? openStore({ path: databasePath }) : openStoreBeside(databasePath)
  const found = tellCounts(store, id)
  if (!isSure) {
    process.stdout.write('Nothing was changed. With --yes all of it is taken out, for good.\n')
    return 1
  }
  if (holder === undefined) {
    await forgetPerson(store, id)
    store.desk.note('forget', id, found)
  } else {
    process.stdout.write(`left to ${nameHolder(holder)}, which ends what it writes to them before\n`)
    store.desk.askToForget(id, found)
    if (!(await isDone(store, id, signal))) {
      process.stdout.write('It has not come to it yet, and does it as soon as it can; its log tells of it.\n')
      return 1
    }
  }
  process.stdout.write(`forgotten: ${id}\n`)
  return 0
}

async function isDone({ desk }: SqliteStore, id: PersonId, signal: AbortSignal): Promise<boolean> {
  for (let waited = 0; desk.isAsked(id); waited += lookEveryMs) {
    if (waited >= doneWithinMs) return false
    await sleep(lookEveryMs, undefined, { signal })
  }
  return true
}

function tellCounts({ desk }: SqliteStore, id: PersonId): number {
  const counted = [...desk.counts(id)]
  const widest = Math.max(0, ...counted.map(([table]) => table.length))
  for (const [table, rows] of counted) process.stdout.write(`${table.padEnd(widest)}  ${rows}\n`)
  if (counted.length === 0) process.stdout.write(`nothing is kept of ${id}\n`)
  return counted.reduce((total, [, rows]) => total + rows, 0)
}

function sum({ desk }: SqliteStore, id: PersonId): number {
  return desk
    .counts(id)
    .values()
    .reduce((total, rows) => total + rows, 0)
}
