import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStage, type Stage } from './controls/stage.ts'
import { type Way, waysOf } from './controls/ways.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { figure } from './frame/figure.ts'
import { Timings } from './frame/timings.ts'
import { wholeNumber } from './frame/whole-number.ts'

const usualRounds = 8
const lookEveryMs = 5
const patienceMs = 20_000
/** Longer than any limit of a platform holds up a write: what has changed until then was the last change. */
const restMs = 7_000
/** After that many ms of an answer the first round stops, and each further one so much later: in all phases of a write budget. */
const [firstStopMs, laterMs] = [300, 900]

/** What is promised: to the last visible change, and to the end of the request at the model's server. */
const lastChangeMs = 1_500
const abortedMs = 300

export const bench: Bench = {
  about:
    'from a stop, by each way on both platforms, to the end of the request and to the last visible change: --rounds N',
  options: { rounds: { type: 'string' } },
  run,
}

type Stops = Readonly<{ aborted: Timings; changed: Timings }>

async function run({ values, progress, signal }: BenchRun) {
  const rounds = wholeNumber(values, 'rounds', usualRounds)
  const folder = mkdtempSync(join(tmpdir(), 'aeries-controls-'))
  try {
    await using stage = await openStage(folder, signal)
    const lost = AbortSignal.any([signal, stage.lost])
    const ways = waysOf(stage).map(way => ({ way, stops: { aborted: new Timings(), changed: new Timings() } }))
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}: ${ways.length} answers that are stopped`, round / rounds)
      await Promise.all(ways.map(({ way, stops }) => stopOnce(stage, way, round, stops, lost)))
    }
    const figures = ways.flatMap(({ way: { name }, stops }) => [
      worst(`${name}: to the end of the request`, stops.aborted, abortedMs),
      worst(`${name}: to the last visible change`, stops.changed, lastChangeMs),
    ])
    const beside = Object.fromEntries(
      ways.map(({ way: { name }, stops: { aborted, changed } }) => [
        name,
        { toTheEndOfTheRequest: aborted.percentiles(), toTheLastChange: changed.percentiles() },
      ]),
    )
    return { figures, beside: { rounds, unit: 'ms', ...beside } }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Asks, waits for words and some more, stops, and waits until nothing changes any more. */
async function stopOnce({ vllm }: Stage, way: Way, round: number, stops: Stops, signal: AbortSignal): Promise<void> {
  const tag = `tell me ${way.name.replace(/\W/g, '')} ${round}.`
  const before = way.newest()?.id
  const question = way.ask(tag)
  const { id } = await until(
    `The answer to ${tag}`,
    () => (way.newest()?.id === before ? undefined : way.newest()),
    signal,
  )
  await sleep(firstStopMs + laterMs * round, undefined, { signal })
  const at = performance.timeOrigin + performance.now()
  way.stop(question, id)
  const call = () => vllm.calls.findLast(({ body }) => JSON.stringify(body).includes(tag))
  stops.aborted.add((await until(`The end of the request of ${tag}`, () => call()?.abortedAt, signal)) - at)
  await sleep(restMs, undefined, { signal })
  const last = way.newest()?.changes.at(-1) ?? Number.POSITIVE_INFINITY
  stops.changed.add(Math.max(0, last - at))
}

async function until<T>(what: string, look: () => T | undefined, signal: AbortSignal): Promise<T> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
  for (;;) {
    const seen = look()
    if (seen !== undefined) return seen
    if (within.aborted) throw new Error(`${what} did not come.`, { cause: within.reason })
    await sleep(lookEveryMs)
  }
}

function worst(name: string, timings: Timings, limit: number) {
  return figure({ name, value: timings.percentiles().max, unit: 'ms', limit, better: 'lower' })
}
