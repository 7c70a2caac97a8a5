import { cpus, loadavg } from 'node:os'
import type { Bench, BenchRun } from './frame/bench.ts'
import { figure } from './frame/figure.ts'
import { briefingMs } from './web/briefings.ts'
import { type Crowd, type CrowdPlan, Ends } from './web/crowd.ts'
import { type OpenDoor, openDoor, type ServiceSample } from './web/service.ts'

/** At once, as fast as a server of that many answers; so far apart that no two begin together by plan. */
const streaming: CrowdPlan = { streams: 100, apartMs: 60, answering: { tokens: 400, itlMs: 40, ttftMs: 50 } }
/** None ends before all are open. */
const open: CrowdPlan = { streams: 1_000, apartMs: 12, answering: { itlMs: 1_000, ttftMs: 50 } }

export const bench: Bench = {
  about: 'the web door: from a first token to its event with 100 streams at once, 1,000 open streams, the briefing',
  options: {},
  run,
}

async function run({ progress, signal }: BenchRun) {
  const loadBefore = loadavg()
  await using parts = new AsyncDisposableStack()
  const ends = parts.use(await Ends.open(signal))
  const door = await openDoor(parts, ends.modelUrl)
  const briefing = await briefingMs(door.url, signal)
  progress(`briefing: p99 ${briefing.percentile(99)} ms`)
  const first = await measure(ends, door, 's', streaming)
  progress(`first token of ${streaming.streams}: p95 ${first.firstToken.percentile(95)} ms`)
  const many = await measure(ends, door, 'o', open)
  progress(`${many.whole} of ${open.streams} open streams brought all`)
  const lower = { unit: 'ms', better: 'lower' } as const
  const higher = { unit: 'answers', better: 'higher' } as const
  return {
    figures: [
      figure({ name: 'first token to event, p95', value: first.firstToken.percentile(95), limit: 20, ...lower }),
      figure({ name: 'whole answers of 100', value: first.whole, limit: 100, ...higher }),
      figure({ name: 'open streams at once', value: many.atOnce, limit: 1_000, ...higher }),
      figure({ name: 'open streams, whole', value: many.whole, limit: 1_000, ...higher }),
      figure({ name: 'briefing, p99', value: briefing.percentile(99), limit: 10, ...lower }),
    ],
    beside: {
      machine: { cores: cpus().length, loadBefore, loadAfter: loadavg() },
      streaming: { plan: streaming, ...seen(first) },
      open: { plan: open, ...seen(many) },
      briefing: briefing.percentiles(),
    },
  }
}

type Measured = Crowd & Readonly<{ service: ServiceSample & Readonly<{ cpuMsPerToken: number }> }>

async function measure(ends: Ends, door: OpenDoor, series: string, plan: CrowdPlan): Promise<Measured> {
  const before = await door.sample()
  const crowd = await ends.read(door.url, series, plan)
  const after = await door.sample()
  const cpuMs = Math.round(after.cpuMs - before.cpuMs)
  const cpuMsPerToken = Math.round((cpuMs * 1_000) / crowd.tokens) / 1_000
  return { ...crowd, service: { ...after, cpuMs, cpuMsPerToken } }
}

/** `withoutDoor` and `late…` tell how much of a time is the bench's own, or the machine's. */
function seen({ firstToken, anyToken, withoutDoor, shares, service, tokens, events, atOnce }: Measured) {
  return {
    firstToken: firstToken.percentiles(),
    anyToken: anyToken.percentiles(),
    withoutDoor: withoutDoor.percentiles(),
    ...{ tokens, events, atOnce, service, ...shares },
  }
}
