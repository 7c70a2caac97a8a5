import { z } from 'zod'
import { botScopes } from '#adapters/slack/subscriptions.ts'
import type { SlackConfig } from '#src/slack-config.ts'
import { type Answered, askPlatform, clockAheadSeconds, NoAnswer } from './ask-platform.ts'
import { lookAtClock } from './clock.ts'
import { type Finding, fault, ok, warning } from './finding.ts'
import { lookAtSlackEvents } from './slack-events.ts'

const app = 'At https://api.slack.com/apps open your app'
const answerSchema = z.looseObject({ ok: z.boolean(), error: z.string().optional(), team: z.string().optional() })

/** Words for a token that no patience mends, as apps.connections.open and auth.test say them. */
const refusals: ReadonlySet<string> = new Set([
  'account_inactive',
  'app_uninstalled',
  'invalid_auth',
  'not_allowed_token_type',
  'not_authed',
  'token_expired',
  'token_revoked',
])

/** Words that say nothing of a token or a setting (https://docs.slack.dev/reference/methods/auth.test#errors). */
const passing: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
])

/** Tokens, scopes and the way events come. Asks, and changes nothing. */
export async function* lookAtSlack(config: SlackConfig, signal: AbortSignal) {
  const { apiUrl, access, delivery } = config
  const ask = (method: string, token: string) =>
    askPlatform(new URL(method, apiUrl).href, `Bearer ${token}`, 'POST', signal).then(read)
  try {
    if (access.type === 'token') yield* lookAtBotToken(await ask('auth.test', access.botToken))
    else yield installedByOthers
    if (delivery.type === 'socket') yield* lookAtAppToken(await ask('apps.connections.open', delivery.appToken))
    else yield await lookAtSlackEvents({ ...delivery, port: config.port }, signal)
    yield messagesTab
  } catch (error) {
    if (error instanceof Unclear) {
      yield fault('slack', `${apiUrl} ${error.message}`, error.cure)
      return
    }
    if (!(error instanceof NoAnswer)) throw error
    const cure = 'Check the network, a proxy, a firewall, and SLACK_API_URL.'
    yield fault('slack', `nobody answers at ${apiUrl} (${error.message})`, cure)
  }
}

type Read = Answered & Readonly<{ told: z.output<typeof answerSchema> }>

/** Nothing can be said of tokens now. */
class Unclear extends Error {
  readonly cure: string

  constructor(told: string, cure: string) {
    super(told)
    this.cure = cure
  }
}

/** What Slack says, if it is Slack and has time for us. Throws `Unclear`. */
function read(answered: Answered): Read {
  const { status, body } = answered
  const { success, data } = answerSchema.safeParse(body)
  const word = success ? data.error : undefined
  if (status === 429 || status >= 500 || (word !== undefined && passing.has(word))) {
    const cure = 'Wait some minutes and look again; https://slack-status.com tells of troubles.'
    throw new Unclear(`answers with ${word ?? `status ${status}`}`, cure)
  }
  if (success) return { ...answered, told: data }
  const cure = 'Leave SLACK_API_URL out, or give it like https://slack.com/api/.'
  throw new Unclear(`is not Slack's API (${status})`, cure)
}

function* lookAtBotToken({ told: data, ...answered }: Read): Iterable<Finding> {
  if (!data.ok) {
    const cure = `${app}: OAuth & Permissions, install it to the workspace again, and set the Bot User OAuth Token as SLACK_BOT_TOKEN.`
    yield fault('slack bot token', `SLACK_BOT_TOKEN was refused (${data.error})`, cure)
    return
  }
  yield ok('slack bot token', `it is that of the workspace ${data.team}`)
  yield lookAtClock('slack', clockAheadSeconds(answered))
  yield lookAtScopes(answered.headers['x-oauth-scopes'])
}

function lookAtScopes(header: string | string[] | undefined): Finding {
  const name = 'slack scopes'
  if (typeof header !== 'string') return ok(name, 'Slack does not tell them')
  const granted = header.split(',').map(scope => scope.trim())
  const missing = botScopes.filter(scope => !granted.includes(scope))
  if (missing.length === 0) return ok(name, `all ${botScopes.length} of the manifest`)
  const cure = `${app}: App Manifest, put in what npm run manifest -- slack prints, and install the app again.`
  return warning(name, `the app was installed without ${missing.join(', ')}`, cure)
}

function* lookAtAppToken({ told: { ok: isOpened, error: word } }: Read): Iterable<Finding> {
  if (isOpened) {
    yield ok('slack socket mode', 'SLACK_APP_TOKEN opens a line')
  } else if (word !== undefined && refusals.has(word)) {
    const cure = `${app}: Basic Information, App-Level Tokens, make one with connections:write, and set it as SLACK_APP_TOKEN.`
    yield fault('slack app token', `SLACK_APP_TOKEN was refused (${word})`, cure)
  } else if (word === 'missing_scope') {
    const cure = `${app}: Basic Information, App-Level Tokens, make another one with connections:write.`
    yield fault('slack app token', 'SLACK_APP_TOKEN lacks the scope connections:write', cure)
  } else {
    const cure = `${app}: Socket Mode, switch it on; without it no line is opened.`
    yield fault('slack socket mode', `Slack opens no line (${word})`, cure)
  }
}

const installedByOthers = ok(
  'slack workspaces',
  'each installs the app by itself, at /slack/install; their tokens are looked at when they are used',
)

const messagesTab = ok(
  'slack messages tab',
  'Slack tells of it only when somebody writes: in App Home, Messages Tab and "Allow users to send" have to be on, as the manifest has them',
)
