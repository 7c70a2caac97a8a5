import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { anAsked, exchanged } from '#test/support/an-asked.ts'

// Writes one exchange after another until it is killed. A line is printed for each one that is committed, never before.
const [path = '', round = ''] = process.argv.slice(2)
const store = openStore({ path })
// Whoever started this is gone.
process.stdin.on('end', () => process.exit()).resume()
for (let at = 0; ; at += 1) {
  const asked = anAsked({ at, text: `question ${round}.${at} ${'word '.repeat(at % 300)}` })
  const ours = { ...asked, key: `${asked.key}-${round}` as typeof asked.key }
  const message = { ...asked.message, id: `${asked.message.id}-${round}` as typeof asked.message.id }
  await exchanged(store, { ...ours, message }, `answer ${round}.${at}`)
  process.stdout.write(`${message.id}\n`)
  await turnOfTheLoop()
}
