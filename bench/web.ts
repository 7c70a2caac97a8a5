import { setTimeout as sleep } from 'node:timers/promises'
import { Service } from '#test/support/start-service.ts'
import { WebClient } from '#test/support/web-client.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { figure } from './frame/figure.ts'
import { Timings } from './frame/timings.ts'
import { askAll, firstTokenMs, model, type Talk, talkers } from './web/talkers.ts'

/** At once, as fast as a server of that many answers; so far apart that no two begin together by plan. */
const streaming = { streams: 100, tokens: 400, itlMs: 40, apartMs: 60 } as const
const open = { streams: 1_000, tokens: 30, itlMs: 1_000, apartMs: 12 } as const
const briefings = 300
/** Only then there is something to tell. */
const learntWithinMs = 30_000

export const bench: Bench = {
  about: 'the web door: from a first token to its event with 100 streams at once, 1,000 open streams, the briefing',
  options: {},
  run,
}

async function run({ progress, signal }: BenchRun) {
  await using parts = new AsyncDisposableStack()
  const vllm = parts.use(await model())
  const url = await openDoor(parts, vllm.url)
  const briefing = await briefingMs(url, signal)
  progress(`briefing: p99 ${briefing.percentile(99)} ms`)
  const first = await talk(streaming)
  progress(`first token of ${streaming.streams}: p95 ${first.ms.percentile(95)} ms`)
  const many = await talk(open)
  progress(`${many.whole} of ${open.streams} open streams brought all`)
  return {
    figures: [
      figure({
        name: 'first token to event, p95',
        value: first.ms.percentile(95),
        unit: 'ms',
        limit: 20,
        better: 'lower',
      }),
      figure({ name: 'whole answers of 100', value: first.whole, unit: 'answers', limit: 100, better: 'higher' }),
      figure({ name: 'open streams, whole', value: many.whole, unit: 'answers', limit: 1_000, better: 'higher' }),
      figure({ name: 'briefing, p99', value: briefing.percentile(99), unit: 'ms', limit: 10, better: 'lower' }),
    ],
    beside: {
      streaming,
      open,
      atOnce: [first.atOnce, many.atOnce],
      firstToken: first.ms.percentiles(),
      firstTokenOpen: many.ms.percentiles(),
      briefing: briefing.percentiles(),
    },
  }

  async function talk(plan: typeof streaming | typeof open) {
    const talks = await talkers(url, vllm, plan.streams, plan.tokens, plan.itlMs)
    try {
      const streams = await askAll(talks, plan.apartMs, signal)
      const atOnce = streams.filter(({ isDone }) => !isDone).length
      const ms = firstTokenMs(vllm, talks, streams)
      await Promise.all(streams.map(({ over }) => over))
      const whole = streams.filter(({ text, isDone }, at) => isDone && text === talks[at]?.said).length
      return { ms, atOnce, whole }
    } finally {
      await Promise.all(talks.map(({ client }: Talk) => client[Symbol.asyncDispose]()))
    }
  }
}

/** `npm start` as a process of its own, without the limits of one person: here one is a thousand. */
async function openDoor(parts: AsyncDisposableStack, vllmUrl: string): Promise<string> {
  const limits = { MESSAGES_PER_MINUTE: '0', MESSAGES_PER_DAY: '0', TOKENS_PER_DAY: '0', VLLM_MAX_CONCURRENT: '2000' }
  const times = { VLLM_TOTAL_MS: '600000', LOG_LEVEL: 'info', DATABASE_PATH: ':memory:', OBSERVER_QUIET_MS: '0' }
  const service = parts.use(new Service({ ...limits, ...times, WEB_PORT: '0', VLLM_URL: vllmUrl }))
  await service.says('Aeries is here')
  const { url } = JSON.parse(service.said.split('\n').find(line => line.includes('the web door is open')) ?? '{}') as {
    url: string
  }
  return url
}

async function briefingMs(url: string, signal: AbortSignal): Promise<Timings> {
  await using client = new WebClient(url)
  const id = await client.begin()
  await using stream = await client.chat(id, 'Please call me Mo, keep it short, and I work with TypeScript.')
  await stream.over
  const path = `/api/briefing?conversationId=${id}`
  while (((await client.ask('GET', path)).json['lines'] as readonly unknown[]).length === 0) {
    await sleep(100, undefined, { signal: AbortSignal.any([signal, AbortSignal.timeout(learntWithinMs)]) })
  }
  const timings = new Timings()
  for (let asked = 0; asked < briefings; asked += 1) {
    await timings.measure(() => client.ask('GET', path))
    if (asked % 50 === 0) await sleep(1, undefined, { signal })
  }
  return timings
}
