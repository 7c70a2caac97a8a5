import { createHmac, randomUUID } from 'node:crypto'
import { askNear } from './ask-near.ts'
import { codeOfListening } from './code-of-listening.ts'
import { type Finding, fault, ok } from './finding.ts'

type Parts = Readonly<{ port: number; signingSecret: string }>

/** The port that Slack's events come to by HTTP, if they do not come by Socket Mode. */
export async function lookAtSlackEvents(parts: Parts, signal: AbortSignal): Promise<Finding> {
  const { port } = parts
  const name = 'slack events'
  const code = await codeOfListening(undefined, port)
  const reach = 'that Slack reaches it only Slack can tell (Event Subscriptions)'
  if (code === undefined) return ok(name, `they come by HTTP to port ${port}; ${reach}`)
  if (code !== 'EADDRINUSE')
    return fault(name, `nobody can listen on port ${port} (${code})`, 'Set another SLACK_PORT.')
  if (await isOurs(parts, signal)) return ok(name, `Aeries is there already, on port ${port}; ${reach}`)
  return fault(name, `something else listens on port ${port}`, 'Set another SLACK_PORT, or stop what holds it.')
}

/** Who hands back a word that is signed with our secret has that secret, too: so Slack itself asks (https://docs.slack.dev/reference/events/url_verification). */
async function isOurs({ port, signingSecret }: Parts, signal: AbortSignal): Promise<boolean> {
  const challenge = randomUUID()
  const body = JSON.stringify({ type: 'url_verification', challenge })
  const seconds = Math.floor(Date.now() / 1_000)
  const signature = createHmac('sha256', signingSecret).update(`v0:${seconds}:${body}`).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': `${seconds}`,
    'x-slack-signature': `v0=${signature}`,
  }
  const told = await askNear(`http://127.0.0.1:${port}/slack/events`, signal, { method: 'POST', headers, body })
  return told?.includes(challenge) ?? false
}
