import type { Browser, Page } from 'playwright-core'
import { machineTime, watchForStandstill } from './machine-time.ts'

type Load<Told> = Readonly<{
  told: Told
  /** CPU time of the page's own thread for a frame: the mean, and what 95 % of them do with. It marks each: `performance.mark('frame')`. */
  meanMs: number
  mostMs: number
  /** CPU time of the whole browser, in ms. */
  wholeMs: number
  /** All the while the page's thread hardly ever waited for a core, the machine had time left, and others hardly used any of it. */
  isFree: boolean
}>

type Event = Readonly<{ name: string; ph: string; pid: number; tid: number; ts: number; dur?: number; tdur?: number }>

/** Counts what a page needs while it does something. The clock of a thread stands while others have the core. */
export async function loadOf<Told>(page: Page, work: () => Promise<Told>): Promise<Load<Told>> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('It has no browser.')
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] })
  // All of it is measured over the work alone: to begin and to end the tracing takes time of another kind.
  const [wholeBefore, before, standstill] = [await cpuMs(browser), machineTime(), watchForStandstill()]
  const told = await work()
  const [after, stoodStill, wholeAfter] = [machineTime(), standstill.end(), await cpuMs(browser)]
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: readonly Event[] }
  const marks = traceEvents.filter(({ name }) => name === 'frame')
  const [{ pid, tid } = { pid: 0, tid: 0 }] = marks
  const tasks = traceEvents
    .filter(one => one.pid === pid && one.tid === tid && one.ph === 'X' && one.name.endsWith('RunTask'))
    .toSorted((one, other) => one.ts - other.ts)
  const needs = framesOf(tasks, marks).toSorted((one, other) => one - other)
  const [ran, took] = [sum(tasks.map(one => one.tdur ?? 0)), sum(tasks.map(one => one.dur ?? 0))]
  const wholeMs = wholeAfter - wholeBefore
  const [idleMs, allMs] = [after.idleMs - before.idleMs, after.allMs - before.allMs]
  const othersMs = allMs - idleMs - wholeMs
  return {
    told,
    meanMs: sum(needs) / needs.length,
    mostMs: needs[Math.floor(needs.length * 0.95)] ?? Number.NaN,
    wholeMs,
    isFree: took < ran * 1.15 && idleMs > allMs * 0.3 && othersMs < allMs * 0.1 && !stoodStill,
  }
}

/** What was done for each frame: up to the task that it was marked in, that one included. In ms. */
function framesOf(tasks: readonly Event[], marks: readonly Event[]): readonly number[] {
  const frames: number[] = []
  let [need, at] = [0, 0]
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    need += tdur / 1000
    const from = at
    while ((marks[at]?.ts ?? Number.POSITIVE_INFINITY) < ts + dur) at += 1
    if (at === from) continue
    frames.push(need)
    need = 0
  }
  return frames
}

async function cpuMs(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return sum(processInfo.map(({ cpuTime }) => cpuTime * 1000))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
