import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { botScopes } from '#adapters/slack/subscriptions.ts'
import { createDiscordServer, type DiscordServerOptions } from '#playground/discord-server/discord-server.ts'
import { buildHarbour } from '#playground/discord-server/harbour.ts'
import { buildHarbour as buildSlackHarbour } from '#playground/slack-server/harbour.ts'
import { createSlackServer } from '#playground/slack-server/slack-server.ts'
import type { VllmServerOptions } from '#playground/vllm-server/server-options.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { examine } from '#src/commands/doctor/examine.ts'
import type { Finding } from '#src/commands/doctor/finding.ts'
import { createSqliteHome, type SqliteHome } from '#test/sqlite/sqlite-home.ts'

type World = Readonly<{ vllm?: VllmServerOptions; discord?: DiscordServerOptions; scopes?: readonly string[] }>
type Environment = Readonly<Record<string, string>>
type Servers = Readonly<{
  env: Environment
  home: SqliteHome
  discord: Awaited<ReturnType<typeof createDiscordServer>>
  slack: Awaited<ReturnType<typeof createSlackServer>>
}>

/** Discord, Slack and vLLM on loopback, all as they should be but for what is given, and settings that name them. */
async function open(world: World = {}): Promise<Servers & AsyncDisposable> {
  await using parts = new AsyncDisposableStack()
  const home = parts.use(createSqliteHome())
  const vllm = parts.use(await createVllmServer({ maxModelLen: 16_384, ...world.vllm }))
  const discord = parts.use(await createDiscordServer(world.discord))
  buildHarbour(discord)
  const slack = parts.use(await createSlackServer({ app: { scopes: world.scopes ?? botScopes } }))
  const { botToken } = buildSlackHarbour(slack)
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: slack.app.appToken,
    SLACK_API_URL: slack.apiUrl,
    VLLM_URL: vllm.url,
    DATABASE_PATH: home.path,
  }
  const built = parts.move()
  return { env, home, discord, slack, [Symbol.asyncDispose]: () => built.disposeAsync() }
}

async function doctor(env: Environment): Promise<readonly Finding[]> {
  const steps = await Array.fromAsync(examine(env, AbortSignal.timeout(30_000)))
  return steps.flatMap(step => (step.type === 'found' ? [step.finding] : []))
}

function notOk(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ state }) => state !== 'ok').map(({ name, state, cause }) => `${state} ${name}: ${cause}`)
}

