import { lockDatabase } from '#src/sqlite/lock-database.ts'

// Holds the lock until it is killed, or tells why it cannot.
const [path = ''] = process.argv.slice(2)
try {
  const lock = lockDatabase(path)
  process.stdout.write('held\n')
  process.stdin.on('end', () => {
    lock[Symbol.dispose]()
    process.exit()
  })
  process.stdin.resume()
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : error}\n`)
}
