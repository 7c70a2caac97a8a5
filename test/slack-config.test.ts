import { describe, expect, it } from 'vitest'
import { readConfig } from '#src/config.ts'

type Settings = Readonly<Record<string, string>>

const hex = 'a1'.repeat(32)
const one: Settings = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }
const many: Settings = {
  SLACK_CLIENT_ID: '1000.2000',
  SLACK_CLIENT_SECRET: 'client-secret',
  SLACK_STATE_SECRET: 'state-secret',
  SECRETS_KEY: hex,
  SLACK_SIGNING_SECRET: 'signing-secret',
}

describe('the settings of Slack', () => {
  it('are off without a token or a client id', () => {
    expect(readConfig({ DISCORD_TOKEN: 'x' }).slack).toBeUndefined()
    expect(readConfig({ DISCORD_TOKEN: 'x', SECRETS_KEY: hex }).slack).toBeUndefined()
  })

  it('are enough to start without Discord', () => {
    expect(readConfig(one)).toMatchObject({ discord: undefined, slack: { access: { type: 'token' } } })
  })

  it('choose Socket Mode where there is a token for it', () => {
    expect(readConfig({ ...one, SLACK_SIGNING_SECRET: 's' }).slack).toEqual({
      apiUrl: 'https://slack.com/api/',
      access: { type: 'token', botToken: 'xoxb-1' },
      delivery: { type: 'socket', appToken: 'xapp-1' },
      port: 3_000,
      dmStyle: undefined,
      nativeStream: 'dm',
    })
  })

  it('take several workspaces, and what else can be chosen', () => {
    const slack = readConfig({ ...many, SLACK_DM: 'flat', SLACK_NATIVE_STREAM: 'off', SLACK_PORT: '8080' }).slack
    expect(slack).toMatchObject({
      access: { type: 'oauth', clientId: '1000.2000', secretsKey: Buffer.from(hex, 'hex') },
      delivery: { type: 'http', signingSecret: 'signing-secret' },
      port: 8_080,
      dmStyle: 'flat',
      nativeStream: 'off',
    })
  })

  it('take the key in Base64, too', () => {
    const key = Buffer.from(hex, 'hex').toString('base64')
    expect(readConfig({ ...many, SECRETS_KEY: key }).slack?.access).toMatchObject({
      secretsKey: Buffer.from(hex, 'hex'),
    })
  })

  it.each([
    [
      'no way for events to come',
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      [/^SLACK_APP_TOKEN: is missing, and SLACK_SIGNING_SECRET/],
    ],
    ['one and many', { ...many, ...one }, [/^SLACK_BOT_TOKEN and SLACK_CLIENT_ID: set one of them/]],
    [
      'many without their secrets',
      { SLACK_CLIENT_ID: '1.2', SLACK_APP_TOKEN: 'xapp-1' },
      [/^SLACK_CLIENT_SECRET: is missing/, /^SLACK_STATE_SECRET: is missing/, /^SECRETS_KEY: is missing.*openssl/],
    ],
    [
      'secrets of nobody',
      { DISCORD_TOKEN: 'x', SLACK_APP_TOKEN: 'xapp-1', SLACK_STATE_SECRET: 's', SECRETS_KEY: hex },
      [/^SLACK_APP_TOKEN: is set, but Slack is off.*or take it away/, /^SLACK_STATE_SECRET: is set, but Slack is off/],
    ],
    ['tokens in each other’s place', { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' }, [/xoxb-/, /xapp-/]],
    ['a short key', { ...many, SECRETS_KEY: 'abcdef' }, [/^SECRETS_KEY: it will not do: must be 32 bytes/]],
    ['an unknown style', { ...one, SLACK_DM: 'both' }, [/^SLACK_DM: "both" will not do: must be one of flat, threads/]],
  ])('say what is wrong: %s', (_, settings, words) => {
    const faults = faultsOf(settings)
    expect(faults).toEqual(words.map(word => expect.stringMatching(word)))
    for (const secret of ['xoxb-1', 'xapp-1', 'client-secret', hex]) expect(faults.join()).not.toContain(secret)
  })
})

function faultsOf(settings: Settings): readonly string[] {
  try {
    readConfig(settings)
  } catch (error) {
    return String(error).split('\n- ').slice(1)
  }
  return []
}
