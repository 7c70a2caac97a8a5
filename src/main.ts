import { flushCompileCache } from 'node:module'
import { createDiscordAdapter } from '#adapters/discord/discord-adapter.ts'
import { createSlackAdapter } from '#adapters/slack/slack-adapter.ts'
import { createWebAdapter } from '#adapters/web/web-adapter.ts'
import type { WebHouse } from '#adapters/web/web-parts.ts'
import type { Clock } from '#src/core/clock.ts'
import { ConfigError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import type { PlatformAdapter } from '#src/core/platform.ts'
import { createBriefing } from '#src/engine/briefing.ts'
import { commandSpecs } from '#src/engine/commands/registry.ts'
import { createEngine } from '#src/engine/engine.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createReactionTable } from '#src/engine/reactions/reaction-table.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { createObserver } from '#src/observer/observer.ts'
import { watchBriefs } from '#src/ops/watch-briefs.ts'
import { watchLearning } from '#src/ops/watch-learning.ts'
import { openPersonas } from '#src/personas/open-personas.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { createVllmChatModel, type VllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import { startApp } from './app.ts'
import { checkDatabasePath } from './check-database-path.ts'
import { type Check, type Config, readConfig } from './config.ts'
import { describeHouse } from './describe-house.ts'
import { loadDotEnv } from './load-dot-env.ts'
import { logDestination } from './log-destination.ts'
import { createLogger } from './logger.ts'
import { onFarewell } from './on-farewell.ts'
import { OpsDoor } from './ops-door.ts'
import { personaOptions, readPersona } from './read-persona.ts'
import { SideBySide } from './side-by-side.ts'
import type { SlackConfig } from './slack-config.ts'
import { systemClock } from './system-clock.ts'

/** Platforms' lines and the observer say goodbye within that, or without: the engine has taken its 3.5 s of a stop's five by then. */
const goodbyeWithinMs = 500
/** What has not ended by itself that long after a stop is ended, on a machine that is busy as well. */
const lastResortMs = 8_000

const idleConnectionsMs = 100

/** Builds the house in the order of need, runs it until the signal, and takes it down backwards: doors first, database last. */
async function run(config: Config, log: Log, signal: AbortSignal): Promise<void> {
  const clock = systemClock
  const ops = new OpsDoor(clock)

  await using house = new AsyncDisposableStack()
  const opened = house.use(openStore({ path: config.databasePath, log: log.child({ part: 'sqlite' }) }))
  const store = config.inside ? { ...opened, learning: watchLearning(opened.learning, ops.inside) } : opened
  const model = house.use(createVllmChatModel({ ...config.vllm, clock, log: log.child({ part: 'vllm' }) }))
  const personas = house.use(
    openPersonas({
      ...personaOptions(config.personaPath, config.vllm.contextLength),
      clock,
      log: log.child({ part: 'personas' }),
    }),
  )
  const budget = new WriteBudget(clock, writesPerSecond(config))
  const outside = house.use(new SideBySide({ withinMs: goodbyeWithinMs, clock, log }))
  const observer = outside.use(
    createObserver({
      ...store,
      ...config.learning,
      model,
      countTokens: estimateTokens,
      clock,
      log: log.child({ part: 'observer' }),
      telemetry: ops,
    }),
  )
  const watching = { learning: store.learning, inside: ops.inside, clock }
  const briefs = config.inside ? watchBriefs(observer.briefs, watching) : observer.briefs
  const briefing = createBriefing({ learning: observer, known: store.learning, clock })
  const web = { ...store, personas: personas.all, briefing }
  const adapters = createAdapters(config, store, web, clock, log).map(adapter => outside.use(adapter))
  const engine = house.use(
    createEngine({
      store,
      model,
      modelName: config.vllm.model,
      house: describeHouse(config, model, clock.now()),
      platforms: adapters,
      access: config.access,
      patienceMs: config.patienceMs,
      budget,
      clock,
      log: log.child({ part: 'engine' }),
      persona: personas.at,
      personas: personas.all,
      pace: config.stream,
      buttons: config.buttons,
      timeZone: config.timeZone,
      maxTokens: config.maxTokens,
      images: config.images,
      telemetry: ops,
      learning: { ...observer, briefs },
      reactions: createReactionTable(config.reactions),
      onTurn: () => observer.wake(),
    }),
  )
  await observer.start()
  house.use(hearModel(model, log))
  house.use(await ops.open({ ...config, store, model, adapters, budget, clock, log: log.child({ part: 'ops' }) }))
  house.use(await startApp({ adapters, engine }, signal))
  log.info({ platforms: adapters.map(({ platform }) => platform), model: config.vllm.model }, 'Aeries is here')
  // Who is killed leaves no such thing behind at its end, and the next start wants it.
  flushCompileCache()
  await aborted(signal)
  log.info({}, 'stopping: running answers get a few seconds to finish')
}

/** What the server serves is good to know and nothing to wait for: the first answer asks it anyway. Disposing gives up. */
function hearModel(model: VllmChatModel, log: Log): AsyncDisposable {
  const leave = new AbortController()
  const heard = model.refresh(leave.signal).catch((error: unknown) => {
    if (!leave.signal.aborted) log.warn({ err: error }, 'the model server does not answer yet')
  })
  return {
    [Symbol.asyncDispose]: () => {
      leave.abort()
      return heard
    },
  }
}

function createAdapters(
  config: Config,
  store: SqliteStore,
  house: WebHouse,
  clock: Clock,
  log: Log,
): readonly PlatformAdapter[] {
  const { discord, slack, web } = config
  return [
    ...(discord
      ? [createDiscordAdapter({ ...discord, commands: commandSpecs, clock, log: log.child({ part: 'discord' }) })]
      : []),
    ...(slack ? [createSlackAdapter({ ...withTokens(slack, store), clock, log: log.child({ part: 'slack' }) })] : []),
    ...(web ? [createWebAdapter({ ...web, house, clock, log: log.child({ part: 'web' }) })] : []),
  ]
}

/** The tokens of workspaces that install the app by themselves are in the database. */
function withTokens(slack: SlackConfig, store: SqliteStore) {
  const { access } = slack
  if (access.type === 'token') return { ...slack, access }
  return { ...slack, access: { ...access, installations: store.installations(access.secretsKey) } }
}

/** Of what a platform allows in a second, a tenth is left for typing and reading. */
function writesPerSecond({ discord }: Config): Readonly<Record<string, number>> {
  return discord ? { discord: Math.floor(discord.requestsPerSecond * 0.9) } : {}
}

/** Files that settings name are looked at with the settings, so that one message tells all. */
const checks: readonly Check[] = [
  ({ PERSONA_PATH: path, VLLM_CONTEXT_LENGTH: length = Number.POSITIVE_INFINITY }) => {
    if (path !== undefined) readPersona(path, length)
  },
  ({ DATABASE_PATH: path }) => {
    if (path !== undefined) checkDatabasePath(path)
  },
]

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** The first signal stops kindly, the second one at once. */
function stopOnSignals(): AbortSignal {
  const stop = new AbortController()
  onFarewell({
    first: () => {
      stop.abort()
      setTimeout(() => process.exit(1), lastResortMs).unref()
    },
    again: () => process.exit(1),
  })
  return stop.signal
}

function lament(log: Log, error: unknown): void {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`)
  else log.error({ err: error }, 'Aeries stops: a fault of its own')
  process.exitCode = 1
}

async function main(): Promise<void> {
  // A diagnostic report of Node's lists the environment otherwise, and with it all tokens.
  if (process.report) process.report.excludeEnv = true
  const destination = await logDestination()
  let log = createLogger({ level: 'info', withContent: false }, destination)
  const signal = stopOnSignals()
  process.on('unhandledRejection', reason => log.error({ err: reason }, 'a promise was left alone with its failure'))
  // Node would print the error whole: a foreign one carries what people wrote, and tokens.
  process.on('uncaughtException', error => {
    log.error({ err: error }, 'Aeries ends: an error that nobody caught')
    process.exit(1)
  })
  try {
    loadDotEnv()
    const config = readConfig(process.env, checks)
    log = createLogger(config.log, destination)
    await run(config, log, signal)
  } catch (error) {
    if (!signal.aborted) lament(log, error)
  }
  // The house is down. What may still hold the process are idle connections of the platforms' clients.
  setTimeout(() => process.exit(), idleConnectionsMs).unref()
}

await main()
