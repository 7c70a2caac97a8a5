import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { Taste } from '#src/core/cohorts.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { CohortMaker } from '#src/observer/cohorts/cohort-maker.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { greatestChange, sorted } from './cohorts/leave-one-out.ts'
import { askedAt, lengthErrors, settle } from './cohorts/newcomers.ts'
import { brisk, type Style, someTastes, terse, thorough } from './cohorts/plant-people.ts'
import { surprise } from './cohorts/surprise.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { figure } from './frame/figure.ts'
import { Timings } from './frame/timings.ts'
import { wholeNumber } from './frame/whole-number.ts'
import { createRandom } from './history/random.ts'

const styles = [brisk, thorough, terse]
/** The smallest cohort that there is. */
const cohortSize = 20
/** So many newcomers come to each workspace. */
const newcomersOf = 100
const leastGain = 0.4
const leastFit = 0.08
const briefLimit = 500
/** What a reply may have to wait for, in ms: of a hundred steps, and once in a night. */
const stepLimitMs = 10
const longestLimitMs = 50

export const bench: Bench = {
  about: 'what newcomers start from: --newcomers N, --people N of the workspace whose cohorts are timed',
  options: { newcomers: { type: 'string' }, people: { type: 'string' } },
  run,
}

async function run({ values, progress, signal }: BenchRun) {
  const newcomers = wholeNumber(values, 'newcomers', 1_000)
  const people = wholeNumber(values, 'people', 2_000)
  const alone = await greet({ newcomers, groups: style => [[style, cohortSize]], seed: 1, signal })
  progress('greeted newcomers where one style lives')
  const mixed = await greet({ newcomers, groups: () => styles.map(style => [style, cohortSize]), seed: 2, signal })
  progress('greeted newcomers where three styles live')
  const few = sorted(peopleOf([[brisk, cohortSize - 1]], createRandom(3)))
  const changes = [4, 5].map(seed =>
    greatestChange(
      peopleOf(
        styles.map(style => [style, 14 + 3 * seed]),
        createRandom(seed),
      ),
    ),
  )
  progress('had everybody leave once')
  const fit = surprise(
    peopleOf(
      styles.map(style => [style, 200]),
      createRandom(8),
    ),
    peopleOf(
      styles.map(style => [style, 200]),
      createRandom(9),
    ),
  )
  const steps = await time(people, signal)
  progress(`made the cohorts of ${people} people`)
  const reduction = ({ shipped, lent }: Greeted) => 1 - lent / shipped
  const higher = (name: string, value: number, limit: number) =>
    figure({ name, value, unit: '', limit, better: 'higher' })
  const lower = (name: string, value: number, unit: string, limit: number) =>
    figure({ name, value, unit, limit, better: 'lower' })
  return {
    figures: [
      higher('length error saved, one style', reduction(alone), leastGain),
      higher('length error saved, three styles', reduction(mixed), leastGain),
      lower('values lent by 19 people', few.length, 'cohorts', 0),
      lower('change by who leaves, in members', Math.max(...changes.map(({ change }) => change)), 'members', 1 + 1e-9),
      higher(
        'values held to that',
        changes.reduce((sum, one) => sum + one.values, 0),
        1,
      ),
      higher('log-loss saved, all else known', 1 - fit.known / fit.workspace, leastFit),
      lower('log-loss lost, nothing known', fit.stranger / fit.workspace - 1, '', 1e-9),
      lower('tokens of a brief', Math.max(alone.tokens, mixed.tokens), 'tokens', briefLimit),
      lower('step p99', steps.timings.percentile(99), 'ms', stepLimitMs),
      lower('longest step', steps.timings.percentile(100), 'ms', longestLimitMs),
    ],
    beside: {
      ...{ newcomers, alone, mixed, changes, fit, people },
      steps: { ...steps.timings.percentiles(), count: steps.count, cohorts: steps.cohorts },
    },
  }
}

type Groups = readonly (readonly [style: Style, people: number])[]
type Greeted = Awaited<ReturnType<typeof lengthErrors>>
type Greeting = Readonly<{ newcomers: number; groups: (style: Style) => Groups; seed: number; signal: AbortSignal }>

/** Each workspace is made of other people, by chance. */
async function greet({ newcomers, groups, seed, signal }: Greeting): Promise<Greeted> {
  using store = openStore({ path: ':memory:' })
  const random = createRandom(seed)
  let [shipped, lent, tokens] = [0, 0, 0]
  for (let at = 0; at * newcomersOf < newcomers; at += 1) {
    const style = styles[at % styles.length] ?? brisk
    const place = await settle(store, `T${at}`, groups(style), random)
    const errors = await lengthErrors(store, place, {
      style,
      people: Math.min(newcomersOf, newcomers - at * newcomersOf),
      random,
    })
    shipped += errors.shipped
    lent += errors.lent
    tokens = Math.max(tokens, errors.tokens)
    signal.throwIfAborted()
    await turnOfTheLoop()
  }
  return { shipped, lent, tokens }
}

/** How long the steps take in which a service makes the cohorts of a large workspace. */
async function time(people: number, signal: AbortSignal) {
  using store = openStore({ path: ':memory:' })
  const each = Math.ceil(people / styles.length)
  const place = await settle(
    store,
    'T1',
    styles.map(style => [style, each]),
    createRandom(10),
  )
  const maker = new CohortMaker({ ...store, mode: 'on' })
  const timings = new Timings()
  const tomorrow = new Date(askedAt.getTime() + 24 * 3_600_000)
  let count = 0
  for (let isMore = true; isMore; count += 1) {
    isMore = await timings.measure(() => maker.step(tomorrow))
    signal.throwIfAborted()
    await turnOfTheLoop()
  }
  return { count, timings, cohorts: await store.cohorts.published(workspaceOf(place)) }
}

function peopleOf(groups: Groups, random: () => number): readonly (readonly Taste[])[] {
  return groups.flatMap(([style, people]) => Array.from({ length: people }, () => someTastes(style, random)))
}
