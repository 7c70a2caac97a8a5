import { connect } from 'node:net'
import { request } from 'undici'
import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { chat, chatBody, fetchPath, leavable, rawChat, recordsOf, textOf } from './wire.ts'

const body = chatBody('q')
const endless = 600_000

describe('an engine that died', () => {
  it('tells so in open streams, refuses new requests, and is unhealthy', async () => {
    await using server = await createVllmServer()
    server.script({ tokens: ['a', 'b', 'c'], itlMs: [0, endless] })
    const one = leavable(server.url, body)
    await server.until(() => server.calls[0]?.tokensSent === 2)
    await server.setState({ health: 'dead' })
    const text = await one.ended
    expect([textOf(text), recordsOf(text).at(-1)]).toEqual(['ab', '[DONE]'])
    expect(text).toContain('{"error": {"message": "EngineCore encountered an issue')
    expect(await chat(server.url, body)).toMatchObject({ status: 500 })
    expect([(await fetchPath(server.url, '/health')).status, (await fetchPath(server.url, '/ping')).status]).toEqual([
      503, 503,
    ])
    await server.setState({ health: 'ok' })
    expect([(await fetchPath(server.url, '/health')).status, (await chat(server.url, body)).status]).toEqual([200, 200])
  })

  it('answers whole answers with an error as well, also those that wait', async () => {
    await using server = await createVllmServer({ maxNumSeqs: 1, latency: { ttftMs: endless } })
    const all = [chat(server.url, { ...body, stream: false }), chat(server.url, { ...body, stream: false })]
    await server.until(() => server.waiting === 1)
    await server.setState({ health: 'dead' })
    expect((await Promise.all(all)).map(answer => answer.status)).toEqual([500, 500])
    expect([server.running, server.waiting]).toEqual([0, 0])
  })
})

describe('an engine that hangs or sleeps', () => {
  it('takes everything in, says nothing, is healthy, and goes on where it was', async () => {
    await using server = await createVllmServer()
    server.script({ tokens: ['a', 'b', 'c', 'd'], itlMs: [0, 20, 0] })
    const open = chat(server.url, body)
    await server.until(() => server.calls[0]?.tokensSent === 2)
    await server.setState({ health: 'hang' })
    const late = await rawChat(server.port, body, { after: '\r\n\r\n' })
    expect([late.bytes.toString().startsWith('HTTP/1.1 200'), late.body.length, late.end]).toEqual([true, 0, 'open'])
    expect(server.calls[0]?.tokensSent).toBe(2)
    expect((await fetchPath(server.url, '/health')).status).toBe(200)
    await server.setState({ health: 'ok' })
    expect(textOf((await open).text)).toBe('abcd')
  })

  it('asleep, schedules nothing until it wakes', async () => {
    await using server = await createVllmServer({ devMode: true })
    expect(await fetchPath(server.url, '/sleep', 'POST')).toMatchObject({
      status: 200,
      text: '{"status":"sleeping","level":1}',
    })
    const asked = chat(server.url, body)
    await server.until(() => server.waiting === 1)
    expect((await fetchPath(server.url, '/is_sleeping')).text).toBe('{"is_sleeping":true}')
    expect((await fetchPath(server.url, '/metrics')).text).toMatch(/sleep_state="awake"\} 0\.0/)
    await fetchPath(server.url, '/wake_up', 'POST')
    expect((await asked).status).toBe(200)
  })

  it('keeps its switches to itself without the dev flag', async () => {
    await using server = await createVllmServer()
    expect((await fetchPath(server.url, '/sleep', 'POST')).status).toBe(404)
  })
})

describe('the door', () => {
  it('opens once when two kinds of weather end together', async () => {
    await using server = await createVllmServer()
    await server.setState({ door: 'refusing' })
    await Promise.all([server.setState({ door: 'open' }), server.setState({ health: 'ok' })])
    expect((await chat(server.url, body)).status).toBe(200)
  })

  it('refuses connections, breaks open ones, and opens again on the same port', async () => {
    await using server = await createVllmServer()
    server.script({ tokens: ['a', 'b'], itlMs: endless })
    const one = leavable(server.url, body)
    await server.until(() => server.running === 1)
    const { url } = server
    await server.setState({ door: 'refusing' })
    await expect(one.ended).rejects.toThrow()
    await expect(request(`${url}/health`)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await server.setState({ door: 'open' })
    expect(server.url).toBe(url)
    expect((await chat(url, body)).status).toBe(200)
  })

  it('in an operator’s restart takes nobody in, and leaves open streams open and silent', async () => {
    await using server = await createVllmServer()
    server.script({ tokens: ['a', 'b', 'c'], itlMs: [0, 10, 0] })
    const open = rawChat(server.port, body, { after: '"content":"b"', quietMs: 120 })
    await server.until(() => server.calls[0]?.tokensSent === 2)
    await server.setState({ door: 'silent' })
    await expect(request(`${server.url}/health`)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    const { body: sent, end } = await open
    expect([textOf(sent.toString()), end]).toEqual(['ab', 'open'])
    await server.until(() => server.calls[0]?.outcome === 'aborted')
  })

  it('closes an idle connection after its time, and tells no one how long that is', async () => {
    await using server = await createVllmServer({ keepAliveMs: 80 })
    const socket = connect(server.port, '127.0.0.1')
    const closed = new Promise<number>(resolve => socket.once('end', () => resolve(performance.now())))
    const asked = performance.now()
    socket.write('GET /health HTTP/1.1\r\nhost: x\r\n\r\n')
    const head = await new Promise<string>(resolve => socket.once('data', data => resolve(String(data))))
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(head).not.toMatch(/keep-alive/i)
    expect((await closed) - asked).toBeGreaterThanOrEqual(79)
    socket.destroy()
  })

  it('is fair again after a reset, whatever was going on', async () => {
    await using server = await createVllmServer()
    server.script({ tokens: ['a', 'b'], itlMs: endless }, { http: { status: 500 } })
    const one = leavable(server.url, body)
    await server.until(() => server.running === 1)
    await server.setState({ health: 'hang', door: 'silent', model: 'other' })
    await server.reset()
    await expect(one.ended).rejects.toThrow()
    expect([server.calls.length, server.running, server.state.door]).toEqual([0, 0, 'open'])
    expect((await chat(server.url, body)).status).toBe(200)
  })
})

describe('changes while it runs', () => {
  it('serves another model or a shorter context from now on', async () => {
    await using server = await createVllmServer()
    await server.setState({ model: 'other', maxModelLen: 20 })
    expect(await chat(server.url, body)).toMatchObject({ status: 404 })
    const long = await chat(server.url, { ...chatBody('word '.repeat(30)), model: 'other' })
    expect([long.status, JSON.parse(long.text).error.param]).toEqual([400, 'input_tokens'])
    expect((await fetchPath(server.url, '/v1/models')).text).toContain('"max_model_len":20')
  })

  it('strikes a share of the answers by chance, the same ones for the same seed', async () => {
    const outcomes = async () => {
      await using server = await createVllmServer({ seed: 7 })
      await server.setState({ randomFaults: { rate: 0.5, kinds: ['doneWithoutFinish', 'eofClean'] } })
      for (let turn = 0; turn < 20; turn += 1) await chat(server.url, chatBody(`tides ${turn}`))
      return server.calls.map(call => call.outcome)
    }
    const once = await outcomes()
    expect(new Set(once)).toEqual(new Set(['finished', 'broken']))
    expect(await outcomes()).toEqual(once)
  })
})
