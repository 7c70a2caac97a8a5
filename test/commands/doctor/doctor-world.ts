import { execFile } from 'node:child_process'
import { resolve as resolvePath } from 'node:path'
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
import { patience } from '#test/support/patience.ts'

export type World = Readonly<{
  vllm?: VllmServerOptions
  discord?: DiscordServerOptions
  scopes?: readonly string[]
  isInvited?: boolean
}>
export type Environment = Readonly<Record<string, string>>
export type Servers = Readonly<{
  env: Environment
  home: SqliteHome
  discord: Awaited<ReturnType<typeof createDiscordServer>>
  slack: Awaited<ReturnType<typeof createSlackServer>>
}>

/** Discord, Slack and vLLM on loopback, all as they should be but for what is given, and settings that name them. */
export async function openServers(world: World = {}): Promise<Servers & AsyncDisposable> {
  await using parts = new AsyncDisposableStack()
  const home = parts.use(createSqliteHome())
  const vllm = parts.use(await createVllmServer({ maxModelLen: 16_384, ...world.vllm }))
  const discord = parts.use(await createDiscordServer(world.discord))
  if (world.isInvited !== false) buildHarbour(discord)
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

export async function examined(env: Environment): Promise<readonly Finding[]> {
  const steps = await Array.fromAsync(examine(env, patience()))
  return steps.flatMap(step => (step.type === 'found' ? [step.finding] : []))
}

export function notOk(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ state }) => state !== 'ok').map(({ name, state, cause }) => `${state} ${name}: ${cause}`)
}

/** `npm run doctor` as a process of its own. */
export function runDoctor(settings: Environment, ...args: readonly string[]) {
  return runDoctorIn('.', settings, ...args)
}

/** The same in a folder, whose `.env` counts. */
export function runDoctorIn(cwd: string, settings: Environment, ...args: readonly string[]) {
  const env = { PATH: process.env['PATH'], ...settings }
  return new Promise<Readonly<{ code: number; stdout: string; stderr: string }>>(resolve => {
    const child = execFile(
      process.execPath,
      [resolvePath('src/commands/doctor.ts'), ...args],
      { cwd, env },
      (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr })
      },
    )
  })
}
