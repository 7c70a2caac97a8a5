import { randomBytes } from 'node:crypto'
import { withoutLimits } from '#bench/frame/without-limits.ts'
import { createDiscordServer, type DiscordServer } from '#playground/discord-server/discord-server.ts'
import { createSlackServer, type SlackServer } from '#playground/slack-server/slack-server.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { cast, type Place } from './places.ts'
import type { Plan } from './plan.ts'
import { voice } from './voice.ts'
import { usualLatency } from './weather.ts'

/** The platforms with everybody on them, and the model. */
export type Stage = AsyncDisposable &
  Readonly<{
    discord: DiscordServer
    slack: SlackServer
    vllm: VllmServer
    /** Ids of the people, by platform (Slack's by workspace) and number. */
    people(place: Place): readonly string[]
    /** The platform's channel of a place. */
    channelOf(place: string): string
    /** What the service is started with. */
    environment: Readonly<Record<string, string>>
  }>

/** Slack's limits a minute, so much wider: with its own the waiting for them would be all that happens. */
const slackLimitsWider = 6

export async function openStage(plan: Plan, databasePath: string): Promise<Stage> {
  await using parts = new AsyncDisposableStack()
  const discord = parts.use(
    await createDiscordServer({ seed: plan.seed, rules: { heartbeatIntervalMs: 3_000, resumeWindowMs: 20_000 } }),
  )
  const slack = parts.use(
    await createSlackServer({ seed: plan.seed, rules: { retryDelaysMs: [0, 4_000, 15_000], pingMs: 2_000 } }),
  )
  const { tiers } = slack.rules
  slack.rules.tiers = {
    1: tiers[1] * slackLimitsWider,
    2: tiers[2] * slackLimitsWider,
    3: tiers[3] * slackLimitsWider,
    4: tiers[4] * slackLimitsWider,
  }
  slack.rules.workspacePosts *= slackLimitsWider
  const vllm = parts.use(await createVllmServer({ seed: plan.seed, voice, latency: usualLatency() }))
  const world = populate(plan, discord, slack)
  const secretsKey = randomBytes(32)
  install(slack, databasePath, secretsKey)
  const built = parts.move()
  return {
    discord,
    slack,
    vllm,
    ...world,
    environment: {
      PATH: process.env['PATH'] ?? '',
      // As `npm start` has it.
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? 'node_modules/.cache/node',
      // The observer reads beside some answers, so that kills meet it at work.
      LEARNING: 'on',
      OBSERVER_QUIET_MS: '0',
      OBSERVER_BESIDE: '8',
      OBSERVER_PER_MINUTE: '6000',
      ...withoutLimits,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_APP_TOKEN: slack.app.appToken,
      SLACK_CLIENT_ID: slack.app.clientId,
      SLACK_CLIENT_SECRET: slack.app.clientSecret,
      SLACK_STATE_SECRET: 'chaos',
      SECRETS_KEY: secretsKey.toString('hex'),
      SLACK_PORT: '0',
      SLACK_API_URL: slack.apiUrl,
      SLACK_DM: plan.slackDm,
      VLLM_URL: vllm.url,
      // Silence is noticed sooner than where a real card computes.
      VLLM_FIRST_CONTENT_MS: '4000',
      VLLM_IDLE_MS: '2500',
      VLLM_TOTAL_MS: '30000',
      OPS_PORT: '0',
      DATABASE_PATH: databasePath,
      LOG_LEVEL: 'info',
    },
    [Symbol.asyncDispose]: () => built.disposeAsync(),
  }
}

/** Both workspaces took Aeries in before the run. */
function install(slack: SlackServer, databasePath: string, key: Uint8Array): void {
  using store = openStore({ path: databasePath })
  const installations = store.installations(key)
  for (const { id, installation } of slack.world.teams.values()) {
    if (installation === undefined) continue
    void installations.save({
      platform: 'slack',
      workspace: id,
      token: installation.token,
      account: installation.botUserId,
      botId: installation.botId,
      enterprise: undefined,
      scopes: installation.scopes,
      at: new Date(),
    })
  }
}

function populate(plan: Plan, discord: DiscordServer, slack: SlackServer): Pick<Stage, 'people' | 'channelOf'> {
  const people = {
    discord: names(cast.discord).map(name => discord.scene.createPerson({ name, displayName: capital(name) }).id),
    slack: cast.slack.map((size, i) => {
      const team = slack.scene.createTeam({ name: `Harbour${i}` }).id
      return { team, ids: names(size).map(name => slack.scene.createPerson({ name, team }).id) }
    }),
  }
  discord.scene.createGuild('Harbour', people.discord)
  const peopleOf = ({ platform, team }: Place) =>
    platform === 'discord' ? people.discord : (people.slack[team]?.ids ?? [])
  const channels = new Map<string, string>()
  for (const place of plan.places) {
    const members = place.people.map(who => peopleOf(place)[who] ?? '')
    channels.set(
      place.name,
      place.platform === 'discord'
        ? discordChannel(discord, place, members)
        : slackChannel(slack, place, members, people.slack[place.team]?.team ?? ''),
    )
  }
  return { people: peopleOf, channelOf: place => channels.get(place) ?? '' }
}

function discordChannel({ places }: DiscordServer, { name, kind }: Place, [first = '']: readonly string[]): string {
  const written = name.replaceAll(' ', '-')
  if (kind === 'dm') return places.openDm(first).id
  if (kind === 'channel') return places.createChannel({ name: written }).id
  return places.createThread('#discord-channel-0', { name: written, by: first }).id
}

function slackChannel({ scene }: SlackServer, { name, kind }: Place, members: readonly string[], team: string): string {
  if (kind === 'dm') return scene.openDm(...members).id
  return scene.createChannel({ name: name.replaceAll(' ', '-'), team, members: [...members, 'bot'] }).id
}

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `person${i}`)
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
