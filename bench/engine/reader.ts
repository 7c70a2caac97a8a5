import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom } from '#bench/history/random.ts'
import { readAsAeries } from './aeries-reader.ts'
import { readBare } from './bare-reader.ts'
import { readAsClient } from './client-reader.ts'
import { readWithOpenai } from './openai-reader.ts'
import type { Books, ReadAnswer } from './read-answer.ts'
import type { ReaderAsk, ReaderKind, ReaderSample } from './wire.ts'

/** A reader of answers as a process of its own, so that its CPU time and memory are nobody else's. */

const [kind, url = ''] = process.argv.slice(2)
const books: Books = { live: 0, firstTextMs: {} }
let asked = 0
const read = await open(kind as ReaderKind)

process.on('message', (ask: ReaderAsk) => void take(ask))
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })

function open(reader: ReaderKind): Promise<ReadAnswer> | ReadAnswer {
  switch (reader) {
    case 'bare':
      return readBare(url, books)
    case 'client':
      return readAsClient(url, books)
    case 'aeries':
      return readAsAeries(url, books)
    case 'openai':
      return readWithOpenai(url, books)
    default:
      return reader satisfies never
  }
}

async function take(ask: ReaderAsk): Promise<void> {
  switch (ask.type) {
    case 'read':
      await arrive(ask)
      break
    case 'drain':
      await drain(ask)
      break
    case 'sample':
      if (ask.collect) globalThis.gc?.()
      break
    default:
      ask satisfies never
  }
  process.send?.(sample())
}

/** Answers once all have come; reading goes on. */
async function arrive({ answers, withinMs, arrivals }: Extract<ReaderAsk, { type: 'read' }>): Promise<void> {
  const random = createRandom(11)
  const times = Array.from({ length: answers }, (_, index) =>
    // Poisson arrivals of a known number are that many even draws.
    arrivals === 'even' ? (index / answers) * withinMs : random() * withinMs,
  ).sort((one, other) => one - other)
  const begin = performance.now()
  for (const at of times) {
    const wait = begin + at - performance.now()
    if (wait > 0) await sleep(wait)
    asked += 1
    // The server cuts what is still read when it ends.
    read(asked).catch(() => undefined)
  }
}

async function drain({ answers, atOnce }: Extract<ReaderAsk, { type: 'drain' }>): Promise<void> {
  const last = asked + answers
  const work = async () => {
    while (asked < last) {
      asked += 1
      await read(asked)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

function sample(): ReaderSample {
  const { user, system } = process.cpuUsage()
  const { heapUsed, external } = process.memoryUsage()
  return { ...books, cpuMicroseconds: user + system, memory: heapUsed + external, reads: readCalls() }
}

/** Read calls of this process so far; one that brings two records shows that packets were waiting. Linux counts them. */
function readCalls(): number | undefined {
  try {
    return Number(/^syscr: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])
  } catch {
    return undefined
  }
}
