import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Timings } from '#bench/frame/timings.ts'
import type { SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { benchPerson, hoarder, hoarderWord } from './fill-learning.ts'

export type Forgetting = Readonly<{
  people: Timings
  hoarderMs: number
  /** Files of the database in which a word of the forgotten still stands. */
  traces: readonly string[]
}>

/** After each of them the whole database is written anew, which takes as long as its size says. */
const manyPeople = 10
const emptyWithinMs = 120_000
const lookAgainMs = 20
const pieceBytes = 8 * 1024 * 1024

/** How long it takes to forget all that was learnt of some people, and of the one with very many traits; and whether it is gone. */
export async function forgetPeople(store: SqliteStore, path: string, people: number): Promise<Forgetting> {
  const timings = new Timings()
  for (let number = 1; number <= Math.min(people, manyPeople); number += 1) {
    await timings.measure(() => store.forget.person(benchPerson(number)))
    await emptied(path)
  }
  const hoarderTimings = new Timings()
  await hoarderTimings.measure(() => store.forget.person(benchPerson(hoarder)))
  await emptied(path)
  const traces = filesOf(path).filter(file => contains(file, hoarderWord))
  return { people: timings, hoarderMs: hoarderTimings.percentile(100), traces }
}

function filesOf(path: string): readonly string[] {
  return [path, `${path}-wal`, `${path}-shm`].filter(file => existsSync(file))
}

/** Resolves once nothing is left in the log: the database is being written anew, and the next one would wait for that. */
async function emptied(path: string): Promise<void> {
  const until = Date.now() + emptyWithinMs
  while ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0 && Date.now() < until) {
    await sleep(lookAgainMs)
  }
}

/** A file of any size, in pieces that overlap by the word. */
export function contains(file: string, word: string): boolean {
  const buffer = Buffer.alloc(pieceBytes)
  const open = openSync(file, 'r')
  try {
    for (let at = 0; ; at += pieceBytes - word.length) {
      const read = readSync(open, buffer, 0, pieceBytes, at)
      if (buffer.subarray(0, read).includes(word)) return true
      if (read < pieceBytes) return false
    }
  } finally {
    closeSync(open)
  }
}
