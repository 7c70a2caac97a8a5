import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { chat, chatBody, deltasOf, fetchPath, leavable, textOf } from './wire.ts'

const body = chatBody('q')
const endless = 600_000

describe('the queue', () => {
  it('lets so many run and the others wait, headers out, in the order of their coming', async () => {
    await using server = await createVllmServer({ maxNumSeqs: 1 })
    // The first one stays until all are there.
    server.script(
      { name: 'a', tokens: ['a'], fault: { kind: 'hold', at: 'first' } },
      { name: 'b', tokens: ['b'] },
      { name: 'c', tokens: ['c'] },
    )
    const all = ['1', '2', '3'].map(question => chat(server.url, chatBody(question)))
    await server.until(() => server.calls.length === 3)
    await server.until(() => server.calls.every(call => call.status === 200))
    expect([server.running, server.waiting]).toEqual([1, 2])
    await server.setState({ health: 'ok' })
    await Promise.all(all)
    const started = server.calls.map(call => call.startedAt ?? 0)
    expect(started).toEqual([...started].sort((one, other) => one - other))
    expect([server.running, server.waiting]).toEqual([0, 0])
  })

  it.each([
    ['priority', 'chat'],
    ['fcfs', 'observer'],
  ] as const)('under %s starts the %s first', async (schedulingPolicy, first) => {
    await using server = await createVllmServer({ maxNumSeqs: 1, schedulingPolicy })
    server.script({ tokens: ['x', 'y'], itlMs: endless })
    const running = leavable(server.url, body)
    await server.until(() => server.running === 1)
    const observer = chat(server.url, { ...chatBody('observer'), priority: 10 })
    await server.until(() => server.waiting === 1)
    const talk = chat(server.url, { ...chatBody('chat'), priority: 20 }, { 'x-vllm-priority': '0' })
    await server.until(() => server.waiting === 2)
    running.leave()
    await Promise.all([observer, talk])
    const [, one, other] = server.calls
    const observerWasFirst = (one?.startedAt ?? 0) < (other?.startedAt ?? 0)
    expect(observerWasFirst ? 'observer' : 'chat').toBe(first)
  })

  it('refuses with 503 before the stream when it is full, and counts it', async () => {
    await using server = await createVllmServer({ maxNumSeqs: 1, maxQueuedReqs: 2 })
    server.script({ tokens: ['x', 'y'], itlMs: endless })
    const both = [leavable(server.url, body), leavable(server.url, body)]
    await server.until(() => server.waiting === 1)
    const answer = await chat(server.url, body)
    expect([answer.status, JSON.parse(answer.text).error.type]).toEqual([503, 'Service Unavailable'])
    expect(answer.headers['retry-after']).toBeUndefined()
    expect((await fetchPath(server.url, '/metrics')).text).toMatch(
      /admission_rejections_total\{.*reason="max_num_queued_reqs"\} 1\.0/,
    )
    for (const one of both) one.leave()
  })
})

describe('a client that leaves', () => {
  it('frees the slot at once, and the call tells when and how far it got', async () => {
    await using server = await createVllmServer()
    server.script({ tokens: ['a', 'b', 'c'], itlMs: [0, endless] })
    const one = leavable(server.url, body)
    await server.until(() => server.running === 1)
    one.leave()
    const call = await server.until(() => server.calls.find(made => made.outcome === 'aborted'))
    expect(call).toMatchObject({ tokensSent: 2, text: 'ab', finish: null })
    expect(call.abortedAt).toBe(call.endedAt)
    expect(server.running).toBe(0)
  })

  it('gives its place in the queue back, streamed or not', async () => {
    await using server = await createVllmServer({ maxNumSeqs: 1 })
    server.script({ tokens: ['a', 'b'], itlMs: endless })
    const running = leavable(server.url, body)
    await server.until(() => server.running === 1)
    const queued = [leavable(server.url, body), leavable(server.url, { ...body, stream: false })]
    await server.until(() => server.waiting === 2)
    for (const one of queued) one.leave()
    await server.until(() => server.waiting === 0)
    running.leave()
    await server.until(() => server.running === 0)
    expect(server.calls.map(call => call.outcome)).toEqual(['aborted', 'aborted', 'aborted'])
    expect((await fetchPath(server.url, '/metrics')).text).toMatch(/finished_reason="abort".* 0\.0/) // as the real one: not counted
  })
})

it('serves three hundred answers at once and mixes none of them', async () => {
  await using server = await createVllmServer({ latency: { ttftMs: 5, itlMs: 1 } })
  const all = await Promise.all(
    Array.from({ length: 300 }, (_, at) => chat(server.url, chatBody(`tell me of tag${at}x`))),
  )
  all.forEach((answer, at) => {
    expect(textOf(answer.text)).toContain(`“tag${at}x”`)
    expect(deltasOf(answer.text).at(-1)?.finish_reason).toBe('stop')
  })
})

it('keeps the pace of its preset without drifting', async () => {
  await using server = await createVllmServer({ latency: { ttftMs: 40, itlMs: 5 } })
  server.script({ tokens: Array.from({ length: 41 }, () => 'x') })
  const before = performance.now()
  await chat(server.url, body)
  // 40 + 41 gaps of 5 ms (the end is a token, too); a chain of timers would add about a millisecond a token.
  expect(performance.now() - before).toBeGreaterThanOrEqual(40 + 41 * 5 - 2)
  const call = await server.until(() => server.calls[0])
  expect((call.firstTokenAt ?? 0) - (call.startedAt ?? 0)).toBeGreaterThanOrEqual(38)
})

it('rejects a wait whose signal aborts', async () => {
  await using server = await createVllmServer()
  await expect(server.until(() => server.calls[0], AbortSignal.timeout(5))).rejects.toThrow()
})
