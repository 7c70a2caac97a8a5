import { statSync } from 'node:fs'
import type { Clock } from '#src/core/clock.ts'
import { isAeriesError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import type { PlatformAdapter } from '#src/core/platform.ts'
import type { Telemetry } from '#src/core/telemetry.ts'
import type { WriteBudget } from '#src/engine/write-budget.ts'
import { Alarms } from '#src/ops/alarms.ts'
import { ClockSkew } from '#src/ops/clock-skew.ts'
import type { InsideParts } from '#src/ops/inside-door.ts'
import { InsideFeed } from '#src/ops/inside-feed.ts'
import { Metrics, type Reading } from '#src/ops/metrics.ts'
import { startOpsServer } from '#src/ops/ops-server.ts'
import { type Check, type Finding, Readiness } from '#src/ops/readiness.ts'
import { copiesOf, databaseFiles } from '#src/sqlite/database-files.ts'
import type { SqliteStore } from '#src/sqlite/sqlite-store.ts'
import type { VllmChatModel } from '#src/vllm/vllm-chat-model.ts'

export type OpsParts = Readonly<{
  /** Where the door is, if there is one. */
  ops: Readonly<{ host: string; port: number }> | undefined
  /** Whether what happens inside can be watched there. */
  inside?: boolean
  databasePath: string
  discord: Readonly<{ apiUrl: string }> | undefined
  slack: Readonly<{ apiUrl: string }> | undefined
  store: SqliteStore
  model: VllmChatModel
  adapters: readonly PlatformAdapter[]
  budget: WriteBudget
  clock: Clock
  log: Log
}>

/** What counts and raises alarms from the start on, and the door at which that can be seen. */
export class OpsDoor implements Telemetry {
  readonly #metrics = new Metrics()
  readonly #alarms: Alarms
  /** What happens inside; nobody is told unless `OPS_INSIDE` is set. */
  readonly inside = new InsideFeed()

  constructor(clock: Clock) {
    this.#alarms = new Alarms(clock)
  }

  tell(telling: Parameters<Telemetry['tell']>[0]): void {
    this.#metrics.tell(telling)
    this.#alarms.tell(telling)
    this.inside.tell(telling)
  }

  /** Opens the door. A port that is taken keeps nobody from being answered: the log says it. */
  async open(parts: OpsParts): Promise<AsyncDisposable> {
    const { ops, clock, log } = parts
    if (ops === undefined) return closed
    const readiness = new Readiness(checksOf(parts), clock)
    await using opened = new AsyncDisposableStack()
    const skew = opened.use(new ClockSkew(clock, platformsOf(parts)))
    this.#metrics.show([...readingsOf(parts), upReading(readiness), skewReading(skew), this.#alarmReading(parts)])
    try {
      const server = opened.use(
        await startOpsServer({
          ...ops,
          readiness,
          alarms: this.#alarms,
          metrics: this.#metrics,
          inside: parts.inside ? this.#insideParts(parts) : undefined,
        }),
      )
      log.info({ url: server.url }, 'health and metrics can be seen')
      if (parts.inside) log.warn({ url: `${server.url}/inside`, cure: unsetInside }, insideIsOpen)
      return opened.move()
    } catch (error) {
      const cure = 'set OPS_PORT to a free port, or to off'
      log.warn(
        { err: error, host: ops.host, port: ops.port, cure },
        'OPS_PORT cannot be listened on: nobody sees health',
      )
      return closed
    }
  }

  #insideParts({ budget, store, clock }: OpsParts): InsideParts {
    const glances = [
      { name: 'budget', everyMs: 200, look: () => budget.look() },
      { name: 'queue', everyMs: 500, look: () => store.learning.jobs() },
    ]
    return { feed: this.inside, glances, clock }
  }

  #alarmReading({ adapters }: OpsParts): Reading {
    const of = (name: string) => this.#alarms.raised.filter(({ platform }) => platform === name).length
    return {
      name: 'alarms_raised',
      help: 'Alarms of the last ten minutes; /readyz names them and their cures.',
      label: 'platform',
      readEach: () => Object.fromEntries(adapters.map(({ platform }) => [platform, of(platform)])),
    }
  }
}

const insideIsOpen = 'OPS_INSIDE is on: every program on this machine can read what people write'
const unsetInside = 'leave OPS_INSIDE unset wherever people are not told of it'

