import { cpus } from 'node:os'
import {
  type BulkPlan,
  type Cost,
  type Crowd,
  type CrowdPlan,
  measureBulk,
  measureCrowd,
  measurePaced,
  type PacedPlan,
} from './engine/measure.ts'
import type { ReaderKind } from './engine/wire.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { figure } from './frame/figure.ts'
import { importContender } from './frame/import-contender.ts'
import { wholeNumber } from './frame/whole-number.ts'

const kinds: readonly ReaderKind[] = ['bare', 'client', 'aeries', 'openai']

type Plan = Readonly<{ rounds: number; paced: PacedPlan; bulk: BulkPlan; crowd: CrowdPlan }>

const full: Plan = {
  rounds: 3,
  paced: { answers: 500, perSecond: 50, seconds: 5, warmMs: 2_000 },
  bulk: { answers: 300, records: 2_000, atOnce: 16 },
  crowd: { answers: 1_000, perSecond: 20, withinMs: 10_000, warmMs: 2_000 },
}
const quick: Plan = {
  rounds: 1,
  paced: { answers: 50, perSecond: 50, seconds: 1, warmMs: 500 },
  bulk: { answers: 20, records: 500, atOnce: 4 },
  crowd: { answers: 50, perSecond: 20, withinMs: 500, warmMs: 500 },
}

export const bench: Bench = {
  about: 'what reading and answering costs, beside a bare read and the openai SDK: --quick, --rounds N',
  options: { quick: { type: 'boolean' }, rounds: { type: 'string' } },
  run,
}

async function run({ values, progress, signal }: BenchRun) {
  await importContender('openai')
  const plan = values['quick'] === true ? quick : full
  const rounds = wholeNumber(values, 'rounds', plan.rounds)
  const paced = noCosts()
  const bulk = noCosts()
  const crowds: Record<'bare' | 'aeries', Crowd[]> = { bare: [], aeries: [] }
  // In turns: what else runs on the machine meets all of them.
  for (let round = 1; round <= rounds; round += 1) {
    for (const kind of kinds) {
      paced[kind].push(await measurePaced(kind, plan.paced, signal))
      bulk[kind].push(await measureBulk(kind, plan.bulk, signal))
    }
    for (const kind of ['bare', 'aeries'] as const) crowds[kind].push(await measureCrowd(kind, plan.crowd, signal))
    progress(`measured ${round} of ${rounds} rounds`, round / rounds)
  }
  return {
    figures: figuresOf(paced, bulk, crowds),
    beside: { plan: { ...plan, rounds }, cores: cpus().length, paced, bulk, crowds },
  }
}

type Costs = Record<ReaderKind, Cost[]>

function noCosts(): Costs {
  return { bare: [], client: [], aeries: [], openai: [] }
}

function figuresOf(paced: Costs, bulk: Costs, crowds: Readonly<Record<'bare' | 'aeries', readonly Crowd[]>>) {
  // Other programs on the machine make whole rounds slow; the figure is that of the quietest one, and all stand beside it.
  const share = Math.min(...crowds.aeries.map(({ ownShareMs }) => ownShareMs.p95))
  const memory = (kind: 'bare' | 'aeries') => median(crowds[kind].map(({ bytesPerAnswer }) => bytesPerAnswer))
  const kilobytes = (memory('aeries') - memory('bare')) / 1_024
  return [
    ...readingFigures('client', paced, bulk),
    ...readingFigures('aeries', paced, bulk),
    figure({ name: "engine's share of first text p95", value: round(share), unit: 'ms', limit: 20, better: 'lower' }),
    figure({ name: 'memory per live answer', value: round(kilobytes), unit: 'KB', limit: 64, better: 'lower' }),
  ]
}

/**
 * `client` does what the other two do: it reads, and puts the text together. `aeries` is the whole service: it also keeps a
 * database, cuts the text into messages, renders them and writes each a dozen times.
 */
function readingFigures(kind: 'client' | 'aeries', paced: Costs, bulk: Costs) {
  const of = kind === 'client' ? 'client: ' : ''
  // How many of our tokens the CPU time of one of theirs pays for.
  const perCore = (other: ReaderKind) => round(perRecord(paced[other]) / perRecord(paced[kind]))
  const higher = { unit: '×', better: 'higher' } as const
  const microseconds = round(perRecord(bulk[kind]))
  return [
    figure({ name: `${of}tokens per core / bare read`, value: perCore('bare'), limit: 0.65, ...higher }),
    figure({ name: `${of}tokens per core / openai SDK`, value: perCore('openai'), limit: 1.7, ...higher }),
    figure({ name: `${of}CPU per record in bulk`, value: microseconds, unit: 'µs', limit: 4, better: 'lower' }),
  ]
}

/** In the median of the rounds that nothing disturbed, if there are any. */
function perRecord(costs: readonly Cost[]): number {
  const undisturbed = costs.filter(cost => cost.undisturbed !== 0)
  const counted = undisturbed.length > 0 ? undisturbed : costs
  return median(counted.map(({ microsecondsPerRecord }) => microsecondsPerRecord))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
