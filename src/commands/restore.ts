import { type Restored, restoreDatabase } from '#src/sqlite/restore-database.ts'
import { showProgress } from './progress/show-progress.ts'
import { copied } from './storage/copied.ts'
import { type Given, runCommand } from './storage/run-command.ts'

const help = `npm run restore -- FILE

Puts a copy of the backup FILE in the place of the database at DATABASE_PATH, brought to this version's schema, and without
what people have had forgotten since it was made. Aeries must not run. The database that is there is moved aside, and FILE
stays as it is. A fault on the way leaves everything as it was.

  --help  shows this
`

process.exitCode = await runCommand({ help, flags: [], names: { least: 1, most: 1 }, run: restore })

async function restore({ databasePath, names: [file = ''], signal }: Given): Promise<number> {
  using progress = showProgress()
  const told = (bytes: number, of: number) => progress.tell(...copied(bytes, of))
  const restored = await restoreDatabase(file, databasePath, new Date(), told, signal)
  progress[Symbol.dispose]()
  process.stdout.write(`${summary(restored).join('\n')}\n`)
  return 0
}

function summary({ database, aside, migrated, forgotten: { listed, found } }: Restored): readonly string[] {
  const before = aside && `The database that was there is now ${aside}: delete it when nobody needs it any more`
  const again = `forgotten once more: ${found.person} people, ${found.conversation} conversations, ${found.message} messages`
  return [
    `${database} is restored`,
    ...(migrated.length > 0 ? [`brought to this version's schema: ${migrated.join(', ')}`] : []),
    listed > 0 ? `${again} (of ${listed} on the list)` : 'There is no list of what was forgotten: nothing to take out',
    ...(before ? [before] : []),
  ]
}
