import { request } from 'node:http'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { describe, expect, it } from 'vitest'
import { emptyBrief } from '#src/core/brief.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { Alarms } from '#src/ops/alarms.ts'
import { InsideFeed } from '#src/ops/inside-feed.ts'
import { Metrics } from '#src/ops/metrics.ts'
import { startOpsServer } from '#src/ops/ops-server.ts'
import { Readiness } from '#src/ops/readiness.ts'
import { watchBriefs } from '#src/ops/watch-briefs.ts'
import { watchLearning } from '#src/ops/watch-learning.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { aLesson, aSignal, aStatement, mira, when } from '#test/support/a-lesson.ts'
import { anAsked } from '#test/support/an-asked.ts'
import { dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

async function open(isOpen = true) {
  const feed = new InsideFeed()
  const clock = new ManualClock()
  let looked = 0
  const glances = [{ name: 'queue', everyMs: 100, look: () => ({ waiting: looked++ < 2 ? 1 : 2 }) }]
  const parts = { readiness: new Readiness([], clock), alarms: new Alarms(clock), metrics: new Metrics() }
  const inside = isOpen ? { feed, glances, clock } : undefined
  const server = await startOpsServer({ host: '127.0.0.1', port: 0, ...parts, inside })
  return { feed, clock, url: server.url, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

async function watch(url: string, signal: AbortSignal) {
  const { status, body } = await fetch(`${url}/inside`, { signal })
  if (status !== 200 || body === null) throw new Error(`status ${status}`)
  const events = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader()
  return async () => {
    const { value } = await events.read()
    return [value?.event, JSON.parse(value?.data ?? 'null')]
  }
}

/** `fetch` sets Host and Origin by itself. */
function statusFor(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(`${url}/inside`, { headers }, response => {
      resolve(response.statusCode)
      response.destroy()
    })
    asking.on('error', reject).end()
  })
}

describe('/inside', () => {
  it('tells what happens while somebody watches, and what it looks at when that has changed', async () => {
    await using ops = await open()
    const leaving = new AbortController()
    expect(ops.feed.isWatched).toBe(false)
    const next = await watch(ops.url, leaving.signal)
    expect(await next()).toEqual(['queue', { waiting: 1 }])
    ops.feed.tell({ type: 'turn begun' })
    expect(await next()).toEqual(['telling', { telling: { type: 'turn begun' } }])
    await ops.clock.advance(100)
    await ops.clock.advance(100)
    expect(await next()).toEqual(['queue', { waiting: 2 }])
    leaving.abort()
    await expect.poll(() => ops.feed.isWatched).toBe(false)
    await expect.poll(() => ops.clock.pending).toBe(0)
  })

  it('is not there unless it was asked for', async () => {
    await using ops = await open(false)
    expect((await fetch(`${ops.url}/inside`)).status).toBe(404)
  })

  it('answers to its own name and its own pages only', async () => {
    await using ops = await open()
    const { host, port } = new URL(ops.url)
    expect(await statusFor(ops.url, { host: `evil.example:${port}` })).toBe(403)
    expect(await statusFor(ops.url, { host, origin: 'http://evil.example' })).toBe(403)
    expect(await statusFor(ops.url, { host, origin: 'null' })).toBe(403)
    expect(await statusFor(ops.url, { host: `localhost:${port}` })).toBe(200)
    expect(await statusFor(ops.url, { host, origin: `http://${host}` })).toBe(200)
  })
})

describe('what is watched', () => {
  it('is what was learnt, signalled and taken back', async () => {
    using store = openStore({ path: ':memory:' })
    await store.turns.receive(anAsked())
    const feed = new InsideFeed()
    const seen: unknown[] = []
    feed.watch(({ type, ...rest }) => seen.push([type, rest]))
    const learning = watchLearning(store.learning, feed)
    const lesson = aLesson({ statements: [aStatement()] })
    const { statements: _, signals: __, ...about } = lesson
    const signal = aSignal()
    await learning.learn(lesson, [])
    await learning.writeSignal(about, signal)
    await learning.retract(mira, signal.source)
    expect(seen).toEqual([
      ['lesson', { lesson, learnt: { statements: 1, signals: 0, forgotten: 0 } }],
      ['signal', { person: mira, workspace: lesson.workspace, signal, outcome: 'new' }],
      ['retracted', { person: mira, from: signal.source, found: true }],
    ])
  })

  it('is a brief with the words that its lines come from, and no reply waits for those', async () => {
    using store = openStore({ path: ':memory:' })
    await store.turns.receive(anAsked())
    const statement = aStatement({ slot: 'role', value: 'nurse', kind: 'fact', quote: 'I am a nurse' })
    await store.learning.learn(aLesson({ statements: [statement] }), [])
    const writer = createBriefWriter({ learning: store.learning, count: estimateTokens, log: new KeptLog() })
    const feed = new InsideFeed()
    const clock = new ManualClock()
    const briefs = watchBriefs(writer, { learning: store.learning, inside: feed, clock })
    const question = { person: mira, place: dm, words: 'hello', at: when(1_000), isFresh: true }

    await briefs.brief(question)
    expect(clock.pending).toBe(0)

    const { promise: shown, resolve } = Promise.withResolvers<unknown>()
    feed.watch(resolve)
    const brief = await briefs.brief(question)
    expect(brief.standing).toContain('nurse')
    await clock.advance(0)
    const quotes = [{ quote: 'I am a nurse', at: when(0) }]
    const [line] = brief.lines.filter(({ trait }) => trait !== undefined)
    const sources = [{ trait: line?.trait, since: when(0), scope: 'dm', quotes }]
    expect(await shown).toEqual({ type: 'brief', question, brief, sources })
  })

  it('costs a reply nothing when looking it up fails', async () => {
    const feed = new InsideFeed()
    const { promise: shown, resolve } = Promise.withResolvers<unknown>()
    feed.watch(resolve)
    const known = () => {
      throw new Error('locked')
    }
    const brief = { ...emptyBrief, lines: [{ text: 'a line', trait: 'a trait' as never }] }
    const briefs = watchBriefs({ brief: () => brief }, { learning: { known }, inside: feed, clock: systemClock })
    const question = { person: mira, place: dm, words: '', at: when(0), isFresh: true }
    expect(await briefs.brief(question)).toBe(brief)
    expect(await shown).toEqual({ type: 'brief', question, brief, sources: [] })
  })
})
