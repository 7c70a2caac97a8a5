import { cpus } from 'node:os'
import type { Browser, Page } from 'playwright-core'

type Load<Told> = Readonly<{
  told: Told
  /** CPU time of the page's own thread for a frame: the mean, and what 95 % of them do with. It marks each: `performance.mark('frame')`. */
  meanMs: number
  mostMs: number
  /** CPU time of the whole browser, in ms. */
  wholeMs: number
  /** The page's thread hardly ever waited for a core, and the machine had time left. */
  isFree: boolean
}>

type Event = Readonly<{ name: string; ph: string; pid: number; tid: number; ts: number; dur?: number; tdur?: number }>

/** Counts what a page needs while it does something. The clock of a thread stands while others have the core. */
export async function loadOf<Told>(page: Page, work: () => Promise<Told>): Promise<Load<Told>> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('It has no browser.')
  const [wholeBefore, idleBefore] = [await cpuMs(browser), idle()]
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] })
  const told = await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: readonly Event[] }
  const [wholeAfter, idleAfter] = [await cpuMs(browser), idle()]
  const marks = traceEvents.filter(({ name }) => name === 'frame')
  const [{ pid, tid } = { pid: 0, tid: 0 }] = marks
  const tasks = traceEvents
    .filter(one => one.pid === pid && one.tid === tid && one.ph === 'X' && one.name.endsWith('RunTask'))
    .toSorted((one, other) => one.ts - other.ts)
  const needs = framesOf(tasks, marks).toSorted((one, other) => one - other)
  const [ran, took] = [sum(tasks.map(one => one.tdur ?? 0)), sum(tasks.map(one => one.dur ?? 0))]
  const idleShare = (idleAfter.idle - idleBefore.idle) / (idleAfter.all - idleBefore.all)
  return {
    told,
    meanMs: sum(needs) / needs.length,
    mostMs: needs[Math.floor(needs.length * 0.95)] ?? Number.NaN,
    wholeMs: wholeAfter - wholeBefore,
    isFree: took < ran * 1.15 && idleShare > 0.3,
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

function idle(): Readonly<{ idle: number; all: number }> {
  const times = cpus().map(one => one.times)
  return { idle: sum(times.map(one => one.idle)), all: sum(times.flatMap(one => Object.values(one))) }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
