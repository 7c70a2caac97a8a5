import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Finding } from '#src/commands/doctor/finding.ts'
import { createSqliteHome } from '#test/sqlite/sqlite-home.ts'
import { freePort } from '#test/support/free-port.ts'
import { Service } from '#test/support/start-service.ts'
import { examined, notOk, openServers, runDoctor, runDoctorIn } from './doctor-world.ts'

describe('the doctor', () => {
  it('finds nothing wrong with a set-up that is right, and changes nothing in it', async () => {
    await using servers = await openServers()
    const findings = await examined(servers.env)
    expect(notOk(findings)).toEqual([])
    const kinds = findings.map(({ name }) => name.split(' ')[0])
    expect([...new Set(kinds)]).toEqual(['settings', 'database', 'disk', 'vllm', 'discord', 'slack'])
    expect(findings.length).toBeGreaterThan(15)
    expect(servers.home.size()).toBe(0)
    expect(new Set(servers.discord.log.map(({ method }) => method))).toEqual(new Set(['GET']))
  })

  it('does not wait for a model server that takes connections and says nothing', async () => {
    const sockets = new Set<Socket>()
    const silent = createRawServer(socket => sockets.add(socket)).listen(0, '127.0.0.1')
    await new Promise(resolve => silent.once('listening', resolve))
    const { port } = silent.address() as AddressInfo
    await using servers = await openServers()
    const findings = await examined({ ...servers.env, VLLM_URL: `http://127.0.0.1:${port}` })
    for (const socket of sockets) socket.destroy()
    silent.close()
    expect(notOk(findings)).toEqual([expect.stringMatching(/^fault vllm: .* says nothing within 5 s$/)])
  })

  it('warns of a clock that goes wrong, and of a bot that anybody may invite', async () => {
    const odd = createServer((request, response) => {
      response.setHeader('date', new Date(Date.now() - 90_000).toUTCString())
      const body = { id: '1', name: 'Aeries', flags: 1 << 18, bot_public: true }
      response.end(JSON.stringify(request.url?.includes('/applications') ? body : []))
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => odd.once('listening', resolve))
    const { port } = odd.address() as AddressInfo
    await using servers = await openServers()
    const findings = await examined({ ...servers.env, DISCORD_API_URL: `http://127.0.0.1:${port}/api` })
    odd.close()
    expect(notOk(findings)).toEqual([
      expect.stringMatching(/^warning discord clock: ours is (?:89|90|91) s ahead of theirs$/),
      expect.stringMatching(
        /^warning discord public: .* it learns .* without asking them; Discord's Developer Policy forbids to profile people/,
      ),
      'warning discord permissions: the bot is on no server',
    ])
  })

  it('warns of settings that let others read what people write', async () => {
    await using servers = await openServers()
    const findings = await examined({ ...servers.env, LOG_CONTENT: '1', OPS_INSIDE: '1' })
    expect(notOk(findings)).toEqual([
      'warning settings: LOG_CONTENT is on: the log holds what people write',
      'warning settings: OPS_INSIDE is on: every program on this machine can read what people write',
    ])
  })

  it('warns that words go unencrypted to another machine', async () => {
    await using servers = await openServers()
    const findings = await examined({ ...servers.env, VLLM_URL: 'http://192.0.2.1.invalid:8000' })
    expect(notOk(findings)[0]).toMatch(/^warning vllm way: what people write goes to 192\.0\.2\.1\.invalid unencrypted/)
  })
})

describe('npm run doctor', () => {
  it('prints a line for each check, the cure below it, and exits 1 with a fault', async () => {
    await using servers = await openServers()
    const { code, stdout } = await runDoctor({ ...servers.env, DISCORD_TOKEN: 'hunter2' })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^ok {7}settings: complete; Discord and Slack on, model Qwen\/Qwen3-8B\n/)
    expect(stdout).toMatch(/\nfault {4}discord token: DISCORD_TOKEN was refused\n {9}→ In the developer portal/)
    expect(stdout).toMatch(/\n\d+ ok, 0 warnings, 1 faults\n$/)
    expect(stdout).not.toContain('hunter2')
  })

  it('prints one object as its last line for --json, and exits 0 without a fault', async () => {
    await using servers = await openServers({ vllm: { promptTokensDetails: false } })
    const { code, stdout } = await runDoctor(servers.env, '--json')
    expect(code).toBe(0)
    const { checks } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { checks: readonly Finding[] }
    for (const check of checks) {
      expect(Object.keys(check)).toEqual(['name', 'state', 'cause', 'cure'])
      expect(check.cure === '').toBe(check.state === 'ok')
    }
    expect(checks.filter(({ state }) => state === 'warning').map(({ name }) => name)).toEqual(['vllm prefix cache'])
  })

  it('calls a .env that cannot be read a fault, also for --json', async () => {
    using home = createSqliteHome()
    mkdirSync(join(home.folder, '.env'))
    const { code, stdout, stderr } = await runDoctorIn(home.folder, { WEB_PORT: '0' }, '--json')
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    const { checks } = JSON.parse(stdout) as { checks: readonly Finding[] }
    expect(checks).toEqual([
      {
        name: 'settings',
        state: 'fault',
        cause: expect.stringMatching(/^The settings in .*\.env cannot be read$/),
        cure: 'Make it a readable file, or move it away.',
      },
    ])
  })

  it('knows the running Aeries by its doors, and finds nothing wrong with them', async () => {
    await using servers = await openServers({ vllm: { reasoningParser: true } })
    const [web, ops, slack] = [await freePort(), await freePort(), await freePort()]
    const ports = { WEB_PORT: `${web}`, OPS_PORT: `${ops}`, SLACK_PORT: `${slack}` }
    const env = { ...servers.env, ...ports, SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'sesame' }
    await using service = new Service(env)
    await service.says('Aeries is here')
    const findings = await examined(env)
    expect(notOk(findings)).toEqual([])
    expect(
      findings.filter(({ name }) => ['web', 'ops', 'slack events'].includes(name)).map(({ cause }) => cause),
    ).toEqual([
      expect.stringContaining(`Aeries is there already, on port ${slack}`),
      expect.stringContaining(`Aeries is there already, at http://127.0.0.1:${web}`),
    ])
    const other = await examined({ ...env, SLACK_SIGNING_SECRET: 'mellon' })
    expect(notOk(other)).toEqual([`fault slack events: something else listens on port ${slack}`])
  })

  it('says what is wrong with an unknown word', async () => {
    expect(await runDoctor({}, '--jsno')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining("'--jsno'"),
    })
  })
})
