import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { createDiscordServer } from './discord-server.ts'
import { buildHarbour } from './harbour.ts'

// Runs the stand-in by itself: prints one line of JSON that says where it is, and ends on SIGINT or SIGTERM.
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })
await using server = await createDiscordServer({ port: Number(values.port) })
const ids = buildHarbour(server)
const { apiUrl, token, botId } = server
process.stdout.write(`${JSON.stringify({ apiUrl, token, botId, ...ids })}\n`)
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