describe('the doctor', { timeout: 30_000 }, () => {
  it('finds nothing wrong with a set-up that is right, and changes nothing in it', async () => {
    await using servers = await open()
    const findings = await doctor(servers.env)
    expect(notOk(findings)).toEqual([])
    const kinds = findings.map(({ name }) => name.split(' ')[0])
    expect([...new Set(kinds)]).toEqual(['settings', 'database', 'disk', 'vllm', 'discord', 'slack'])
    expect(findings.length).toBeGreaterThan(15)
    expect(servers.home.size()).toBe(0)
    expect(new Set(servers.discord.log.map(({ method }) => method))).toEqual(new Set(['GET']))
  })

  it.each<readonly [string, World, (servers: Servers) => Environment | Promise<Environment>, string, RegExp, RegExp]>([
    [
      'no platform',
      {},
      () => ({ DISCORD_TOKEN: '', SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '' }),
      'fault settings',
      /^No platform is configured/,
      /^Set DISCORD_TOKEN or SLACK_BOT_TOKEN/,
    ],
    [
      'a setting that cannot be',
      {},
      () => ({ VLLM_URL: 'gpu:8000', LOG_LEVEL: 'loud' }),
      'fault settings',
      /^VLLM_URL: "gpu:8000" will not do: must be an address/,
      /^Set it in the environment or in \.env/,
    ],
    [
      'a file of another program',
      {},
      ({ home }) => {
        const db = new Database(join(home.folder, 'other.db'))
        db.exec('CREATE TABLE songs (name TEXT)')
        db.close()
        return { DATABASE_PATH: join(home.folder, 'other.db') }
      },
      'fault database',
      /is the database of another program/,
      /another file/,
    ],
    [
      'a damaged database',
      {},
      ({ home }) => {
        const path = join(home.folder, 'letter.db')
        writeFileSync(path, 'Dear database, I am a letter.'.repeat(50))
        return { DATABASE_PATH: path }
      },
      'fault database',
      /damaged or no SQLite database/,
      /./,
    ],
    [
      'a database of a newer Aeries',
      {},
      ({ home }) => {
        home.open()[Symbol.dispose]()
        const db = new Database(home.path)
        db.pragma('user_version = 999')
        db.close()
        return {}
      },
      'fault database',
      /was written by a newer Aeries/,
      /./,
    ],
    [
      'a secret in a file that is not there',
      {},
      ({ home }) => ({ VLLM_API_KEY_FILE: join(home.folder, 'nobody') }),
      'fault settings',
      /^VLLM_API_KEY_FILE: ".*nobody" cannot be read \(ENOENT\)$/,
      /^Name a file/,
    ],
    [
      'a folder as database',
      {},
      ({ home }) => {
        mkdirSync(join(home.folder, 'folder.db'))
        return { DATABASE_PATH: join(home.folder, 'folder.db') }
      },
      'fault database',
      /folder\.db cannot be used/,
      /./,
    ],
    [
      'no model server',
      {},
      () => ({ VLLM_URL: 'http://127.0.0.1:1' }),
      'fault vllm',
      /^Nobody answers at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\)$/,
      /^Is vLLM running, and is VLLM_URL right\?/,
    ],
    [
      'a key that the server asks for',
      { vllm: { apiKey: 'sesame' } },
      () => ({}),
      'fault vllm',
      /asks for a key$/,
      /^Set VLLM_API_KEY/,
    ],
    [
      'a model that the server has not',
      {},
      () => ({ VLLM_MODEL: 'Qwen/Qwen3-80B' }),
      'fault vllm',
      /does not list Qwen\/Qwen3-80B$/,
      /^VLLM_MODEL must be one of Qwen\/Qwen3-8B/,
    ],
    [
      'Discord in place of vLLM',
      {},
      ({ discord }) => ({ VLLM_URL: new URL(discord.apiUrl).origin }),
      'fault vllm',
      /lists no models/,
      /VLLM_URL must be the address before \/v1/,
    ],
    [
      'a small context',
      { vllm: { maxModelLen: 1_500 } },
      () => ({ VLLM_CONTEXT_LENGTH: '1500', PERSONA_PATH: './personas/aeries.md' }),
      'warning vllm context',
      /^1500 tokens .*MAX_TOKENS asks for 1024/,
      /--max-model-len/,
    ],
    [
      'a model that cannot but think',
      { vllm: { template: 'thinking-only' } },
      () => ({}),
      'warning vllm thinking',
      /^thinks though it was asked not to/,
      /enable_thinking/,
    ],
    [
      'a cache that is not told',
      { vllm: { promptTokensDetails: false } },
      () => ({}),
      'warning vllm prefix cache',
      /not told/,
      /--enable-prompt-tokens-details/,
    ],
    [
      'a token of Discord that was reset',
      {},
      () => ({ DISCORD_TOKEN: 'hunter2-token' }),
      'fault discord token',
      /^DISCORD_TOKEN was refused$/,
      /Reset Token/,
    ],
    [
      'an address that is not of Discord',
      {},
      ({ slack }) => ({ DISCORD_API_URL: slack.apiUrl.replace('/api/', '/elsewhere') }),
      'fault discord',
      /is not Discord's API/,
      /^Leave DISCORD_API_URL out/,
    ],
    [
      'the Message Content intent off',
      { discord: { intents: { messageContent: false } } },
      () => ({}),
      'warning discord intents',
      /^Message Content is off/,
      /switch Message Content Intent on/,
    ],
    [
      'a server that lets it do too little',
      {},
      ({ discord }) => {
        const [guild] = discord.world.guilds.values()
        if (guild)
          discord.world.putGuild({ ...guild, roles: guild.roles.map(role => ({ ...role, permissions: 1n << 10n })) })
        return {}
      },
      'warning discord permissions',
      /may not: SendMessages, SendMessagesInThreads, ReadMessageHistory, AttachFiles$/,
      /npm run manifest -- discord/,
    ],
    [
      'Discord out of reach',
      {},
      () => ({ DISCORD_API_URL: 'http://127.0.0.1:1/api' }),
      'fault discord',
      /^nobody answers at http:\/\/127\.0\.0\.1:1\/api \(ECONNREFUSED\)/,
      /network/,
    ],
    [
      'a token of Slack that was taken back',
      {},
      () => ({ SLACK_BOT_TOKEN: 'xoxb-hunter2' }),
      'fault slack bot token',
      /^SLACK_BOT_TOKEN was refused \(invalid_auth\)$/,
      /install it to the workspace again/,
    ],
    [
      'an app from an older manifest',
      { scopes: botScopes.filter(scope => scope !== 'reactions:read' && scope !== 'files:write') },
      () => ({}),
      'warning slack scopes',
      /without files:write, reactions:read$/,
      /npm run manifest -- slack/,
    ],
    [
      'an app-level token that was deleted',
      {},
      () => ({ SLACK_APP_TOKEN: 'xapp-hunter2' }),
      'fault slack app token',
      /^SLACK_APP_TOKEN was refused \(invalid_auth\)$/,
      /connections:write/,
    ],
    [
      'Socket Mode off',
      {},
      ({ slack }) => {
        slack.faults.add({ kind: 'refuse', method: 'apps.connections.open', error: 'forbidden_team', times: 9 })
        return {}
      },
      'fault slack socket mode',
      /forbidden_team/,
      /Socket Mode, switch it on/,
    ],
  ])('names the cause of %s, and nothing else', async (_, world, breaks, where, cause, cure) => {
    await using servers = await open(world)
    const findings = await doctor({ ...servers.env, ...(await breaks(servers)) })
    const wrong = findings.filter(({ state, name }) => state !== 'ok' && name !== 'backup')
    expect(wrong[0]).toMatchObject({ cause: expect.stringMatching(cause), cure: expect.stringMatching(cure) })
    expect(new Set(wrong.map(({ state, name }) => `${state} ${name}`))).toEqual(new Set([where]))
    expect(JSON.stringify(findings)).not.toMatch(/hunter2/)
  })

  it('does not wait for a model server that takes connections and says nothing', { timeout: 20_000 }, async () => {
    const sockets = new Set<Socket>()
    const silent = createRawServer(socket => sockets.add(socket)).listen(0, '127.0.0.1')
    await new Promise(resolve => silent.once('listening', resolve))
    const { port } = silent.address() as AddressInfo
    await using servers = await open()
    const findings = await doctor({ ...servers.env, VLLM_URL: `http://127.0.0.1:${port}` })
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
    await using servers = await open()
    const findings = await doctor({ ...servers.env, DISCORD_API_URL: `http://127.0.0.1:${port}/api` })
    odd.close()
    expect(notOk(findings)).toEqual([
      expect.stringMatching(/^warning discord clock: ours is (?:89|90|91) s ahead of theirs$/),
      expect.stringMatching(/^warning discord public: anybody may invite this bot, and it learns .* without asking/),
      'warning discord permissions: the bot is on no server',
    ])
  })

  it('warns that words go unencrypted to another machine', async () => {
    await using servers = await open()
    const findings = await doctor({ ...servers.env, VLLM_URL: 'http://192.0.2.1.invalid:8000' })
    expect(notOk(findings)[0]).toMatch(/^warning vllm way: what people write goes to 192\.0\.2\.1\.invalid unencrypted/)
  })
})

