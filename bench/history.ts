import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tell } from '#src/commands/progress/show-progress.ts'
import { openDatabase } from '#src/sqlite/open-database.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { figure } from './frame/figure.ts'
import { wholeNumber } from './frame/whole-number.ts'
import { fill } from './history/fill.ts'
import { dropPageCache } from './history/page-cache.ts'
import { Population } from './history/population.ts'
import { type Measured, Workload } from './history/workload.ts'

const limitMs = 1
/** Other programs on the machine make whole rounds slow; the figures are those of the quietest one, and all stand beside them. */
const rounds = 5
const coldOperations = 300

export const bench: Bench = {
  about:
    'appending to and reading from a database of 10 million messages: --messages N, --operations N a round, --keep the file',
  options: { messages: { type: 'string' }, operations: { type: 'string' }, keep: { type: 'boolean' } },
  run,
}

async function run({ values, progress, signal }: BenchRun) {
  const messages = wholeNumber(values, 'messages', 10_000_000)
  const operations = wholeNumber(values, 'operations', 5_000)
  using folder = temporaryFolder(values['keep'] === true)
  const path = join(folder.path, 'history.db')
  const population = new Population(messages)

  const begun = performance.now()
  progress(`${messages} messages in ${population.conversations} conversations at ${path}`)
  await build(path, { messages, population, progress, signal })
  const filled = { megabytes: megabytes(path), seconds: Math.round((performance.now() - begun) / 1_000) }

  const measured = await measure(path, population, { rounds, operations, seed: 2, signal, progress })
  const isCold = dropPageCache(path)
  const [cold] = await measure(path, population, { rounds: 1, operations: coldOperations, seed: 3, signal, progress })

  const append = Math.min(...measured.map(({ receive, finish }) => receive.with(finish).percentile(99)))
  const read = Math.min(...measured.map(({ window, last }) => window.with(last).percentile(99)))
  return {
    figures: [
      figure({ name: 'append p99', value: append, unit: 'ms', limit: limitMs, better: 'lower' }),
      figure({ name: 'last-20 read p99', value: read, unit: 'ms', limit: limitMs, better: 'lower' }),
    ],
    beside: {
      messages,
      conversations: population.conversations,
      database: { ...filled, logMegabytes: megabytes(`${path}-wal`) },
      unit: 'ms',
      rounds: measured.map(percentiles),
      // The rounds find in the memory of the operating system what the build left there, and SQLite's own cache empty.
      afterPageCacheWasDropped: isCold && cold !== undefined ? percentiles(cold) : 'cannot be dropped here',
    },
  }
}

type Measuring = Readonly<{
  rounds: number
  operations: number
  seed: number
  signal: AbortSignal
  progress: Tell
}>

async function measure(path: string, population: Population, measuring: Measuring): Promise<readonly Measured[]> {
  const { rounds, operations, seed, signal, progress } = measuring
  using store = openStore({ path })
  const workload = new Workload(store, population, seed)
  const measured: Measured[] = []
  for (let round = 1; round <= rounds; round += 1) {
    measured.push(await workload.run(operations, signal))
    progress(`measured ${round} of ${rounds} rounds`, round / rounds)
  }
  return measured
}

async function build(path: string, filling: Parameters<typeof fill>[1]): Promise<void> {
  const { db } = openDatabase(path)
  try {
    await fill(db, filling)
  } finally {
    db.close()
  }
  // What the build left unwritten would be written under the measurement.
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

function temporaryFolder(keep: boolean): Disposable & Readonly<{ path: string }> {
  const path = mkdtempSync(join(tmpdir(), 'aeries-bench-'))
  return { path, [Symbol.dispose]: () => keep || rmSync(path, { recursive: true, force: true }) }
}

function megabytes(path: string): number {
  return Math.round((statSync(path, { throwIfNoEntry: false })?.size ?? 0) / 1e6)
}

function percentiles(measured: Measured) {
  return Object.fromEntries(Object.entries(measured).map(([name, timings]) => [name, timings.percentiles()]))
}
