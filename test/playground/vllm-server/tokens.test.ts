import { request } from 'undici'
import { describe, expect, it } from 'vitest'
import { latencyOf } from '#playground/vllm-server/latency.ts'
import { Pace } from '#playground/vllm-server/pace.ts'
import { PrefixCache } from '#playground/vllm-server/prefix-cache.ts'
import { Random } from '#playground/vllm-server/random.ts'
import { Tokenizer } from '#playground/vllm-server/tokenizer.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { chat, chatBody, type Json, recordsOf } from './wire.ts'

const tokenizer = new Tokenizer()
const prose =
  'The moon pulls on the ocean and the water rises toward it, while on the far side of the planet another bulge appears because the earth itself is pulled away from the sea. Every place passes through both of them once a day.'

describe('the tokenizer', () => {
  it.each([
    ['English', prose, 4.4, 5.2],
    ['Russian', 'Расскажи мне, пожалуйста, как работают приливы и почему они бывают два раза в день.', 2.6, 3.4],
    ['Chinese', '请告诉我潮汐是怎么形成的，为什么一天会有两次涨潮和落潮', 1.3, 1.7],
  ])('counts %s as Qwen3 does on the whole', (_, text, least, most) => {
    const perToken = [...text].length / tokenizer.encode(text).length
    expect(perToken).toBeGreaterThan(least)
    expect(perToken).toBeLessThan(most)
  })

  it('gives back every character of any text', () => {
    const texts = [
      prose,
      '  a\n\n\n\tb  ',
      '🫠👩‍👩‍👧🇩🇪 é — “x”',
      '{"a":[1,2.5]}\r\n',
      '<|im_end|>x</think>',
      '\ud800 alone',
    ]
    for (const text of texts) {
      const tokens = tokenizer.encode(text)
      expect(tokens.map(token => token.text).join('')).toBe(text)
      expect(tokenizer.decode(tokens.map(token => token.id))).toBe(text)
    }
  })

  it('takes control tokens whole, by Qwen3’s own ids', () => {
    const ids = tokenizer.encode('hello <|im_end|> there<think></think>').map(token => token.id)
    expect(ids.filter(id => id > 151_600)).toEqual([151_645, 151_667, 151_668])
  })

  it('shows an emoji with its last token only', () => {
    expect(tokenizer.encode('🫠').map(token => token.text)).toEqual(['', '', '🫠'])
  })

  it('splits the beginning of a text as it splits the text', () => {
    const whole = tokenizer.encode(prose).map(token => token.text)
    const half = tokenizer.encode(whole.slice(0, 20).join('')).map(token => token.text)
    expect(half).toEqual(whole.slice(0, 20))
  })
})

describe('the prefix cache', () => {
  const range = (from: number, length: number) => Array.from({ length }, (_, at) => from + at)

  it('serves whole blocks of sixteen that are the same from the start', () => {
    const cache = new PrefixCache(10_000)
    expect(cache.admit(range(0, 40))).toEqual({ cached: 0, created: 32 })
    expect(cache.admit([...range(0, 40), 1, 2])).toEqual({ cached: 32, created: 0 })
    expect(cache.admit([...range(0, 17), 99, ...range(18, 22)])).toEqual({ cached: 16, created: 16 })
    expect(cache.admit([99, ...range(1, 39)])).toEqual({ cached: 0, created: 32 })
  })

  it('never serves the last token', () => {
    const cache = new PrefixCache(10_000)
    cache.admit(range(0, 32))
    expect(cache.admit(range(0, 32)).cached).toBe(16)
  })

  it('keeps salted prompts apart', () => {
    const cache = new PrefixCache(10_000)
    cache.admit(range(0, 40), 'ada')
    expect(cache.admit(range(0, 40), 'ben').cached).toBe(0)
    expect(cache.admit(range(0, 40), 'ada').cached).toBe(32)
  })

  it('forgets what was not used for longest', () => {
    const cache = new PrefixCache(64)
    cache.admit(range(0, 33))
    cache.admit(range(100, 33))
    cache.admit(range(0, 33))
    cache.admit(range(200, 33))
    expect(cache.admit(range(0, 33)).cached).toBe(32)
    expect(cache.admit(range(100, 33)).cached).toBe(0)
  })
})

async function usageOf(server: VllmServer, body: Json) {
  const { text } = await chat(server.url, { ...body, stream_options: { include_usage: true } })
  const record = recordsOf(text).findLast(entry => typeof entry === 'object' && 'usage' in entry)
  return (record as { usage: { prompt_tokens: number; prompt_tokens_details: { cached_tokens: number } } }).usage
}

async function tokenize(server: VllmServer, body: Json) {
  const res = await request(`${server.url}/tokenize`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await res.body.json()) as { count: number; tokens: number[]; token_strs: string[] | null }
}

