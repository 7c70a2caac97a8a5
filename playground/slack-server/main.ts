import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { buildHarbour } from './harbour.ts'
import { createSlackServer } from './slack-server.ts'

// Runs the stand-in by itself: prints one line of JSON that says where it is, and ends on SIGINT or SIGTERM.
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })
await using server = await createSlackServer({ port: Number(values.port) })
const ids = buildHarbour(server)
const { apiUrl, authorizeUrl, app } = server
const { appToken, signingSecret, clientId, clientSecret } = app
const secrets = { appToken, signingSecret, clientId, clientSecret }
process.stdout.write(`${JSON.stringify({ apiUrl, authorizeUrl, ...secrets, ...ids })}\n`)
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
