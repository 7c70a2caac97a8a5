import { once } from 'node:events'
import { closeSync, openSync, rmSync } from 'node:fs'
import { ConfigError } from '#src/core/errors.ts'
import { lockDatabase } from '#src/sqlite/lock-database.ts'

// Takes the lock as often as it can in half a second, twice at least, and tells whenever somebody else has it at the same time.
const [path = ''] = process.argv.slice(2)
const marker = `${path}.marker`
process.stdout.write('ready\n')
await once(process.stdin, 'data')

let won = 0
const began = Date.now()
const isOver = () => Date.now() - began > (won < 2 ? 60_000 : 500)
while (!isOver()) {
  try {
    using _lock = lockDatabase(path)
    // Fails when it is there: another one is between these lines.
    closeSync(openSync(marker, 'wx'))
    won += 1
    rmSync(marker)
  } catch (error) {
    if (!(error instanceof ConfigError) || !error.message.includes('is in use by')) {
      process.stdout.write(`BOTH: ${error instanceof Error ? error.message : error}\n`)
    }
  }
}
process.stdout.write(`won ${won}\n`)
process.stdin.destroy()