describe('prompts', () => {
  it('are counted by /tokenize as they are in an answer’s usage', async () => {
    await using server = await createVllmServer()
    const body = chatBody(`How are the tides? ${prose}`)
    expect((await tokenize(server, body)).count).toBe((await usageOf(server, body)).prompt_tokens)
  })

  it('are rendered as Qwen3’s template does it', async () => {
    await using server = await createVllmServer()
    const said = [
      { role: 'system', content: 'S' },
      { role: 'user', content: 'U' },
      { role: 'assistant', content: '<think>\nhm\n</think>\n\nA' },
      { role: 'user', content: 'V' },
    ]
    const prompt = async (more: Json) => {
      const { text } = await chat(server.url, { ...chatBody(''), messages: said, return_prompt_text: true, ...more })
      return (recordsOf(text)[0] as Json)['prompt_text']
    }
    const turns =
      '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\nA<|im_end|>\n<|im_start|>user\nV<|im_end|>\n'
    expect(await prompt({})).toBe(`${turns}<|im_start|>assistant\n<think>\n\n</think>\n\n`)
    expect(await prompt({ chat_template_kwargs: { enable_thinking: true } })).toBe(`${turns}<|im_start|>assistant\n`)
    const partial = { messages: [...said, { role: 'assistant', content: 'Be' }], continue_final_message: true }
    expect(await prompt({ ...partial, add_generation_prompt: false })).toBe(
      `${turns}<|im_start|>assistant\n<think>\n\n</think>\n\nBe`,
    )
  })

  it('are served from the cache but for what is new', async () => {
    await using server = await createVllmServer()
    const system = { role: 'system', content: prose.repeat(4) }
    const first = { role: 'user', content: 'Hello there' }
    const one = await usageOf(server, { ...chatBody(''), messages: [system, first] })
    expect(one.prompt_tokens_details.cached_tokens).toBe(0)
    const answer = { role: 'assistant', content: server.calls[0]?.text ?? '' }
    const next = [system, first, answer, { role: 'user', content: 'And then?' }]
    const two = await usageOf(server, { ...chatBody(''), messages: next })
    // All but the empty think block of the generation prompt, to the last whole block before it.
    expect(two.prompt_tokens_details.cached_tokens).toBeGreaterThan(one.prompt_tokens - 16 - 4)
    expect(two.prompt_tokens_details.cached_tokens).toBeLessThan(one.prompt_tokens)
    const moved = await usageOf(server, {
      ...chatBody(''),
      messages: [{ ...system, content: `X${system.content}` }, first],
    })
    expect(moved.prompt_tokens_details.cached_tokens).toBe(0)
  })

  it('are served with the last answer too by a template that keeps the empty think block', async () => {
    await using server = await createVllmServer({ template: 'keeps-empty-think' })
    const first = { role: 'user', content: prose }
    const one = await usageOf(server, { ...chatBody(''), messages: [first] })
    const answer = { role: 'assistant', content: server.calls[0]?.text ?? '' }
    const next = [first, answer, { role: 'user', content: 'And then?' }]
    const two = await usageOf(server, { ...chatBody(''), messages: next })
    expect(two.prompt_tokens_details.cached_tokens).toBeGreaterThan(one.prompt_tokens)
  })

  it('take time for each token that is not cached', async () => {
    await using server = await createVllmServer({ latency: { prefillMsPerUncachedToken: 2 } })
    const { prompt_tokens: tokens } = await usageOf(server, chatBody(prose))
    const [call] = server.calls
    expect((call?.firstTokenAt ?? 0) - (call?.startedAt ?? 0)).toBeGreaterThanOrEqual(tokens * 2 - 1)
    const pace = new Pace(latencyOf('l40s-8b'), { prefillMsPerUncachedToken: 2 }, new Random(1))
    expect([pace.first(0), pace.first(100)]).toEqual([230, 430])
  })
})

describe('the context', () => {
  it('cuts max_tokens to what is left', async () => {
    await using server = await createVllmServer({ maxModelLen: 60 })
    const usage = await usageOf(server, { ...chatBody('tell me a long story'), max_tokens: 60 })
    const call = server.calls[0]
    expect([call?.finish, usage.prompt_tokens + (call?.tokensSent ?? 0)]).toEqual(['length', 60])
  })

  it('refuses a prompt that leaves nothing, without saying by how much', async () => {
    await using server = await createVllmServer({ maxModelLen: 60 })
    const answer = await chat(server.url, chatBody('word '.repeat(500)))
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text).error.message).toContain('contains at least 61 input tokens')
    expect(server.calls[0]?.outcome).toBe('refused')
  })

  it('ends an answer of exactly max_tokens tokens by length, with text in that record', async () => {
    await using server = await createVllmServer()
    server.script({ tokens: ['a', 'b'] }, { tokens: ['a', 'b'] })
    const finishes = []
    for (const max of [2, 3]) {
      const { text } = await chat(server.url, { ...chatBody('q'), max_tokens: max })
      const last = recordsOf(text).findLast(record => typeof record === 'object') as {
        choices: { delta: Json; finish_reason: string }[]
      }
      finishes.push([last.choices[0]?.finish_reason, last.choices[0]?.delta['content']])
    }
    expect(finishes).toEqual([
      ['length', 'b'],
      ['stop', ''],
    ])
  })
})
