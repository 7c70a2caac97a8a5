import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure } from '#bench/frame/figure.ts'
import type { Tell } from '#src/commands/progress/show-progress.ts'
import { Book } from './book.ts'
import { openStage, type Stage } from './cast.ts'
import { check } from './checker/check.ts'
import { excuseOf, excuses } from './checker/excuse.ts'
import type { Violation } from './checker/violation.ts'
import { collect } from './collect.ts'
import { Crowd } from './crowd.ts'
import { byKind, figuresOf, recoveryTimes } from './figures.ts'
import { wishAtTheEnd } from './last-wishes.ts'
import { Lives } from './lives.ts'
import { perform, type Skyline } from './perform.ts'
import { type Plan, planChaos } from './plan.ts'
import { leftToDo, settle, workLeft } from './settle.ts'
import { storyOf } from './story.ts'
import { clearWeather } from './weather.ts'

export type ChaosOptions = Readonly<{
  minutes: number
  seed: number
  progress: Tell
  signal: AbortSignal
}>

export type ChaosResult = Readonly<{
  figures: readonly Figure[]
  beside: Readonly<Record<string, unknown>>
  violations: readonly Violation[]
  /** The stories of the first violations. */
  stories: readonly string[]
  /** Where data, log and stories are kept; `undefined` when nothing is wrong and they were taken away. */
  kept: string | undefined
}>

const settleWithinMs = 180_000
/** Of each kind of violation so many are told, and so many kept. */
const toldOfKind = 1
const keptOfKind = 40
/** So many old messages come once more after the last restart. */
const lateRepeats = 30

/** Plays one seeded chaos before the real service and has the independent checker judge it. */
export async function runChaos({ minutes, seed, progress, signal }: ChaosOptions): Promise<ChaosResult> {
  const plan = planChaos(seed, Math.round(minutes * 60_000))
  const folder = mkdtempSync(join(tmpdir(), 'aeries-chaos-'))
  let isKept = false
  using tidying = new DisposableStack()
  tidying.defer(() => {
    if (!isKept) rmSync(folder, { recursive: true })
  })
  const databasePath = join(folder, 'data', 'aeries.db')
  mkdirSync(join(folder, 'data'))
  const book = new Book()
  const skyline: Skyline[] = []
  await using stage = await openStage(plan, databasePath)
  await using lives = new Lives(stage, join(folder, 'service.log'))
  const crowd = new Crowd(plan, stage, book)

  const left = await play({ plan, stage, lives, crowd, book, databasePath, skyline, progress, signal })
  progress('judging', 1)
  const evidence = collect(stage, book, lives.starts, databasePath)
  const verdict = check(evidence)
  const violations = [...verdict.violations, ...lives.violations, ...strayCalls(stage)]
  const { starts, kills } = lives
  const stories = (count: number) =>
    firstOfEach(violations, count).map(one => storyOf(one, { plan, stage, book, evidence, skyline, starts, kills }))
  const { said } = evidence
  isKept = violations.length > 0
  if (isKept) writeFileSync(join(folder, 'stories.txt'), stories(keptOfKind).join('\n\n'))
  return {
    figures: figuresOf({ minutes, said, kills: kills.length, verdict, violations }),
    beside: {
      minutes,
      seed,
      slackDm: plan.slackDm,
      starts: starts.length,
      stops: { count: lives.stops.length, longestMs: Math.round(Math.max(0, ...lives.stops)) },
      addressedMessages: verdict.messages,
      turns: verdict.turns,
      learning: verdict.learning,
      lastWordsOnAnswers: evidence.opinions.length,
      lastWishes: countBy(evidence.wishes.map(({ wish }) => wish)),
      freshStarts: evidence.commands.length,
      superseded: evidence.ledger.superseded.length,
      withdrawn: evidence.ledger.turns.filter(({ withdrawn }) => withdrawn === 1).length,
      excused: Object.entries(verdict.excused).map(([name, count]) => ({
        excuse: name,
        why: excuses[name as keyof typeof excuses],
        count,
      })),
      addressedInExcusedPlaces: said.filter(one => one.addressed && excuseOf([one]) !== undefined).length,
      recoveredAfterKillS: recoveryTimes(verdict).percentiles(),
      tidiedMessages: verdict.tidied,
      weather: countBy(skyline.map(({ kind }) => kind)),
      leftWhenSettled: left,
      violations: byKind(violations),
    },
    violations,
    stories: stories(toldOfKind),
    kept: isKept ? folder : undefined,
  }
}

type Scene = Readonly<{ plan: Plan; stage: Stage; lives: Lives; crowd: Crowd; book: Book; skyline: Skyline[] }> &
  Readonly<{ databasePath: string }> &
  Pick<ChaosOptions, 'progress' | 'signal'>

/**
 * The acts, then fair weather, then everything that is to come late. Gives back what the house had not done in time.
 */
async function play(scene: Scene): Promise<readonly string[]> {
  const { plan, stage, lives, crowd, book, databasePath, skyline, progress, signal } = scene
  const left = () => leftToDo(databasePath, book)
  const patience = () => AbortSignal.any([signal, AbortSignal.timeout(settleWithinMs)])
  await lives.start(patience())
  const over = new AbortController()
  const dying = lives.run(plan.lives, AbortSignal.any([over.signal, signal]))
  await perform(plan, { stage, crowd, skyline }, done => progress(`${lives.kills.length} kills`, done), signal)
  over.abort()
  await dying
  await clearWeather(stage)
  progress('fair weather: the house gets time to settle', 1)
  await lives.start(patience())
  const work = () => workLeft(databasePath)
  await settle(stage, work, patience())
  progress('last wishes, and the house dies of each', 1)
  await wishAtTheEnd({ databasePath, book, crowd, lives, patience, settle: () => settle(stage, work, patience()) })
  progress('one more restart, and old events once more', 1)
  await lives.stop()
  await lives.start(patience())
  const step = Math.max(1, Math.floor(plan.messages.length / lateRepeats))
  for (let i = 0; i < plan.messages.length; i += step) {
    crowd.touch({ type: 'deliver again', of: plan.messages[i]?.name ?? '' })
  }
  crowd.sayLastWords()
  await Promise.race([stage.slack.deliveries.idle(), sleep(settleWithinMs, undefined, { ref: false })])
  const unsettled = await settle(stage, left, patience())
  await lives.stop()
  signal.throwIfAborted()
  return unsettled
}

/** The first violations of each kind. */
function firstOfEach(violations: readonly Violation[], count: number): readonly Violation[] {
  return [...Map.groupBy(violations, ({ kind }) => kind).values()].flatMap(all => all.slice(0, count))
}

/** Calls that no platform has, and a workspace's token in another's call. */
function strayCalls({ discord, slack }: Stage): readonly Violation[] {
  const unknown = [...discord.unknownCalls, ...slack.unknownCalls]
  return [
    ...unknown.map((call): Violation => ({ kind: 'conduct', what: `${call} is known to no platform`, said: [] })),
    ...slack.leaks.map(
      ({ method }): Violation => ({
        kind: 'conduct',
        what: `${method} went out with another workspace's token`,
        said: [],
      }),
    ),
  ]
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(names, name => name)].map(([name, all]) => [name, all.length]))
}
