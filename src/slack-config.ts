import { z } from 'zod'
import { address } from './addresses.ts'
import { type Given, oneOf, port, secret } from './setting-forms.ts'

const slackToken = (prefix: string) => secret.startsWith(prefix, `must begin with ${prefix}: another token was copied`)
/** 32 bytes, as hexadecimal or Base64 digits. */
const key = z
  .string()
  .transform(text => Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64'))
  .refine(bytes => bytes.length === 32, 'must be 32 bytes, in hexadecimal or Base64: openssl rand -hex 32 makes one')

/** The settings of Slack, as they stand in the environment. */
export const slackSettings = {
  SLACK_BOT_TOKEN: slackToken('xoxb-').optional(),
  SLACK_APP_TOKEN: slackToken('xapp-').optional(),
  SLACK_SIGNING_SECRET: secret.optional(),
  SLACK_PORT: port.default(3_000),
  SLACK_CLIENT_ID: secret.optional(),
  SLACK_CLIENT_SECRET: secret.optional(),
  SLACK_STATE_SECRET: secret.optional(),
  SECRETS_KEY: key.optional(),
  SLACK_API_URL: address.default('https://slack.com/api/'),
  SLACK_DM: oneOf(['flat', 'threads']).optional(),
  SLACK_NATIVE_STREAM: oneOf(['dm', 'all', 'off']).default('dm'),
}

type SlackSettings = z.output<z.ZodObject<typeof slackSettings>>

export type SlackConfig = Readonly<{
  apiUrl: string
  /** One workspace by its token, or as many as install the app. */
  access:
    | Readonly<{ type: 'token'; botToken: string }>
    | Readonly<{
        type: 'oauth'
        clientId: string
        clientSecret: string
        stateSecret: string
        secretsKey: Uint8Array
      }>
  delivery: Readonly<{ type: 'socket'; appToken: string }> | Readonly<{ type: 'http'; signingSecret: string }>
  port: number
  dmStyle: 'flat' | 'threads' | undefined
  nativeStream: 'dm' | 'all' | 'off'
}>

const forMany = ['SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'SECRETS_KEY'] as const
/** Set without what switches Slack on, they tell of a step that was left out; a key for secrets may lie there for later. */
const ofNoUse = ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const

export function isSlackOn(given: Given): boolean {
  return given['SLACK_BOT_TOKEN'] !== undefined || given['SLACK_CLIENT_ID'] !== undefined
}

/** What does not go together, each with its cure. */
export function slackFaults(given: Given): readonly string[] {
  const one = given['SLACK_BOT_TOKEN'] !== undefined
  const many = given['SLACK_CLIENT_ID'] !== undefined
  if (!one && !many) {
    const idle = ofNoUse.filter(name => given[name] !== undefined)
    return idle.map(
      name => `${name}: is set, but Slack is off: set SLACK_BOT_TOKEN or SLACK_CLIENT_ID, too, or take it away.`,
    )
  }
  const deaf = given['SLACK_APP_TOKEN'] === undefined && given['SLACK_SIGNING_SECRET'] === undefined
  const missing = many && !one ? forMany.filter(name => given[name] === undefined) : []
  return [
    ...(one && many ? [tooMuch] : []),
    ...(deaf ? [noDelivery] : []),
    ...missing.map(name => `${name}: is missing: installing by SLACK_CLIENT_ID takes it. ${cures[name]}`),
  ]
}

const tooMuch =
  'SLACK_BOT_TOKEN and SLACK_CLIENT_ID: set one of them: the token of one workspace, or the id by which many install the app.'
const noDelivery =
  'SLACK_APP_TOKEN: is missing, and SLACK_SIGNING_SECRET, too: set the first for Socket Mode, which needs no address, or the second for events by HTTP.'
const cures = {
  SLACK_CLIENT_SECRET: 'It stands in the Basic Information of the app.',
  SLACK_STATE_SECRET: 'Make one up: openssl rand -hex 32.',
  SECRETS_KEY: 'Make one up, and keep it: openssl rand -hex 32.',
} as const

/** `undefined`: Slack is off. Told settings without `slackFaults`. */
export function arrangeSlack(settings: SlackSettings): SlackConfig | undefined {
  const access = accessOf(settings)
  const delivery = deliveryOf(settings)
  if (access === undefined || delivery === undefined) return undefined
  const { SLACK_API_URL: apiUrl, SLACK_PORT: port, SLACK_DM: dmStyle, SLACK_NATIVE_STREAM: nativeStream } = settings
  return { apiUrl, access, delivery, port, dmStyle, nativeStream }
}

function accessOf(settings: SlackSettings): SlackConfig['access'] | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = settings
  const { SLACK_STATE_SECRET: stateSecret, SECRETS_KEY: secretsKey } = settings
  if (botToken !== undefined) return { type: 'token', botToken }
  const whole = clientId && clientSecret && stateSecret && secretsKey
  return whole ? { type: 'oauth', clientId, clientSecret, stateSecret, secretsKey } : undefined
}

/** Socket Mode where there is a token for it, whatever else there is. */
function deliveryOf({ SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret }: SlackSettings) {
  if (appToken !== undefined) return { type: 'socket', appToken } as const
  return signingSecret === undefined ? undefined : ({ type: 'http', signingSecret } as const)
}
