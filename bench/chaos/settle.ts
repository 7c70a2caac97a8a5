import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { Book } from './book.ts'
import type { Stage } from './cast.ts'
import type { Said } from './checker/evidence.ts'
import { excuseOf, isUncalled } from './checker/excuse.ts'

/** Nothing was asked of a platform for so long: then the house has nothing more to do, if nothing is left. */
const quietMs = 1_200
/**
 * With something left it waits for somebody: a platform that tells it again, a limit that ends. For so long, and no
 * longer.
 */
const hopelessMs = 20_000
/** Slack lets an app read some calls a minute and no more: what was missed in many threads takes until the next minute. */
const hopelessReadMs = 65_000
const lookEveryMs = 250

const missedWords = 'what was missed is still read'

/** What still has to happen, in words; empty once the house has done it all. */
export function leftToDo(databasePath: string, book: Book): readonly string[] {
  using db = open(databasePath)
  const known = db.keys()
  const isExcused = (said: Said) => excuseOf([said]) !== undefined || isUncalled(said, name => book.find(name)?.said)
  const unheard = book.said.filter(said => said.addressed && !known.has(said.key) && !isExcused(said))
  return [
    ...(db.count('SELECT count(*) FROM missed') > 0 ? [missedWords] : []),
    ...workIn(db),
    ...(unheard.length > 0 ? [`${unheard.length} messages were not heard`] : []),
  ]
}

/** The same of what was heard: who is about to be killed once more reads what was missed from its beginning anyway. */
export function workLeft(databasePath: string): readonly string[] {
  using db = open(databasePath)
  return workIn(db)
}

function workIn({ count }: Ledger): readonly string[] {
  const turns = count("SELECT count(*) FROM turn WHERE state = 'answering'")
  const waiting = count('SELECT count(*) FROM message WHERE turn_id IS NULL')
  return [...(turns > 0 ? [`${turns} open turns`] : []), ...(waiting > 0 ? [`${waiting} messages wait`] : [])]
}

type Ledger = Disposable & Readonly<{ count(sql: string): number; keys(): ReadonlySet<string> }>

function open(path: string): Ledger {
  const db = new Database(path, { readonly: true })
  return {
    count: sql => db.prepare<[], number>(sql).pluck().get() ?? 0,
    keys: () => new Set(db.prepare<[], string>('SELECT key FROM message WHERE key IS NOT NULL').pluck().all()),
    [Symbol.dispose]: () => db.close(),
  }
}

/** What the observer reads may wait for another day. */
function isAnswering({ outcome, body }: Stage['vllm']['calls'][number]): boolean {
  return outcome === 'open' && !('response_format' in body)
}

/**
 * Waits until the house has done all that it has to and is quiet. Gives back what is left when hope or time is over.
 */
export async function settle(
  { discord, slack, vllm }: Stage,
  left: () => readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  let heardAt = performance.now()
  const hear = ({ type }: Readonly<{ type: string }>) => {
    if (type === 'request') heardAt = performance.now()
  }
  const unhear = [discord.events.on(hear), slack.events.on(hear)]
  try {
    for (;;) {
      const quietFor = performance.now() - heardAt
      const isIdle = !vllm.calls.some(isAnswering) && quietFor >= quietMs
      const what = isIdle ? left() : ['the house is busy']
      if (what.length === 0) return []
      const isHopeless = quietFor >= (what.includes(missedWords) ? hopelessReadMs : hopelessMs)
      if (signal.aborted || isHopeless) return left()
      await sleep(lookEveryMs)
    }
  } finally {
    for (const stop of unhear) stop()
  }
}
