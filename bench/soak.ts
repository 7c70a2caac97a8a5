import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Tell } from '#src/commands/progress/show-progress.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { figure } from './frame/figure.ts'
import { wholeNumber } from './frame/whole-number.ts'
import { type DatabaseSize, databaseSize, growthOf } from './soak/database-size.ts'
import { openStage, type Stage } from './soak/stage.ts'

/** One turn every ten seconds for a day. */
const usualTurns = 8_640
/** By then caches are full and code is compiled; what grows from here on grows for ever. */
const warmTurns = 2_000
const withinMinutes = 15
const heapGrowth = 1.1
/** A tree's pages are half full at worst, and hold headers. */
const mostPagesPerByte = 2.5
/** The platforms keep idle connections for 65 s: whoever looks later sees only what stays. */
const restMs = 75_000

export const bench: Bench = {
  about: 'a day of turns in a quarter of an hour through the real service: heap, handles, timers, database; --turns N',
  options: { turns: { type: 'string' } },
  run,
}

async function run({ values, progress, signal }: BenchRun) {
  const turns = wholeNumber(values, 'turns', usualTurns)
  const warm = Math.min(warmTurns, Math.ceil(turns / 4))
  const folder = mkdtempSync(join(tmpdir(), 'aeries-soak-'))
  try {
    await using stage = await openStage(folder, signal)
    const path = join(folder, 'aeries.db')
    const before = await stage.inspector.resources()
    const warming = await talk(stage, warm, progress, signal)
    const early = await look(stage, path, signal)
    progress(`at turn ${warm}: ${tell(early)}`)
    const going = await talk(stage, turns - warm, progress, signal)
    const late = await look(stage, path, signal)
    progress(`at turn ${turns}: ${tell(late)}`)
    const growth = growthOf(early.database, late.database)
    const { heap } = late
    return {
      figures: [
        figure({ name: 'turns', value: turns, unit: 'turns', limit: turns, better: 'higher' }),
        figure({
          name: 'time',
          value: round((warming + going) / 60_000),
          unit: 'min',
          limit: withinMinutes,
          better: 'lower',
        }),
        figure({ name: 'heap', value: round(heap / early.heap), unit: '×', limit: heapGrowth, better: 'lower' }),
        figure({
          name: 'handles and timers',
          value: apart(early, late),
          unit: 'differences',
          limit: 0,
          better: 'lower',
        }),
        figure({
          name: 'pages for a byte in rows',
          value: round(growth.pagesPerByte),
          unit: '×',
          limit: mostPagesPerByte,
          better: 'lower',
        }),
      ],
      beside: {
        early: { turn: warm, heapBytes: early.heap, resources: early.resources },
        late: { turn: turns, heapBytes: late.heap, resources: late.resources },
        resourcesBefore: before,
        restS: restMs / 1_000,
        database: {
          bytesPerTurn: Math.round(growth.pages / (turns - warm)),
          growth,
          free: late.database.free,
          writeAheadLog: late.database.log,
        },
      },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Everybody asks as soon as they were answered, until so many questions were asked and answered. Gives back how long
 * that took, in ms.
 */
async function talk({ talkers }: Stage, turns: number, progress: Tell, signal: AbortSignal): Promise<number> {
  const begun = performance.now()
  let asked = 0
  const tenth = Math.ceil(turns / 10)
  const speak = async (who: number, ask: (who: number, question: string, signal: AbortSignal) => Promise<void>) => {
    while (asked < turns) {
      asked += 1
      if (asked % tenth === 0) progress(`${asked} of ${turns} turns`, asked / turns)
      await ask(who, `Question ${asked}: how is the tide?`, signal)
    }
  }
  const everybody = talkers.flatMap(({ talkers: group, count }) =>
    Array.from({ length: count }, (_, who) => speak(who, group.ask)),
  )
  await Promise.all(everybody)
  return performance.now() - begun
}

type Resources = Readonly<Record<string, number>>
type Look = Readonly<{ heap: number; resources: Resources; database: DatabaseSize }>

/** Looks once the service rests. */
async function look({ inspector }: Stage, path: string, signal: AbortSignal): Promise<Look> {
  await sleep(restMs, undefined, { signal })
  const [resources, heap] = [await inspector.resources(), await inspector.heapAfterCollection()]
  return { heap, resources, database: databaseSize(path) }
}

function apart({ resources: early }: Look, { resources: late }: Look): number {
  const kinds = new Set([...Object.keys(early), ...Object.keys(late)])
  return [...kinds].reduce((sum, kind) => sum + Math.abs((late[kind] ?? 0) - (early[kind] ?? 0)), 0)
}

function tell({ heap, resources }: Look): string {
  return `heap ${round(heap / 2 ** 20)} MB, ${JSON.stringify(resources)}`
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
