import { join } from 'node:path'
import { Child } from '#bench/frame/child.ts'
import { withoutLimits } from '#bench/frame/without-limits.ts'
import { createDiscordServer, type DiscordServer } from '#playground/discord-server/discord-server.ts'
import { createSlackServer, type SlackServer } from '#playground/slack-server/slack-server.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'

export type Stage = AsyncDisposable &
  Readonly<{
    discord: DiscordServer
    slack: SlackServer
    vllm: VllmServer
    /** Aborted with the service's last words, should it end. */
    lost: AbortSignal
  }>

const readyWithinMs = 30_000
/** Nobody waits for its end: 2,000 words at 40 a second. */
const latency = { ttftMs: 90, itlMs: 25 }
const endless = Array.from({ length: 2_000 }, (_, at) => `word${at}`).join(' ')

/** Both platforms with their own limits, an endless answer to every question, and the service as a process of its own. */
export async function openStage(folder: string, signal: AbortSignal): Promise<Stage> {
  await using parts = new AsyncDisposableStack()
  const discord = parts.use(await createDiscordServer())
  const slack = parts.use(await createSlackServer())
  const vllm = parts.use(await createVllmServer({ voice: () => ({ text: endless, reasoning: '' }), latency }))
  const team = slack.scene.createTeam({ name: 'Harbour' })
  discord.scene.createGuild('Harbour', [])
  const environment = {
    LEARNING: 'off',
    ...withoutLimits,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: team.installation?.token ?? '',
    SLACK_APP_TOKEN: slack.app.appToken,
    SLACK_API_URL: slack.apiUrl,
    VLLM_URL: vllm.url,
    OPS_PORT: 'off',
    DATABASE_PATH: join(folder, 'aeries.db'),
    LOG_LEVEL: 'warn',
  }
  const child = parts.use(new Child({ script: 'src/main.ts', environment }))
  const within = AbortSignal.any([signal, child.ended, AbortSignal.timeout(readyWithinMs)])
  await Promise.all([
    discord.events.next(event => (event.type === 'gateway' && event.state === 'ready') || undefined, within),
    slack.events.next(event => (event.type === 'socket' && event.change === 'greeted') || undefined, within),
  ])
  const opened = parts.move()
  return { discord, slack, vllm, lost: child.ended, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
