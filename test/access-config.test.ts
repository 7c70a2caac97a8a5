import { describe, expect, it } from 'vitest'
import { readConfig } from '#src/config.ts'

const access = (settings: Readonly<Record<string, string>>) => readConfig({ DISCORD_TOKEN: 't', ...settings }).access

describe('who may talk to Aeries', () => {
  it('is everybody, with numbers that hold for each, unless somebody says otherwise', () => {
    expect(access({})).toEqual({
      rules: [],
      admins: { asPlatformSays: true, also: new Set() },
      limits: { perMinute: 10, perDay: 200, characters: 12_000, tokensPerDay: 20_000_000 },
    })
  })

  it('is only who is listed, and where it is listed; what is denied is denied in any case', () => {
    const listed = access({
      ALLOW: 'workspace:discord:12, person:slack:T1:U1, channel:slack:T1:C1',
      DENY: 'role:discord:12:9',
    })
    expect(listed.rules.map(({ subject, says }) => `${says} ${subject}`)).toEqual([
      'deny everywhere',
      'deny everyone',
      'allow workspace:discord:12',
      'allow person:slack:T1:U1',
      'allow channel:slack:T1:C1',
      'deny role:discord:12:9',
    ])
    expect(access({ ALLOW: 'strangers' }).rules).toEqual([{ subject: 'strangers', says: 'allow' }])
  })

  it('lets admins be named beside those whom the platform names, or in their place', () => {
    expect(access({ ADMINS: 'platform, person:slack:T1:U1' }).admins).toEqual({
      asPlatformSays: true,
      also: new Set(['person:slack:T1:U1']),
    })
    expect(access({ ADMINS: 'role:discord:12:9' }).admins.asPlatformSays).toBe(false)
  })

  it.each([
    ['ALLOW', 'discord:12', 'must be a list with commas between of KIND:PLATFORM:WORKSPACE[:ID]'],
    ['ALLOW', 'workspace:discord:12:13', 'must be a list'],
    ['DENY', 'channel:slack:T1', 'must be a list'],
    ['DENY', 'person:slack:T1:U1,,', 'must be a list'],
    ['ADMINS', 'everybody', 'must be platform, people and roles'],
    ['ADMINS', 'workspace:slack:T1', 'must be platform, people and roles'],
    ['MESSAGES_PER_DAY', '-1', 'must be at least 0'],
  ])('tells of a fault in %s=%s', (name, value, cure) => {
    expect(() => access({ [name]: value })).toThrow(cure)
  })
})
