import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'undici'
import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { chat, chatBody, textOf } from './wire.ts'

async function control(url: string, name: string, body?: unknown) {
  const options = body === undefined ? {} : ({ method: 'POST', body: JSON.stringify(body) } as const)
  const res = await request(`${url}/__admin/${name}`, options)
  return { status: res.statusCode, told: (await res.body.json()) as Record<string, unknown> }
}

describe('the control routes', () => {
  it('take scripts, one or several, for requests that fit', async () => {
    await using server = await createVllmServer()
    expect((await control(server.url, 'script', { text: 'one' })).told).toEqual({ scripts: 1 })
    await control(server.url, 'script', [{ text: 'seven', match: { question: 'seven' } }, { http: { status: 429 } }])
    expect(textOf((await chat(server.url, chatBody('seven'))).text)).toBe('one')
    expect(textOf((await chat(server.url, chatBody('seven'))).text)).toBe('seven')
    expect((await chat(server.url, chatBody('else'))).status).toBe(429)
  })

  it('say what is wrong with a script that they do not understand', async () => {
    await using server = await createVllmServer()
    const { status, told } = await control(server.url, 'script', { txt: 'one', ttftMs: -1 })
    expect(status).toBe(400)
    expect(told['detail']).toMatch(/txt/)
    expect((await control(server.url, 'state', { health: 'ill' })).status).toBe(400)
    expect((await control(server.url, 'nothing')).status).toBe(404)
  })

  it('tell the calls', async () => {
    await using server = await createVllmServer()
    await chat(server.url, chatBody('q'))
    const { told } = await control(server.url, 'calls')
    expect(told).toMatchObject([{ id: 1, outcome: 'finished', body: { stream: true } }])
  })

  it('change the weather, on a door of their own even while the other is shut', async () => {
    await using server = await createVllmServer({ adminPort: 0 })
    expect(server.adminUrl).not.toBe(server.url)
    await control(server.adminUrl, 'state', { door: 'refusing', health: 'dead' })
    await expect(request(`${server.url}/health`)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect((await control(server.adminUrl, 'state')).told).toMatchObject({ door: 'refusing', health: 'dead' })
    await control(server.adminUrl, 'state', { door: 'open' })
    expect((await request(`${server.url}/health`)).statusCode).toBe(503)
    await control(server.adminUrl, 'reset', {})
    expect((await request(`${server.url}/health`)).statusCode).toBe(200)
  })
})

it.each([{ host: 'evil.example' }, { origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])(
  'takes no control from a page of somebody else: %j',
  async headers => {
    await using server = await createVllmServer()
    await chat(server.url, chatBody('a secret'))
    const calls = await request(`${server.url}/__admin/calls`, { headers })
    expect(calls.statusCode).toBe(403)
    expect(await calls.body.text()).not.toContain('a secret')
    const body = JSON.stringify({ health: 'dead' })
    expect((await request(`${server.url}/__admin/state`, { method: 'POST', headers, body })).statusCode).toBe(403)
    expect(server.state.health).not.toBe('dead')
  },
)

it('answers the request that shuts the door it came through', async () => {
  await using server = await createVllmServer()
  expect((await control(server.url, 'state', { door: 'refusing' })).told).toEqual({ changed: ['door'] })
  await server.until(() => server.state.door === 'refusing')
  await expect(request(`${server.url}/health`)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

describe('the command', () => {
  const run = (...given: readonly string[]) => spawn(process.execPath, ['playground/vllm-server/main.ts', ...given])

  it('serves until it is told to stop, and says plainly what it is', async () => {
    const child = run('--port', '0', '--preset', 'instant', '--profile', '0.27')
    let printed = ''
    for await (const text of child.stdout) {
      printed += String(text)
      if (printed.includes('language model')) break
    }
    expect(printed).toMatch(/no language model/)
    const url = printed.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0] ?? ''
    expect(textOf((await chat(url, chatBody('Who are you?'))).text)).toContain('no language model')
    const version = await request(`${url}/version`)
    expect(await version.body.json()).toEqual({ version: '0.27.1' })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('explains itself when it does not understand', async () => {
    const child = run('--preset', 'warp')
    let printed = ''
    child.stdout.on('data', text => {
      printed += String(text)
    })
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(printed).toContain('h100-8b')
  })
})