describe('npm run doctor', { timeout: 30_000 }, () => {
  it('prints a line for each check, the cure below it, and exits 1 with a fault', async () => {
    await using servers = await open()
    const { code, stdout } = await run({ ...servers.env, DISCORD_TOKEN: 'hunter2' })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^ok {7}settings: complete; Discord and Slack on, model Qwen\/Qwen3-8B\n/)
    expect(stdout).toMatch(/\nfault {4}discord token: DISCORD_TOKEN was refused\n {9}→ In the developer portal/)
    expect(stdout).toMatch(/\n\d+ ok, 0 warnings, 1 faults\n$/)
    expect(stdout).not.toContain('hunter2')
  })

  it('prints one object as its last line for --json, and exits 0 without a fault', async () => {
    await using servers = await open({ vllm: { promptTokensDetails: false } })
    const { code, stdout } = await run(servers.env, '--json')
    expect(code).toBe(0)
    const { checks } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { checks: readonly Finding[] }
    for (const check of checks) {
      expect(Object.keys(check)).toEqual(['name', 'state', 'cause', 'cure'])
      expect(check.cure === '').toBe(check.state === 'ok')
    }
    expect(checks.filter(({ state }) => state === 'warning').map(({ name }) => name)).toEqual(['vllm prefix cache'])
  })

  it('says what is wrong with an unknown word', async () => {
    expect(await run({}, '--jsno')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining("'--jsno'") })
  })
})

function run(settings: Environment, ...args: readonly string[]) {
  const env = { PATH: process.env['PATH'], ...settings }
  return new Promise<Readonly<{ code: number; stdout: string; stderr: string }>>(resolve => {
    const child = execFile(process.execPath, ['src/commands/doctor.ts', ...args], { env }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr })
    })
  })
}
