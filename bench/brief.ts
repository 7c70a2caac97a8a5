import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '#src/core/log.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import { scopeOfTalk } from '#src/core/preferences.ts'
import type { Store } from '#src/core/store.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { openDatabase } from '#src/sqlite/open-database.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { benchPerson, fillLearning, hoarder, hoarderWord, someWords, start } from './brief/fill-learning.ts'
import { contains, forgetPeople } from './brief/forget-people.ts'
import { type LearningMore, learnMore } from './brief/learn-more.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { figure } from './frame/figure.ts'
import { Timings } from './frame/timings.ts'
import { wholeNumber } from './frame/whole-number.ts'
import { createRandom } from './history/random.ts'

const limitMs = 3
const hoarderLimitMs = 5
const limitTokens = 500
const forgetLimitMs = 200
/** No reply may feel that somebody else is learnt from. */
const learnLimitMs = 5
const wordsOfMessage = 14
/** Other programs on the machine make whole rounds slow; the figures are those of the quietest one, and all stand beside them. */
const rounds = 5
const now = start + 366 * 24 * 3_600_000

const places: readonly Place[] = [
  { platform: 'slack', workspace: 'T1', channel: 'D1', thread: undefined, audience: 'dm' },
  { platform: 'slack', workspace: 'T1', channel: 'C1', thread: undefined, audience: 'public' },
]

/** Nothing that it logs is expected. */
const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent }

export const bench: Bench = {
  about:
    'what a reply waits for what is known of its asker: --people N, --traits N each, --signals N, --hoard N of one, --reads N a round, --keep the file',
  options: {
    people: { type: 'string' },
    traits: { type: 'string' },
    signals: { type: 'string' },
    hoard: { type: 'string' },
    reads: { type: 'string' },
    keep: { type: 'boolean' },
  },
  run,
}

async function run({ values, progress, signal }: BenchRun) {
  const sizes = {
    people: wholeNumber(values, 'people', 2_000),
    traits: wholeNumber(values, 'traits', 300),
    signals: wholeNumber(values, 'signals', 1_000_000),
    hoard: wholeNumber(values, 'hoard', 10_000),
  }
  const reads = wholeNumber(values, 'reads', 1_000)
  const folder = mkdtempSync(join(tmpdir(), 'aeries-bench-'))
  using _ = { [Symbol.dispose]: () => values['keep'] || rmSync(folder, { recursive: true, force: true }) }
  const path = join(folder, 'aeries.db')
  const begun = performance.now()
  const { db } = openDatabase(path)
  try {
    await fillLearning(db, { ...sizes, progress, signal })
  } finally {
    db.close()
  }
  const filled = {
    megabytes: Math.round(statSync(path).size / 1e6),
    seconds: Math.round((performance.now() - begun) / 1_000),
  }
  progress(`filled ${filled.megabytes} MB in ${filled.seconds} s`)

  using store = openStore({ path })
  const measured: Round[] = []
  for (let round = 1; round <= rounds; round += 1) {
    measured.push(await readBriefs(store, { people: sizes.people, reads, seed: round, signal }))
    progress(`measured ${round} of ${rounds} rounds`, round / rounds)
  }
  const quietest = (name: 'first' | 'hoarder') => Math.min(...measured.map(round => round[name].percentile(99)))
  const more = await learnMore(store, now)
  const quietestOf = (name: keyof LearningMore) => Math.min(...more.map(round => round[name].percentile(95)))
  progress('learnt more of the one with very many')
  const hadTraces = contains(path, hoarderWord)
  const forgotten = await forgetPeople(store, path, sizes.people)
  progress('forgot some of them')
  const tokens = Math.max(...measured.map(round => round.tokens))
  const broken = measured.reduce((sum, { empty, failed }) => sum + empty + failed, 0)
  const hoarderName = `p99 with ${sizes.hoard} traits`
  return {
    figures: [
      figure({ name: 'brief p99', value: quietest('first'), unit: 'ms', limit: limitMs, better: 'lower' }),
      figure({ name: hoarderName, value: quietest('hoarder'), unit: 'ms', limit: hoarderLimitMs, better: 'lower' }),
      figure({ name: 'tokens at most', value: tokens, unit: 'tokens', limit: limitTokens, better: 'lower' }),
      figure({ name: 'empty or failed', value: broken, unit: 'briefs', limit: 0, better: 'lower' }),
      figure({
        name: `one fact more with ${sizes.hoard} traits, p95`,
        value: quietestOf('learnt'),
        unit: 'ms',
        limit: learnLimitMs,
        better: 'lower',
      }),
      figure({
        name: `one fact less with ${sizes.hoard} traits, p95`,
        value: quietestOf('takenBack'),
        unit: 'ms',
        limit: learnLimitMs,
        better: 'lower',
      }),
      figure({
        name: `forgetting one of ${sizes.traits} traits, p95`,
        value: forgotten.people.percentile(95),
        unit: 'ms',
        limit: forgetLimitMs,
        better: 'lower',
      }),
      figure({
        name: 'files with forgotten words',
        // Words that were never found prove nothing.
        value: hadTraces ? forgotten.traces.length : 1,
        unit: 'files',
        limit: 0,
        better: 'lower',
      }),
    ],
    beside: {
      ...sizes,
      database: filled,
      unit: 'ms',
      learningMore: more.map(({ learnt, takenBack }) => ({
        learnt: learnt.percentiles(),
        takenBack: takenBack.percentiles(),
      })),
      forgetting: { people: forgotten.people.percentiles(), oneWithVeryMany: forgotten.hoarderMs },
      rounds: measured.map(({ first, later, hoarder: many, withoutTail }) => ({
        firstOfSession: first.percentiles(),
        laterInSession: later.percentiles(),
        oneWithVeryMany: many.percentiles(),
        withoutTail,
      })),
    },
  }
}

type Round = Readonly<{
  first: Timings
  later: Timings
  hoarder: Timings
  tokens: number
  empty: number
  failed: number
  withoutTail: number
}>

type Reading = Readonly<{ people: number; reads: number; seed: number; signal: AbortSignal }>

async function readBriefs({ learning, preferences }: Store, { people, reads, seed, signal }: Reading): Promise<Round> {
  const [first, later, many] = [new Timings(), new Timings(), new Timings()]
  let [tokens, empty, failed, withoutTail] = [0, 0, 0, 0]
  const random = createRandom(seed)
  for (let read = 0; read < reads; read += 1) {
    const place = places[read % places.length] as Place
    const somebody = 1 + Math.floor(random() * people)
    // A writer that holds nothing makes the standing part: what the first reply of a session waits for.
    const writer = createBriefWriter({ learning, count: estimateTokens, log: silent })
    for (const [timings, person] of [
      [first, somebody],
      [later, somebody],
      [many, hoarder],
    ] as const) {
      const words = someWords(random, wordsOfMessage)
      const question = { person: benchPerson(person), place, words, at: new Date(now), isFresh: false }
      // As each turn does before its brief: what is held in memory until something is written is read anew.
      await preferences.choose('bench', scopeOfTalk(benchPerson(person), conversationOf(place)), `${read}`)
      const brief = await timings.measure(() => writer.brief(question))
      tokens = Math.max(tokens, brief.tokens)
      if (brief.standing === '') empty += 1
    }
    failed += writer.counts().failed
    withoutTail += writer.counts().withoutTail
    // The service, too, comes back to its event loop.
    await new Promise(resolve => setImmediate(resolve))
    signal.throwIfAborted()
  }
  return { first, later, hoarder: many, tokens, empty, failed, withoutTail }
}
