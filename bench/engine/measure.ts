import { setTimeout as sleep } from 'node:timers/promises'
import { Child } from '#bench/frame/child.ts'
import { Timings } from '#bench/frame/timings.ts'
import type { ReaderAsk, ReaderKind, ReaderSample, Served, Serving } from './wire.ts'

/** CPU time of a reader over some records. */
export type Cost = Readonly<{
  records: number
  microsecondsPerRecord: number
  recordsPerSecond: number
  /** Share of one core that it used. */
  load: number
  /** 1: every record came by itself. Less: packets waited for a busy reader, which then read them cheaply together. */
  readsPerRecord: number | undefined
  /** Of a paced reading: seconds that were measured, and how many of them nothing disturbed. */
  seconds?: number
  undisturbed?: number
}>

/** What one reader measures: a server and the reader, each a process of its own. */
class Pair implements AsyncDisposable {
  readonly #parts: AsyncDisposableStack
  readonly #server: Child
  readonly #reader: Child
  readonly #signal: AbortSignal

  static async open(kind: ReaderKind, serving: Serving, signal: AbortSignal): Promise<Pair> {
    const parts = new AsyncDisposableStack()
    try {
      const server = parts.use(new Child({ script: 'bench/engine/packet-server.ts' }))
      const { url } = await server.heard<{ url: string }>(signal)
      const reader = parts.use(
        new Child({ script: 'bench/engine/reader.ts', args: [kind, url], flags: ['--expose-gc'] }),
      )
      await reader.heard(signal)
      const pair = new Pair(parts, server, reader, signal)
      await pair.#ask(server, { type: 'serve', serving })
      return pair
    } catch (error) {
      await parts.disposeAsync()
      throw error
    }
  }

  private constructor(parts: AsyncDisposableStack, server: Child, reader: Child, signal: AbortSignal) {
    this.#parts = parts
    this.#server = server
    this.#reader = reader
    this.#signal = signal
  }

  read(ask: ReaderAsk): Promise<ReaderSample> {
    return this.#ask(this.#reader, ask)
  }

  served(): Promise<Served> {
    return this.#ask(this.#server, { type: 'sample' })
  }

  wait(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#signal })
  }

  async #ask<Answer>(child: Child, ask: object): Promise<Answer> {
    const heard = child.heard<Answer>(this.#signal)
    child.tell(ask)
    return await heard
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.disposeAsync()
  }
}

export type PacedPlan = Readonly<{
  answers: number
  perSecond: number
  /** What is measured, after the answers have begun and gone on for `warmMs` each. */
  seconds: number
  warmMs: number
}>

/**
 * Many answers at an even pace, every record in a packet of its own, once all of them are under way. A second in which
 * packets lay waiting, because something else took the machine, is not counted: it is measured anew, so often as is fair.
 */
export async function measurePaced(kind: ReaderKind, plan: PacedPlan, signal: AbortSignal): Promise<Cost> {
  const { answers, perSecond, seconds, warmMs } = plan
  await using pair = await Pair.open(kind, { type: 'paced', perSecond, firstAfterMs: 50 }, signal)
  await pair.read({ type: 'read', answers, withinMs: warmMs, arrivals: 'even' })
  await pair.wait(warmMs)
  const measured: Cost[] = []
  const undisturbed = () => measured.filter(({ readsPerRecord = 1 }) => readsPerRecord >= oneByOne)
  let last = await look(pair)
  while (undisturbed().length < seconds && measured.length < seconds * triesPerSecond) {
    await pair.wait(1_000)
    const next = await look(pair)
    measured.push(costOf(last.reader, next.reader, next.served.records - last.served.records, next.at - last.at))
    last = next
  }
  const good = undisturbed()
  return { ...middle(good.length > 0 ? good : measured), seconds: measured.length, undisturbed: good.length }
}

async function look(pair: Pair) {
  const [reader, served] = await Promise.all([pair.read({ type: 'sample', collect: false }), pair.served()])
  return { reader, served, at: performance.now() }
}

function middle(costs: readonly Cost[]): Cost {
  const sorted = costs.toSorted((one, other) => one.microsecondsPerRecord - other.microsecondsPerRecord)
  return sorted[Math.floor(sorted.length / 2)] as Cost
}

export type BulkPlan = Readonly<{ answers: number; records: number; atOnce: number }>

/** Answers as fast as they are taken, in writes of 64 KB. */
export async function measureBulk(kind: ReaderKind, plan: BulkPlan, signal: AbortSignal): Promise<Cost> {
  const { answers, records, atOnce } = plan
  await using pair = await Pair.open(kind, { type: 'bulk', records }, signal)
  const begin = await pair.read({ type: 'drain', answers: Math.ceil(answers / 4), atOnce })
  const from = performance.now()
  const end = await pair.read({ type: 'drain', answers, atOnce })
  return costOf(begin, end, answers * records, performance.now() - from)
}

export type CrowdPlan = Readonly<{ answers: number; perSecond: number; withinMs: number; warmMs: number }>

export type Crowd = Readonly<{
  /** From the question to the first text, without what the server took for it: in ms. */
  ownShareMs: ReturnType<Timings['percentiles']>
  /** Heap and external memory that each live answer takes. */
  bytesPerAnswer: number
}>

/** So many answers at once, arriving as people do. */
export async function measureCrowd(kind: ReaderKind, plan: CrowdPlan, signal: AbortSignal): Promise<Crowd> {
  const { answers, perSecond, withinMs, warmMs } = plan
  await using pair = await Pair.open(kind, { type: 'paced', perSecond, firstAfterMs: 200 }, signal)
  // Code and connections of the first answers are not what a thousand cost.
  await pair.read({ type: 'read', answers: warmAnswers, withinMs: 500, arrivals: 'even' })
  await pair.wait(warmMs)
  const before = await pair.read({ type: 'sample', collect: true })
  const warm = new Set(Object.keys(before.firstTextMs))
  await pair.read({ type: 'read', answers, withinMs, arrivals: 'poisson' })
  await pair.wait(1_000)
  const after = await pair.read({ type: 'sample', collect: true })
  const { firstAfterMs } = await pair.served()
  const shares = new Timings()
  for (const [name, ms] of Object.entries(after.firstTextMs)) {
    if (!warm.has(name)) shares.add(ms - (firstAfterMs[name] ?? Number.NaN))
  }
  return { ownShareMs: shares.percentiles(), bytesPerAnswer: (after.memory - before.memory) / answers }
}

/** Reads per record from which records count as read one by one. */
const oneByOne = 0.9
const triesPerSecond = 4
const warmAnswers = 50

function costOf(begin: ReaderSample, end: ReaderSample, records: number, ms: number): Cost {
  const microseconds = end.cpuMicroseconds - begin.cpuMicroseconds
  return {
    records,
    microsecondsPerRecord: microseconds / records,
    recordsPerSecond: Math.round((records * 1_000) / ms),
    load: microseconds / 1_000 / ms,
    readsPerRecord:
      begin.reads === undefined || end.reads === undefined ? undefined : (end.reads - begin.reads) / records,
  }
}
