import { describe, expect, it } from 'vitest'
import { openModelProxy } from '#playground/model-proxy.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { patience } from '#test/support/patience.ts'

async function ask(url: string, stream = true): Promise<string> {
  const body = JSON.stringify({
    model: 'Qwen/Qwen3-8B',
    stream,
    ...(stream && { stream_options: { include_usage: true } }),
    messages: [{ role: 'user', content: 'what about kite42?' }],
  })
  const headers = { 'content-type': 'application/json', 'x-request-id': 'turn-1' }
  const answer = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body })
  return await answer.text()
}

describe('the way to a real model', () => {
  it('hands everything on as it is, and writes down what was asked and answered', async () => {
    await using vllm = await createVllmServer()
    await using proxy = await openModelProxy([vllm.url])
    expect(await (await fetch(`${proxy.url}/v1/models`)).json()).toMatchObject({ data: [{ id: 'Qwen/Qwen3-8B' }] })
    const told = await ask(proxy.url)
    expect(told).toMatch(/^data: .*\[DONE\]\n\n$/s)
    const [asked] = vllm.calls
    const [call] = proxy.log.calls
    expect(call).toMatchObject({ requestId: 'turn-1', outcome: 'finished', finish: 'stop', body: asked?.body })
    expect(call?.text).toBe(asked?.text)
    expect(call?.promptTokens).toBe(asked?.promptTokens)
    expect(call?.tokensSent).toBe(asked?.tokensSent)
    const whole = JSON.parse(await ask(proxy.url, false))
    expect(proxy.log.calls[1]?.text).toBe(whole.choices[0].message.content)
  })

  it('takes the model away and brings it back', async () => {
    await using vllm = await createVllmServer()
    await using proxy = await openModelProxy([vllm.url])
    await proxy.weather.turn('down')
    await expect(ask(proxy.url)).rejects.toThrow()
    await proxy.weather.turn('fair')
    expect(await ask(proxy.url)).toContain('[DONE]')
  })

  it('breaks the next answer off in the middle, and only that one', async () => {
    await using vllm = await createVllmServer({ latency: { itlMs: 2 } })
    await using proxy = await openModelProxy([vllm.url])
    proxy.weather.cutNext()
    await expect(ask(proxy.url)).rejects.toThrow()
    expect(proxy.log.calls[0]).toMatchObject({ outcome: 'broken', finish: null })
    expect(proxy.log.calls[0]?.text).not.toBe('')
    expect(await ask(proxy.url)).toContain('[DONE]')
  })

  it('tells the model when whoever asked has left', async () => {
    await using vllm = await createVllmServer({ latency: { itlMs: 50 } })
    await using proxy = await openModelProxy([vllm.url])
    const leaving = new AbortController()
    const body = JSON.stringify({ model: 'Qwen/Qwen3-8B', stream: true, messages: [{ role: 'user', content: 'a' }] })
    const headers = { 'content-type': 'application/json' }
    const { signal } = leaving
    await fetch(`${proxy.url}/v1/chat/completions`, { method: 'POST', headers, body, signal })
    leaving.abort()
    await vllm.until(() => vllm.calls[0]?.outcome === 'aborted', patience())
  })
})
