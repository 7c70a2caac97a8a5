import { describe, expect, it } from 'vitest'
import { readConfig } from '#src/config.ts'

describe('the settings of the web door', () => {
  it('need nothing but a port, and open it to this machine alone', () => {
    expect(readConfig({ WEB_PORT: '8080' }).web).toEqual({
      host: '127.0.0.1',
      port: 8_080,
      url: undefined,
      signIn: 'local',
    })
    expect(readConfig({ DISCORD_TOKEN: 'a-token' }).web).toBeUndefined()
  })

  it('let nobody in from elsewhere who does not sign in, and say why', () => {
    expect(() => readConfig({ WEB_PORT: '80', WEB_HOST: '0.0.0.0' })).toThrow(
      /WEB_HOST: "0\.0\.0\.0" lets other machines in.*WEB_SIGN_IN=link/,
    )
    expect(() => readConfig({ WEB_PORT: '80', WEB_HOST: '0.0.0.0', WEB_SIGN_IN: 'link' })).toThrow(
      /WEB_URL: is missing/,
    )
    const url = 'https://aeries.example.com'
    const set = { WEB_PORT: '80', WEB_HOST: '0.0.0.0', WEB_SIGN_IN: 'link', WEB_URL: url }
    expect(readConfig(set).web).toMatchObject({ signIn: 'link', url })
  })
})