const closed: AsyncDisposable = { [Symbol.asyncDispose]: async () => {} }

function checksOf({ store, model, adapters }: OpsParts): readonly Check[] {
  return [
    {
      name: 'database',
      look: () => tried(() => store.vitals.probe(), 'Aeries goes on by itself once that is mended.'),
    },
    {
      name: 'vllm',
      look: signal =>
        tried(() => model.refresh(signal), 'Look at the log of vLLM and at VLLM_URL; npm run doctor looks closer.'),
    },
    ...adapters.map(adapter => ({ name: adapter.platform, look: () => connectionOf(adapter) })),
  ]
}

function connectionOf(adapter: PlatformAdapter): Finding {
  const health = adapter.health()
  if (health.state === 'connected') return { state: 'ok' }
  const cure = health.state === 'lost' ? 'Mend that and start again.' : 'It goes on trying by itself.'
  return { state: 'fault', cause: `${health.state}: ${health.cause}`, cure }
}

async function tried(look: () => unknown, cure: string): Promise<Finding> {
  try {
    await look()
    return { state: 'ok' }
  } catch (error) {
    return { state: 'fault', cause: isAeriesError(error) ? error.message : 'an error that is not ours', cure }
  }
}

function readingsOf({ databasePath, store, model, budget, clock }: OpsParts): readonly Reading[] {
  const { database, log } = databaseFiles(databasePath)
  const secondsSince = (at: number | undefined) => (at === undefined ? undefined : (clock.now().getTime() - at) / 1_000)
  const backup = () => statSync(copiesOf(database, 'backup')[0] ?? '', { throwIfNoEntry: false })?.mtimeMs
  const load = () => model.load()
  return [
    { name: 'model_answers_waiting', help: 'Answers that wait for a place at vLLM.', read: () => load().waiting },
    { name: 'model_answers_open', help: 'Answers that vLLM generates for us.', read: () => load().open },
    { name: 'model_servers', help: 'Servers in VLLM_URL.', read: () => load().servers },
    { name: 'model_servers_away', help: 'Servers that nobody is sent to.', read: () => load().away },
    { name: 'writers_waiting', help: 'Answers that wait for a write.', read: () => budget.waiting },
    { name: 'database_bytes', help: 'Size of the database.', read: () => bytesOf(database) },
    { name: 'database_log_bytes', help: 'Size of its write-ahead log.', read: () => bytesOf(log) },
    { name: 'backup_age_seconds', help: 'Age of the newest backup beside it.', read: () => secondsSince(backup()) },
    {
      name: 'observer_jobs_waiting',
      help: 'Exchanges that wait to be learnt from.',
      read: async () => (await store.learning.jobs()).waiting,
    },
    {
      name: 'observer_jobs_dead',
      help: 'Exchanges that were given up, until somebody looks.',
      read: async () => (await store.learning.jobs()).dead,
    },
    {
      name: 'observer_oldest_job_seconds',
      help: 'Age of the oldest exchange that waits to be learnt from.',
      read: async () => secondsSince((await store.learning.jobs()).oldest?.getTime()),
    },
    {
      name: 'oldest_open_turn_seconds',
      help: 'Age of the oldest turn that is not closed.',
      read: () => secondsSince(store.vitals.oldestOpenTurn()?.getTime()),
    },
  ]
}

function upReading(readiness: Readiness): Reading {
  return {
    name: 'check_ok',
    help: '1: the last look at it found nothing wrong.',
    label: 'check',
    readEach: () => Object.fromEntries(readiness.latest.map(({ name, state }) => [name, state === 'ok' ? 1 : 0])),
  }
}

function skewReading(skew: ClockSkew): Reading {
  const help = 'How far our clock is ahead of theirs, to about half a second.'
  return { name: 'clock_ahead_seconds', help, label: 'platform', readEach: () => skew.aheadSeconds }
}

function platformsOf({ discord, slack }: OpsParts): ReadonlyMap<string, string> {
  const all = [discord && ([discord.apiUrl, 'discord'] as const), slack && ([slack.apiUrl, 'slack'] as const)]
  return new Map(all.flatMap(one => (one ? [[new URL(one[0]).origin, one[1]]] : [])))
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
