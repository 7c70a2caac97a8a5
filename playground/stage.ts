import { resolve } from 'node:path'
import { createDiscordServer, type DiscordServer } from './discord-server/discord-server.ts'
import { buildHarbour, type Harbour } from './discord-server/harbour.ts'
import { type Model, openModel } from './model.ts'
import { Service } from './service.ts'
import type { PlaygroundSettings } from './settings.ts'
import { buildHarbour as buildSlackHarbour, type Harbour as SlackHarbour } from './slack-server/harbour.ts'
import { createSlackServer, type SlackServer } from './slack-server/slack-server.ts'
import type { LatencyPreset } from './vllm-server/latency.ts'

/** Everything that plays together: the stand-ins, and the service before them. */
export type Stage = AsyncDisposable &
  Readonly<{ discord: DiscordServer; harbour: Harbour; slack: SlackServer; model: Model; service: Service }>

export type StageParts = Readonly<{ settings: PlaygroundSettings; preset: LatencyPreset }>

/** Builds the stage; the service is made and not yet started. Disposing stops the service first and the stand-ins last. */
export async function openStage({ settings, preset }: StageParts, signal: AbortSignal): Promise<Stage> {
  await using parts = new AsyncDisposableStack()
  const { discord, harbour } = await openHarbour()
  parts.use(discord)
  const slack = parts.use(await createSlackServer())
  const { botToken } = openSlackHarbour(slack)
  const model = parts.use(await openModel({ ...settings, preset }, signal))
  const environment = {
    ...settings.environment,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: slack.app.appToken,
    SLACK_API_URL: slack.apiUrl,
    VLLM_URL: model.url,
    VLLM_MODEL: settings.model,
    DATABASE_PATH: resolve(settings.databasePath),
  }
  const ready = (wanted: AbortSignal) =>
    Promise.all([
      discord.events.next(event => (event.type === 'gateway' && event.state === 'ready') || undefined, wanted),
      slack.events.next(event => (event.type === 'socket' && event.change === 'greeted') || undefined, wanted),
    ])
  const service = parts.use(new Service({ environment, logPath: settings.logPath, ready }))
  const built = parts.move()
  return { discord, harbour, slack, model, service, [Symbol.asyncDispose]: () => built.disposeAsync() }
}

const harbourBuiltAt = Date.UTC(2026, 0, 1)

/**
 * The harbour with the same ids every time: an id begins with its time, so the clock stands while it is built. Whoever
 * comes back tomorrow finds the same channels and DMs, and Aeries knows what was said there.
 */
async function openHarbour(): Promise<Readonly<{ discord: DiscordServer; harbour: Harbour }>> {
  let isBuilt = false
  const discord = await createDiscordServer({ now: () => (isBuilt ? Date.now() : harbourBuiltAt) })
  const harbour = buildHarbour(discord)
  for (const person of [harbour.mira, harbour.jonas, harbour.wren]) discord.places.openDm(person)
  isBuilt = true
  return { discord, harbour }
}

/** An id of Slack counts what was made before, so whatever lasts is made now, and the same every time. */
function openSlackHarbour(slack: SlackServer): SlackHarbour {
  const harbour = buildSlackHarbour(slack)
  for (const person of [harbour.mira, harbour.jonas, harbour.wren]) slack.scene.openDm(person)
  return harbour
}
