import { request } from 'undici'
import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { chat, chatBody, deltasOf, moreRecordings, recordings } from './wire.ts'

describe('profiles', () => {
  const long = { ...chatBody('word '.repeat(100)), max_tokens: 4_050 }

  it('of 0.27 refuses what 0.32 cuts, and has no chatty details', async () => {
    await using server = await createVllmServer({ profile: '0.27', maxModelLen: 4_096 })
    const refused = JSON.parse((await chat(server.url, long)).text).error
    expect(refused).toMatchObject({ type: 'BadRequestError', param: 'input_tokens', code: 400 })
    expect(refused.message).toMatch(
      /you requested 4050 output tokens and your prompt contains \d+ input tokens, for a total of \d+ tokens/,
    )
    const { text } = await chat(server.url, chatBody('q', { stream_options: { include_usage: true } }))
    expect(text).toContain('"prompt_tokens_details":{"cached_tokens":0}')
    const lost = await request(`${server.url}/nope`)
    expect(await lost.body.json()).toEqual({
      error: { message: 'Not Found', type: 'Not Found', param: null, code: 404 },
    })
  })

  it('of 0.10 has errors at the top level, old words, and fewer keys', async () => {
    await using server = await createVllmServer({ profile: '0.10', maxModelLen: 4_096, reasoningParser: true })
    const refused = JSON.parse((await chat(server.url, long)).text)
    expect(refused).toMatchObject({ object: 'error', type: 'BadRequestError', code: 400 })
    expect(refused.message).toMatch(/\(\d+ in the messages, 4050 in the completion\)/)
    const { text } = await chat(server.url, chatBody('q', { chat_template_kwargs: { enable_thinking: true } }))
    expect(text).not.toMatch(/token_ids|prompt_text|fingerprint/)
    expect(deltasOf(text)[1]?.delta).toHaveProperty('reasoning_content')
  })

  it('of the Rust frontend starts with a bare role, and has codes in words', async () => {
    await using server = await createVllmServer({ profile: 'rust' })
    expect(deltasOf((await chat(server.url, chatBody('q'))).text)[0]?.delta).toEqual({ role: 'assistant' })
    const refused = JSON.parse((await chat(server.url, chatBody('q', { model: 'nope' }))).text)
    expect(refused.error).toMatchObject({ type: 'invalid_request_error', code: 'model_not_found' })
  })
})

describe('/metrics', () => {
  const names = (page: string) =>
    new Map(
      page
        .split('\n')
        .filter(line => line.startsWith('vllm:'))
        .map(line => [line.split('{')[0] ?? '', [...line.matchAll(/(\w+)="/g)].map(found => found[1]).join()]),
    )

  it('has names and labels of the real page only', async () => {
    await using server = await createVllmServer()
    await chat(server.url, chatBody('q'))
    const page = await (await request(`${server.url}/metrics`)).body.text()
    const real = names(recordings().find(recorded => recorded.name === 'metrics')?.body ?? '')
    for (const [name, labels] of names(page)) expect([name, labels]).toEqual([name, real.get(name)])
  })

  it('counts what really happened', async () => {
    await using server = await createVllmServer()
    server.script({ tokens: ['a', 'b'] }, { tokens: ['a', 'b', 'c'] })
    await chat(server.url, chatBody('the same words again and again and again'))
    await chat(server.url, chatBody('the same words again and again and again', { max_tokens: 2 }))
    const page = await (await request(`${server.url}/metrics`)).body.text()
    const value = (name: string) => Number(page.match(new RegExp(`^vllm:${name}(?:\\{[^}]*\\})? (.*)$`, 'm'))?.[1])
    const [one, two] = server.calls
    expect(value('generation_tokens_total')).toBe(5)
    expect(value('prompt_tokens_total')).toBe((one?.promptTokens ?? 0) + (two?.promptTokens ?? 0))
    expect(value('prefix_cache_hits_total')).toBe(two?.cachedTokens)
    expect(two?.cachedTokens).toBeGreaterThan(0)
    expect(page).toMatch(/finished_reason="stop".* 1\.0\n.*finished_reason="length".* 1\.0/)
    expect(page).toMatch(/time_to_first_token_seconds_count\{.*\} 2\.0/)
    for (const name of ['num_requests_running', 'num_requests_waiting', 'kv_cache_usage_perc'])
      expect(value(name)).toBe(0)
  })
})

it('knows every exchange that was recorded by a name of its own', () => {
  const all = [...recordings(), ...moreRecordings()].map(recorded => recorded.name)
  expect(new Set(all).size).toBe(all.length)
})
