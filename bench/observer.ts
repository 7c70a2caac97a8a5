import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Script } from '#playground/vllm-server/script.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { type Figure, figure } from './frame/figure.ts'
import { wholeNumber } from './frame/whole-number.ts'
import { type Comparison, compare } from './observer/compare.ts'
import { card, openStage } from './observer/stage.ts'

const usualReplies = 300
const mostRatio = 1.05

export const bench: Bench = {
  about: 'first-token time with the observer saturated, hung and failing, against none: --replies N with and N without',
  options: { replies: { type: 'string' } },
  run,
}

type Trouble = Readonly<{ name: string; script: Script | undefined; isBusy: boolean }>

/** What becomes of the observer's requests. Its jobs never end: each reply leaves one more. */
const troubles: readonly Trouble[] = [
  { name: 'saturated', script: undefined, isBusy: true },
  { name: 'hung', script: { fault: { kind: 'stall', at: 'first' } }, isBusy: true },
  { name: 'failing', script: { http: { status: 500 } }, isBusy: false },
  { name: 'unfit', script: { text: '{' }, isBusy: true },
]

async function run({ values, progress, signal }: BenchRun) {
  const replies = wholeNumber(values, 'replies', usualReplies)
  const folder = mkdtempSync(join(tmpdir(), 'aeries-observer-'))
  const figures: Figure[] = []
  const beside: Record<string, unknown> = {}
  try {
    for (const [at, trouble] of troubles.entries()) {
      progress(`${replies} replies with the observer ${trouble.name}, ${replies} without`, at / troubles.length)
      const { comparison, observed } = await measure(join(folder, trouble.name), trouble, replies, signal)
      figures.push(...figuresOf(trouble.name, comparison))
      beside[trouble.name] = {
        without: comparison.without.percentiles(),
        with: comparison.with.percentiles(),
        metTheObserver: comparison.met,
        ...observed,
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { figures, beside: { replies, unit: 'ms', card: { ...card, slots: 1 }, ...beside } }
}

async function measure(path: string, { script, isBusy }: Trouble, replies: number, signal: AbortSignal) {
  await using stage = await openStage(path, script)
  const comparison = await compare(stage, replies, isBusy, signal)
  const requests = stage.vllm.calls.filter(({ body }) => 'response_format' in body)
  const { waiting, dead } = await stage.store.learning.jobs()
  const aborted = requests.filter(({ outcome }) => outcome === 'aborted').length
  return { comparison, observed: { requests: requests.length, aborted, jobsWaiting: waiting, jobsGivenUp: dead } }
}

function figuresOf(name: string, { with: some, without }: Comparison): readonly Figure[] {
  return ([50, 95] as const).map(percent =>
    figure({
      name: `${name}, p${percent}`,
      value: Math.round((1_000 * some.percentile(percent)) / without.percentile(percent)) / 1_000,
      unit: '×',
      limit: mostRatio,
      better: 'lower',
    }),
  )
}
