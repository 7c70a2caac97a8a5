import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import type { Log } from '#src/core/log.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { OpsDoor } from '#src/ops-door.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { figure } from './frame/figure.ts'
import { Timings } from './frame/timings.ts'
import { type ReplyPlan, ToldReply } from './ops/record.ts'

const plan = { replies: 20_000, atOnce: 100, scrapes: 300, reply: { tokens: 300, interim: 25 } } as const
const platforms = ['discord', 'slack'] as const

export const bench: Bench = {
  about: 'what it costs to count a reply, and to be asked for the figures',
  options: {},
  run,
}

async function run({ progress, signal }: BenchRun) {
  await using parts = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'aeries-'))
  parts.defer(() => rm(folder, { recursive: true }))
  const { ops, url } = await openOps(parts, join(folder, 'aeries.db'))
  const uncounted = recordingUs({ tell: () => {} }, plan.reply)
  const counted = recordingUs(ops, plan.reply)
  progress(`counted ${plan.replies} replies`, 0.5)
  const scraped = await scrapingMs(ops, url, signal)
  progress(`asked ${plan.scrapes} times`, 1)
  return {
    figures: [
      figure({ name: 'counting one reply', value: counted, unit: 'µs', limit: 50, better: 'lower' }),
      figure({ name: 'one scrape, CPU', value: scraped.meanMs, unit: 'ms', limit: 5, better: 'lower' }),
    ],
    beside: { plan, uncounted, scraped },
  }
}

/** As the service opens it, before a vLLM that is away. */
async function openOps(parts: AsyncDisposableStack, databasePath: string) {
  const clock = systemClock
  let url = ''
  const log: Log = {
    debug: () => {},
    info: fields => {
      url = String(fields['url'])
    },
    warn: () => {},
    error: () => {},
    child: () => log,
  }
  const quiet: Log = { ...log, info: () => {}, child: () => quiet }
  const store = parts.use(openStore({ path: databasePath }))
  const model = parts.use(createVllmChatModel({ url: 'http://127.0.0.1:1', model: 'none', clock, log: quiet }))
  const ops = new OpsDoor(clock)
  const budget = new WriteBudget(clock)
  const door = { host: '127.0.0.1', port: 0 }
  parts.use(
    await ops.open({
      ops: door,
      discord: undefined,
      slack: undefined,
      databasePath,
      store,
      model,
      adapters: [],
      budget,
      clock,
      log,
    }),
  )
  return { ops, url }
}

/** In the best of five rounds: other programs on the machine only make it slower. */
function recordingUs(telemetry: ConstructorParameters<typeof ToldReply>[0], reply: ReplyPlan): number {
  const rounds = [1, 2, 3, 4, 5].map(() => {
    const begun = process.cpuUsage()
    for (let told = 0; told < plan.replies / 5; told += 1) {
      const one = new ToldReply(telemetry, systemClock, platforms[told % 2] ?? '', reply)
      one.begin()
      one.end()
    }
    return (cpuMs(begun) * 1_000) / (plan.replies / 5)
  })
  return Math.round(Math.min(...rounds) * 100) / 100
}

/** Asked by this very process, so that the asker's share is in it. */
async function scrapingMs(ops: OpsDoor, url: string, signal: AbortSignal) {
  const open = Array.from(
    { length: plan.atOnce },
    (_, at) => new ToldReply(ops, systemClock, platforms[at % 2] ?? '', plan.reply),
  )
  for (const reply of open) reply.begin()
  const cpu = new Timings()
  const all = process.cpuUsage()
  let bytes = 0
  for (let scraped = 0; scraped < plan.scrapes; scraped += 1) {
    const begun = process.cpuUsage()
    const { body } = await request(`${url}/metrics`, { signal })
    bytes = (await body.text()).length
    cpu.add(cpuMs(begun))
  }
  const meanMs = Math.round((cpuMs(all) / plan.scrapes) * 1_000) / 1_000
  for (const reply of open) reply.end()
  return { meanMs, cpu: cpu.percentiles(), bytes, atOnce: plan.atOnce }
}

function cpuMs(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1_000
}
