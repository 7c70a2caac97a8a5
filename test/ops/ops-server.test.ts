import { describe, expect, it } from 'vitest'
import { Alarms } from '#src/ops/alarms.ts'
import { Metrics } from '#src/ops/metrics.ts'
import { startOpsServer } from '#src/ops/ops-server.ts'
import { type Check, Readiness } from '#src/ops/readiness.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

async function open(checks: readonly Check[] = []) {
  const clock = new ManualClock()
  const parts = { readiness: new Readiness(checks, clock), alarms: new Alarms(clock), metrics: new Metrics() }
  const server = await startOpsServer({ host: '127.0.0.1', port: 0, ...parts })
  const get = async (path: string, method = 'GET') => {
    const response = await fetch(server.url + path, { method })
    return { status: response.status, body: await response.text() }
  }
  return { ...parts, clock, get, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

const away = { state: 'fault', cause: 'it hangs', cure: 'wake it' } as const
const alarm = {
  type: 'alarm',
  name: 'second speaker',
  platform: 'discord',
  cause: 'two speak',
  cure: 'end one',
} as const

describe('the ops server', () => {
  it('is healthy as long as it answers, and ready only when every check is', async () => {
    let finding: Awaited<ReturnType<Check['look']>> = { state: 'ok' }
    await using ops = await open([{ name: 'database', look: () => finding }])
    expect(await ops.get('/healthz')).toEqual({ status: 200, body: 'ok\n' })
    expect((await ops.get('/readyz')).status).toBe(200)
    finding = away
    await ops.clock.advance(2_000)
    const { status, body } = await ops.get('/readyz')
    expect(status).toBe(503)
    expect(JSON.parse(body)).toEqual({ ready: false, checks: [{ name: 'database', ...away }], alarms: [] })
    expect((await ops.get('/healthz')).status).toBe(200)
  })

  it('looks once for all who ask at the same time, and not again for two seconds', async () => {
    let looks = 0
    const look = () => {
      looks++
      return { state: 'ok' } as const
    }
    await using ops = await open([{ name: 'vllm', look }])
    await Promise.all([ops.get('/readyz'), ops.get('/readyz'), ops.get('/readyz')])
    await ops.clock.advance(1_999)
    await ops.get('/readyz')
    expect(looks).toBe(1)
    await ops.clock.advance(1)
    await ops.get('/readyz')
    expect(looks).toBe(2)
  })

  it('calls a fault what does not answer in time, and what breaks', async () => {
    let isAborted = false
    const hang = (signal: AbortSignal) =>
      new Promise<never>(() => signal.addEventListener('abort', () => (isAborted = true)))
    const clock = new ManualClock()
    const broken = () => {
      throw new Error('words of somebody')
    }
    const readiness = new Readiness(
      [
        { name: 'slow', look: hang },
        { name: 'broken', look: broken },
      ],
      clock,
    )
    const looking = readiness.look()
    await clock.advance(4_000)
    const found = await looking
    expect(found.map(({ name, state }) => [name, state])).toEqual([
      ['slow', 'fault'],
      ['broken', 'fault'],
    ])
    expect(JSON.stringify(found)).not.toContain('words of somebody')
    expect(isAborted).toBe(true)
    expect(clock.pending).toBe(0)
  })

  it('names an alarm with its cure for ten minutes, and counts it', async () => {
    await using ops = await open()
    for (const telemetry of [ops.alarms, ops.metrics]) telemetry.tell(alarm)
    ops.alarms.tell(alarm)
    const { status, body } = await ops.get('/readyz')
    const { type: _, ...told } = alarm
    expect([status, JSON.parse(body).alarms]).toEqual([200, [{ ...told, at: '2026-11-23T12:00:00.000Z', times: 2 }]])
    expect((await ops.get('/metrics')).body).toContain(
      'aeries_alarms_total{name="second speaker",platform="discord"} 1',
    )
    await ops.clock.advance(10 * 60_000 + 1)
    expect(JSON.parse((await ops.get('/readyz')).body).alarms).toEqual([])
  })

  it('has nothing else, and takes nothing', async () => {
    await using ops = await open()
    expect((await ops.get('/')).status).toBe(404)
    expect((await ops.get('/metrics', 'POST')).status).toBe(405)
  })
})

describe('the metrics', () => {
  it('tell of a reply', async () => {
    const metrics = new Metrics()
    metrics.tell({ type: 'turn begun' })
    metrics.tell({ type: 'typing', platform: 'discord', sinceAcceptMs: 30 })
    metrics.tell({ type: 'first text', platform: 'discord', sinceAcceptMs: 420, sinceTokenMs: 150 })
    metrics.tell({ type: 'write', platform: 'discord', phase: 'first', outcome: 'written', ageMs: 150 })
    metrics.tell({ type: 'write', platform: 'discord', phase: 'final', outcome: 'rate-limited', ageMs: undefined })
    const usage = { promptTokens: 100, cachedTokens: 80, completionTokens: 7 }
    metrics.tell({ type: 'generated', usage })
    metrics.tell({ type: 'last text', platform: 'discord', sinceTokenMs: 90 })
    metrics.tell({ type: 'turn closed', platform: 'discord', outcome: 'done' })
    metrics.tell({ type: 'observed', outcome: 'nothing', reason: 'nothing claimed' })
    metrics.tell({ type: 'brief', outcome: 'whole', ms: 1.5, tokens: 0 })
    metrics.tell({ type: 'brief', outcome: 'failed', ms: 0, tokens: 0 })
    metrics.tell({ type: 'feedback', platform: 'slack', verdict: 'too long', persona: 'Aeries' })
    const page = await metrics.page()
    for (const line of [
      'aeries_typing_seconds_bucket{le="0.05",platform="discord"} 1',
      'aeries_first_text_seconds_sum{platform="discord"} 0.42',
      'aeries_first_text_delay_seconds_sum{platform="discord"} 0.15',
      'aeries_last_text_delay_seconds_bucket{le="0.1",platform="discord"} 1',
      'aeries_shown_text_age_seconds_count{platform="discord"} 1',
      'aeries_writes_total{platform="discord",phase="first",outcome="written"} 1',
      'aeries_writes_total{platform="discord",phase="final",outcome="rate-limited"} 1',
      'aeries_tokens_total{kind="prompt"} 100',
      'aeries_tokens_total{kind="cached"} 80',
      'aeries_tokens_total{kind="completion"} 7',
      'aeries_turns_total{platform="discord",outcome="done"} 1',
      'aeries_turns_open 1',
      'aeries_observed_total{outcome="nothing",reason="nothing claimed"} 1',
      'aeries_briefs_total{outcome="failed"} 1',
      'aeries_feedback_total{platform="slack",verdict="too long",persona="Aeries"} 1',
      'aeries_brief_seconds_sum 0.0015',
      'aeries_brief_tokens_bucket{le="0"} 1',
    ])
      expect(page.split('\n')).toContain(line)
  })

  it('show what is there, leave out what is not, and what cannot be read', async () => {
    const metrics = new Metrics()
    let bytes: number | undefined
    const fails = () => {
      throw new Error('locked')
    }
    metrics.show([
      { name: 'bytes', help: 'Bytes.', read: () => bytes },
      { name: 'broken', help: 'Broken.', read: fails },
      { name: 'each', help: 'Each.', label: 'check', readEach: () => ({ vllm: 1, database: 0 }) },
    ])
    expect(await metrics.page()).not.toMatch(/^aeries_(bytes|broken)/m)
    bytes = 7
    const page = await metrics.page()
    expect(page).toMatch(/^aeries_bytes 7$/m)
    expect(page).toMatch(/^aeries_each\{check="vllm"\} 1\naeries_each\{check="database"\} 0$/m)
    bytes = undefined
    expect(await metrics.page()).not.toMatch(/^aeries_bytes/m)
  })
})
