import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { botScopes } from '#adapters/slack/subscriptions.ts'
import { rawServer } from '#test/vllm/raw-server.ts'
import { type Environment, examined, openServers, type Servers, type World } from './doctor-world.ts'

type Breaks = (servers: Servers & Readonly<{ parts: AsyncDisposableStack }>) => Environment | Promise<Environment>
type Case = readonly [string, World, Breaks, where: string, cause: RegExp, cure: RegExp]

describe('the doctor', () => {
  it.each<Case>([
    [
      'no platform',
      {},
      () => ({ DISCORD_TOKEN: '', SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '' }),
      'fault settings',
      /^No platform is configured/,
      /^Set DISCORD_TOKEN, SLACK_BOT_TOKEN or WEB_PORT/,
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
      'a server that lets nobody overtake',
      { vllm: { maxNumSeqs: 1, latency: { itlMs: 2 } } },
      () => ({}),
      'warning vllm priority',
      /^accepted and ignored/,
      /--scheduling-policy priority/,
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
      'a server on which nothing could be read to its end after an answer',
      { vllm: { latency: { itlMs: 10 } } },
      () => ({ OBSERVER_TIMEOUT_MS: '2000' }),
      'warning vllm learning',
      /^reading an exchange takes some [2-9]\.\d s of 1\.8 s$/,
      /^Set OBSERVER_TIMEOUT_MS to \d+000, or take a faster server/,
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
    ...(['auth.test', 'apps.connections.open'] as const).map(
      (method): Case => [
        `Slack that has no time for ${method}`,
        {},
        ({ slack }) => {
          slack.faults.add({ kind: 'rate-limit', method, retryAfterS: 5, times: 9 })
          return {}
        },
        'fault slack',
        /answers with (?:ratelimited|status 429)$/,
        /^Wait some minutes/,
      ],
    ),
    [
      'an address that is not of Slack',
      {},
      ({ env }) => ({ SLACK_API_URL: `${env['VLLM_URL']}/api/` }),
      'fault slack',
      /is not Slack's API \(404\)$/,
      /^Leave SLACK_API_URL out/,
    ],
    [
      'a model server that is ill',
      {},
      async ({ parts }) => ({
        VLLM_URL: parts.use(await rawServer(call => call.reply(503, 'starting', 'text/plain'))).url,
      }),
      'fault vllm',
      /answers with status 503$/,
      /its log, and try again/,
    ],
    [
      'a database that another process holds locked',
      {},
      ({ home, parts }) => {
        home.open()[Symbol.dispose]()
        const db = new Database(home.path)
        parts.defer(() => void db.close())
        db.pragma('locking_mode = EXCLUSIVE')
        db.exec('BEGIN EXCLUSIVE')
        return {}
      },
      'fault database',
      /cannot be read: another process holds it locked \(SQLITE_BUSY\)$/,
      /^Stop that process\. Nothing was changed\./,
    ],
    [
      "a port for Slack's events that somebody else has",
      {},
      async ({ parts }) => {
        const SLACK_PORT = await takenPort(parts)
        return { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'sesame', SLACK_PORT }
      },
      'fault slack events',
      /^something else listens on port \d+$/,
      /another SLACK_PORT/,
    ],
    [
      'a port for operators that somebody else has',
      {},
      async ({ parts }) => ({ OPS_PORT: await takenPort(parts) }),
      'warning ops',
      /^something else listens at http:\/\/127\.0\.0\.1:\d+: nobody will see health and metrics$/,
      /^Set OPS_PORT/,
    ],
    [
      'a port for the web door that somebody else has',
      {},
      async ({ parts }) => ({ WEB_PORT: await takenPort(parts) }),
      'fault web',
      /^something else listens at http:\/\/127\.0\.0\.1:\d+$/,
      /^Set another WEB_PORT/,
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
    await using servers = await openServers(world)
    await using parts = new AsyncDisposableStack()
    const findings = await examined({ ...servers.env, ...(await breaks({ ...servers, parts })) })
    const wrong = findings.filter(({ state, name }) => state !== 'ok' && name !== 'backup')
    expect(wrong[0]).toMatchObject({ cause: expect.stringMatching(cause), cure: expect.stringMatching(cure) })
    expect(new Set(wrong.map(({ state, name }) => `${state} ${name}`))).toEqual(new Set([where]))
    expect(JSON.stringify(findings)).not.toMatch(/hunter2/)
  })
})

/** Held by a program that is not Aeries. */
async function takenPort(parts: AsyncDisposableStack): Promise<string> {
  const other = parts.use(await rawServer(call => call.reply(404, 'nothing', 'text/plain')))
  return new URL(other.url).port
}
