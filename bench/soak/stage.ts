import { join } from 'node:path'
import { withoutLimits } from '#bench/frame/without-limits.ts'
import { createDiscordServer, type DiscordServer } from '#playground/discord-server/discord-server.ts'
import { Service } from '#playground/service.ts'
import { createSlackServer, type SlackServer } from '#playground/slack-server/slack-server.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { Inspector } from './inspector.ts'
import { discordTalkers, lastWords, slackTalkers, type Talkers } from './talkers.ts'

export type Stage = AsyncDisposable &
  Readonly<{
    discord: DiscordServer
    slack: SlackServer
    service: Service
    inspector: Inspector
    talkers: readonly Readonly<{ talkers: Talkers; count: number }>[]
  }>

/** No limits: the service is what is looked at. */
const wideOpen = {
  writes: { limit: 100_000, windowMs: 1_000 },
  others: { limit: 100_000, windowMs: 1_000 },
  globalPerSecond: 10_000,
}
const discordPeople = 30
const slackPeople = 16

/** Both platforms, the model, and the service as a process of its own with the debugger's door on loopback. */
export async function openStage(folder: string, signal: AbortSignal): Promise<Stage> {
  await using parts = new AsyncDisposableStack()
  const discord = parts.use(await createDiscordServer({ rules: wideOpen }))
  const slack = parts.use(await createSlackServer({ rules: { limitsOn: false, eventsPerHour: 1_000_000 } }))
  const vllm = parts.use(await createVllmServer({ voice, latency: { ttftMs: 20, itlMs: 4 } }))
  const team = slack.scene.createTeam({ name: 'Harbour' })
  const talkers = [
    { talkers: discordTalkers(discord, discordPeople), count: discordPeople },
    { talkers: slackTalkers(slack, team.id, slackPeople), count: slackPeople },
  ]
  const environment = {
    PATH: process.env['PATH'] ?? '',
    NODE_OPTIONS: '--inspect=127.0.0.1:0',
    LEARNING: 'off',
    ...withoutLimits,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_REQUESTS_PER_SECOND: '10000',
    SLACK_BOT_TOKEN: team.installation?.token ?? '',
    SLACK_APP_TOKEN: slack.app.appToken,
    SLACK_API_URL: slack.apiUrl,
    VLLM_URL: vllm.url,
    OPS_PORT: '0',
    DATABASE_PATH: join(folder, 'aeries.db'),
    LOG_LEVEL: 'warn',
  }
  const ready = (wanted: AbortSignal) =>
    Promise.all([
      discord.events.next(event => (event.type === 'gateway' && event.state === 'ready') || undefined, wanted),
      slack.events.next(event => (event.type === 'socket' && event.change === 'greeted') || undefined, wanted),
    ])
  const service = parts.use(new Service({ environment, logPath: join(folder, 'service.log'), ready }))
  const door = service.events.next(
    event => (event.type === 'line' ? /Debugger listening on (\S+)/.exec(event.line.words)?.[1] : undefined),
    signal,
  )
  await service.start(signal)
  const inspector = parts.use(await Inspector.open(await door, signal))
  const built = parts.move()
  return { discord, slack, service, inspector, talkers, [Symbol.asyncDispose]: () => built.disposeAsync() }
}

/** An answer of some forty words, the same to everybody. */
function voice() {
  const words = Array.from({ length: 36 }, (_, i) => `word${i % 9 === 8 ? `${i}.` : i}`).join(' ')
  return { text: `${words} ${lastWords}`, reasoning: '' }
}
