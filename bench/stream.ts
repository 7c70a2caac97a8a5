import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { ConfigError } from '#src/core/errors.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { RoundTrips } from './frame/round-trips.ts'
import { wholeNumber } from './frame/whole-number.ts'
import { agesAbove, isInTimeAmong } from './stream/compare.ts'
import { type Contender, contenders, demandInstalled } from './stream/contenders.ts'
import { openDiscordStage } from './stream/discord-stage.ts'
import { figuresOf } from './stream/figures.ts'
import { judge } from './stream/judge.ts'
import { perform } from './stream/perform.ts'
import { plotOf } from './stream/plot.ts'
import { isComplete, type Result } from './stream/result.ts'
import type { Scenario } from './stream/scenario.ts'
import { type Measure, programme } from './stream/scenarios.ts'
import { openSlackStage } from './stream/slack-stage.ts'
import type { Stage } from './stream/stage.ts'
import { summarise } from './stream/summary.ts'
import { tableOf } from './stream/table.ts'

const full: Measure = {
  seconds: 12,
  spanSeconds: 62,
  repeats: 6,
  crowds: 4,
  phases: 20,
  channels: 100,
  inSlack: [1, 10, 50],
}
const quick: Measure = {
  seconds: 3,
  spanSeconds: 9,
  repeats: 1,
  crowds: 1,
  phases: 2,
  channels: 8,
  inSlack: [1, 3, 6],
}

/** On a machine with nothing else to do it is below 3 ms. */
const quietRoundTripMs = 10

export const bench: Bench = {
  about:
    'answers that grow by edits, ours and others: --quick, --seconds N an answer, --contenders A,B, --scenarios A,B, --latency MS, --plot FILE.svg, --table FILE.md',
  options: {
    quick: { type: 'boolean' },
    seconds: { type: 'string' },
    contenders: { type: 'string' },
    scenarios: { type: 'string' },
    latency: { type: 'string' },
    plot: { type: 'string' },
    table: { type: 'string' },
  },
  run,
}

async function run({ values, progress, signal }: BenchRun) {
  const taking = chosen('contenders', values['contenders'], contenders, ({ name }) => name)
  await demandInstalled(taking)
  const measure = values['quick'] === true ? quick : full
  const seconds = wholeNumber(values, 'seconds', measure.seconds)
  const latencyMs = values['latency'] === undefined ? 0 : wholeNumber(values, 'latency', 100)
  const acts = programme({ ...measure, seconds })
  const all = acts.flatMap(({ scenarios }) => scenarios)
  const wanted = chosen('scenarios', values['scenarios'], all, ({ name }) => name)
  await using trips = await RoundTrips.start()

  const results: Result[] = []
  const play = async (contenders: readonly Contender[], scenarios: readonly Scenario[], done: number) => {
    // Requests that are slowed down all meet that weather, and no other.
    const isMeant = ({ situation }: Scenario) => situation !== 'weather' || latencyMs === 0
    const playing = scenarios.filter(scenario => wanted.includes(scenario) && isMeant(scenario))
    if (playing.length === 0 || contenders.length === 0) return
    progress(`${contenders.map(({ name }) => name).join(', ')}: ${playing.map(({ name }) => name).join(', ')}`, done)
    results.push(...(await playOn(contenders, playing, { latencyMs, trips, signal })))
  }
  const [listed = [], rivals = []] = [true, false].map(wish => taking.filter(one => (one.isListed ?? false) === wish))
  const performances = acts.flatMap(({ scenarios, sideBySide, isListed }) => {
    const casts = sideBySide ? [rivals] : rivals.map(contender => [contender])
    return (isListed ? [...casts, listed] : casts).map(cast => ({ cast, scenarios }))
  })
  for (const [at, { cast, scenarios }] of performances.entries()) await play(cast, scenarios, at / performances.length)

  const roundTrip = trips.timings.percentiles()
  const isNoisy = roundTrip.p95 > quietRoundTripMs
  if (typeof values['plot'] === 'string') writeFileSync(values['plot'], plotOf(results))
  if (typeof values['table'] === 'string') {
    writeFileSync(values['table'], tableOf(results, { seconds, latencyMs, roundTrip, isNoisy }))
  }
  return {
    figures: figuresOf(results, roundTrip.p95 + 2 * latencyMs),
    beside: {
      measure: { ...measure, seconds, latencyMs },
      roundTripMs: roundTrip,
      scenarios: besides(results),
      meanAgeAbove: {
        best: agesAbove(results, isComplete),
        bestInTime: agesAbove(results, isInTimeAmong(results)),
      },
      ...(isNoisy && { noise: 'the machine was busy with other things: read times with care' }),
    },
  }
}

/** Opens a stage for each, lets them play side by side, and judges what came of it. */
async function playOn(
  contenders: readonly Contender[],
  scenarios: readonly Scenario[],
  { latencyMs, trips, signal }: Readonly<{ latencyMs: number; trips: RoundTrips; signal: AbortSignal }>,
): Promise<readonly Result[]> {
  await using parts = new AsyncDisposableStack()
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'aeries-bench-')), path => rmSync(path, { recursive: true }))
  const vllm = parts.use(await createVllmServer())
  const [platform] = scenarios.map(scenario => scenario.platform)
  const stages: Stage[] = []
  for (const contender of contenders) {
    const environment = {
      VLLM_URL: vllm.url,
      // No answer ends by its length.
      MAX_TOKENS: '4096',
      DATABASE_PATH: join(folder, `${contender.name}.db`),
      LOG_LEVEL: 'warn',
    }
    const openStage = platform === 'discord' ? openDiscordStage : openSlackStage
    stages.push(parts.use(await openStage({ contender, environment, latencyMs }, signal)))
  }
  const played = await trips.during(perform(stages, scenarios, vllm, signal))
  const calls = new Map(vllm.calls.map(call => [call.script ?? '', call]))
  return played.map(one => {
    const judged = judge(one, calls)
    return {
      scenario: one.scenario,
      contender: one.stage.contender,
      summary: summarise(one, judged),
      judged,
    }
  })
}

function besides(results: readonly Result[]) {
  const byScenario = Map.groupBy(results, ({ scenario }) => scenario.name)
  return Object.fromEntries(
    [...byScenario].map(([scenario, played]) => [
      scenario,
      Object.fromEntries(
        played.map(result => [result.contender, { losesText: !isComplete(result), ...result.summary }]),
      ),
    ]),
  )
}

function chosen<One>(
  option: string,
  value: unknown,
  all: readonly One[],
  nameOf: (one: One) => string,
): readonly One[] {
  if (typeof value !== 'string') return all
  return value.split(',').map(name => {
    const found = all.find(one => nameOf(one) === name)
    if (found) return found
    throw new ConfigError(`--${option}: there is no "${name}". There are ${all.map(nameOf).join(', ')}.`)
  })
}
