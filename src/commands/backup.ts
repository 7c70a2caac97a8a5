import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { copyBeside } from '#src/sqlite/copy-beside.ts'
import { databaseFiles, freeName, timeInName } from '#src/sqlite/database-files.ts'
import { checkSpace, megabytes } from '#src/sqlite/free-space.ts'
import { lookAtDatabase } from '#src/sqlite/look-at-database.ts'
import { showProgress } from './progress/show-progress.ts'
import { copied } from './storage/copied.ts'
import { type Given, runCommand } from './storage/run-command.ts'

const help = `npm run backup [-- FILE]

Copies the database at DATABASE_PATH, also while Aeries runs: the copy is as the database was at the moment when it began.
Without FILE it goes beside the database, with the time in its name. It gets its name once it is whole and checked; a file
that is there is never overwritten. npm run restore -- FILE brings it back.

  --help  shows this
`

process.exitCode = await runCommand({ help, flags: [], names: { least: 0, most: 1 }, run: backup })

async function backup({ databasePath, names: [name], signal }: Given): Promise<number> {
  const { database } = databaseFiles(databasePath)
  const { bytes, schema } = lookAtDatabase(database)
  const to = name === undefined ? freeName(database, `backup-${timeInName(new Date())}`) : resolve(name)
  if (existsSync(dirname(to))) checkSpace(dirname(to), bytes, 'The backup')
  {
    using progress = showProgress()
    await copyBeside(database, to, written => progress.tell(...copied(written, bytes)), signal)
  }
  process.stdout.write(`${to}: ${megabytes(statSync(to).size)}, schema ${schema}, checked\n`)
  for (const left of leftOvers(to)) {
    process.stdout.write(`${left} is left of a backup that was cut off, unless one is running: delete it\n`)
  }
  return 0
}

function leftOvers(to: string): readonly string[] {
  const start = basename(to).replace(/\.backup-.*/, '')
  return readdirSync(dirname(to))
    .filter(name => name.startsWith(start) && name.endsWith('.db.partial'))
    .map(name => join(dirname(to), name))
}
