import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readConfig, settingNames } from '#src/config.ts'

const lines = readFileSync('.env.example', 'utf8').split('\n')
const settings = lines.flatMap((line, at) => {
  const [, name, value] = /^#?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? []
  return name === undefined || value === undefined ? [] : [{ name, value, comment: lines[at - 1] ?? '' }]
})

describe('.env.example', () => {
  test('names every setting, in the order of the schema', () => {
    expect(settings.map(({ name }) => name)).toEqual(settingNames)
  })

  test('shows the defaults', () => {
    const shown = Object.fromEntries(settings.map(({ name, value }) => [name, value]))
    expect(readConfig({ ...shown, DISCORD_TOKEN: 'a-token' })).toEqual(readConfig({ DISCORD_TOKEN: 'a-token' }))
  })

  test('leaves nothing empty that has a default of its own', () => {
    const empty = settings.filter(({ name, value }) => value === '' && !/_(?:TOKEN|KEY|SECRET)$/.test(name))
    // The zone is the machine's; how DMs are answered, and how much a server takes, is found out. Few places, and few emoji, differ, and few people are left out.
    const found = [
      'SLACK_CLIENT_ID',
      'SLACK_DM',
      'WEB_PORT',
      'WEB_URL',
      'VLLM_MAX_CONCURRENT',
      'LEARNING_PLACES',
      'REACTIONS',
      'ALLOW',
      'DENY',
      'RETENTION_PLACES',
      'OPERATOR',
      'GUIDE_URL',
      'TIME_ZONE',
    ]
    expect(empty.map(({ name }) => name)).toEqual(found)
  })

  test('says of every setting what it does, in one line', () => {
    for (const { name, comment } of settings) expect(comment, name).toMatch(/^# [A-Z0-9].*\.$|^# [a-z, ]+\.$/)
  })

  test('switches nothing on by being copied', () => {
    const set = lines.filter(line => /^[A-Z]/.test(line))
    expect(set).toEqual(['DISCORD_TOKEN='])
  })
})
