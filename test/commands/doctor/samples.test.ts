import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { botScopes } from '#adapters/slack/subscriptions.ts'
import { toText, toTotal } from '#src/commands/doctor/tell.ts'
import { type Environment, examined, openServers, type World } from './doctor-world.ts'

/** The blocks of devsetup.md that show what the doctor says: of a set-up that is right, and of three that are not. */
const page = readFileSync('devsetup.md', 'utf8')
const section = page.slice(page.indexOf('### The doctor'), page.indexOf('### While it runs'))
const [healthy = '', ...broken] = [...section.matchAll(/^```\n(.*?)^```$/gms)].map(([, block = '']) => block)

/** Without what differs from machine to machine and from moment to moment. */
function plain(told: string): string {
  return told
    .replace(/\/[\w./-]*\/data|\/[\w./-]*\/aeries-\w+/g, 'FOLDER')
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:PORT')
    .replace(/pid \d+ on \S+, since [\dTZ:.-]+/, 'pid N on HOST, since THEN')
    .replace(/backup-[\dTZ-]+\.db/, 'backup-TIME.db')
    .replace(/[\d.]+ MB/g, 'N MB')
    .replace(/schema \d+/, 'schema N')
    .replace(/"strength":\d+/, '"strength":N')
    .replace(/again \d+ of \d+, the next turn \d+ of \d+/, 'again N of N, the next turn N of N')
    .replace(/takes \d+ ms/, 'takes N ms')
    .replace(/takes some [\d.]+ s/, 'takes some N s')
    .replace(/\d+ starts are left for the next \d+ h/, 'N starts are left for the next N h')
}

async function told(world: World, breaks: Environment): Promise<string> {
  await using servers = await openServers(world)
  const findings = await examined({ ...servers.env, ...breaks })
  return findings.flatMap(finding => (finding.state === 'ok' ? [] : [toText(finding)])).join('')
}

describe('devsetup.md shows what the doctor says', () => {
  it('of a set-up that is right', async () => {
    await using servers = await openServers({ vllm: { reasoningParser: true } })
    using _ = servers.home.open()
    copyFileSync(servers.home.path, join(servers.home.folder, 'aeries.backup-2026-11-23T03-30-00Z.db'))
    const findings = await examined(servers.env)
    const said = `${findings.map(toText).join('')}\n${toTotal(findings)}\n`
    expect(plain(said)).toBe(plain(healthy))
  })

  it.each<readonly [string, number, World, Environment]>([
    ['a token that was reset', 0, {}, { DISCORD_TOKEN: 'reset', VLLM_MODEL: 'Qwen/Qwen3-4B' }],
    [
      'nobody there',
      1,
      { isInvited: false, discord: { intents: { messageContent: false } } },
      { VLLM_URL: 'http://127.0.0.1:1' },
    ],
    [
      'an app from an older manifest',
      2,
      { scopes: botScopes.filter(scope => scope !== 'reactions:read') },
      { SLACK_APP_TOKEN: 'xapp-deleted' },
    ],
  ])('of %s', async (_, at, world, breaks) => {
    expect(plain(await told(world, breaks))).toBe(plain(broken[at] ?? ''))
  })
})
