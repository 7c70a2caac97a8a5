import { describe, expect, it } from 'vitest'
import type { ModelEvent } from '#src/core/model.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aChatModel, aRequest, hear, never } from './chat-client.ts'
import { when } from './chat-server.ts'
import { delta, done, finish, type RawCall, rawServer, role, sse, usage } from './raw-server.ts'

const counted = { promptTokens: 5, cachedTokens: undefined, completionTokens: 3 }
const tea = { text: 'Tea it is.', end: { reason: 'stop', usage: counted }, error: undefined }

function sayTea(call: RawCall): void {
  call.start().send(role, delta('Tea')).send(delta(' it is.'), finish(), usage, done).end()
}

describe('a request', () => {
  it('asks for a streamed answer without thinking', async () => {
    await using server = await rawServer(sayTea)
    await using model = aChatModel(server.url, { apiKey: 'sesame' })
    const request = aRequest({ tag: 'turn-7', maxTokens: 321 })
    expect(await hear(model, request)).toEqual(tea)

    expect(server.calls[0]?.json).toEqual({
      model: 'Qwen/Qwen3-8B',
      messages: request.messages,
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.7,
      top_p: 0.8,
      top_k: 20,
      min_p: 0,
      max_tokens: 321,
      chat_template_kwargs: { enable_thinking: false },
    })
    expect(server.calls[0]?.head.toLowerCase()).toContain('x-request-id: turn-7\r\n')
    expect(server.calls[0]?.head).toMatch(/content-type: application\/json\r\n/i)
    expect(server.calls[0]?.head).toMatch(/authorization: Bearer sesame\r\n/i)
  })

  it('carries other ways to pick words, and no key that there is not', async () => {
    await using server = await rawServer(sayTea)
    await using model = aChatModel(server.url, { sampling: { temperature: 0, presencePenalty: 1.5 } })
    await hear(model)
    expect(server.calls[0]?.json).toMatchObject({ temperature: 0, top_p: 0.8, presence_penalty: 1.5 })
    expect(server.calls[0]?.head).not.toMatch(/authorization/i)
  })

  it.each([
    ['', '/v1/chat/completions'],
    ['/', '/v1/chat/completions'],
    ['/v1', '/v1/chat/completions'],
    ['/v1/', '/v1/chat/completions'],
    ['/gpu/a', '/gpu/a/v1/chat/completions'],
    ['/gpu/a/', '/gpu/a/v1/chat/completions'],
  ])('goes to the right path when the address ends in "%s"', async (end, path) => {
    await using server = await rawServer(sayTea)
    await using model = aChatModel(server.url + end)
    await hear(model)
    expect(server.calls[0]?.head).toMatch(new RegExp(`^POST ${path} HTTP/1.1`))
  })
})

describe('a streamed answer', () => {
  it('is heard while it is said, one event for all that one packet brings', async () => {
    const said = Promise.withResolvers<RawCall>()
    await using server = await rawServer(said.resolve)
    await using model = aChatModel(server.url)
    const answer = model.stream(aRequest(), never)[Symbol.asyncIterator]()

    const first = answer.next()
    const call = (await said.promise).start().send(role, delta('Tea'), delta(' it'))
    expect(await first).toMatchObject({ done: false, value: { type: 'text', text: 'Tea it' } })
    call.send(delta(' is.'))
    expect(await answer.next()).toMatchObject({ done: false, value: { type: 'text', text: ' is.' } })
    call.send(finish('length', ' Or'), usage)
    expect(await answer.next()).toMatchObject({ done: false, value: { type: 'text', text: ' Or' } })
    expect(await answer.next()).toEqual({ done: false, value: { type: 'end', reason: 'length', usage: counted } })
    expect(await answer.next()).toEqual({ done: true, value: undefined })
  })

  it('says that it pauses, once and behind words alone', async () => {
    const clock = new ManualClock()
    const said = Promise.withResolvers<RawCall>()
    await using server = await rawServer(said.resolve)
    await using model = aChatModel(server.url, { clock })
    const answer = model.stream(aRequest(), never)[Symbol.asyncIterator]()

    const first = answer.next()
    const call = (await said.promise).start().send(role, delta(null, { delta: { reasoning: 'hm' } }))
    await when(() => clock.pending === 3)
    await clock.advance(1_000)
    call.send(delta('Tea'))
    expect(await first).toMatchObject({ value: { text: 'Tea' } })
    const second = answer.next()
    await clock.advance(2_000)
    expect(await second).toEqual({ done: false, value: { type: 'pause' } })
    call.send(delta(' it is.'), finish('stop'), usage)
    expect(await answer.next()).toMatchObject({ value: { text: ' it is.' } })
    expect(await answer.next()).toMatchObject({ value: { type: 'end' } })
  })

  it('is taken in whether or not anybody asks, and loses nothing', async () => {
    const words = Array.from({ length: 2_000 }, (_, n) => `word${n} `)
    const sent = Promise.withResolvers<void>()
    await using server = await rawServer(call => {
      call.start().send(delta(words[0] ?? ''))
      for (const word of words.slice(1)) call.send(delta(word))
      call.send(finish(), usage, done).end()
      call.socket.write('', () => sent.resolve())
    })
    await using model = aChatModel(server.url)
    const events: ModelEvent[] = []
    for await (const event of model.stream(aRequest(), never)) {
      events.push(event)
      await sent.promise
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(events.flatMap(event => (event.type === 'text' ? event.text : [])).join('')).toBe(words.join(''))
    expect(events.length).toBeLessThan(1_000)
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'stop', usage: counted })
  })

  it('reads the same when every byte comes in a packet of its own', async () => {
    await using server = await rawServer(async call => {
      call.start()
      for (const byte of Buffer.from(sse(role) + sse(delta('Tea 🫖')) + sse(finish()) + sse(usage))) {
        call.chunk(Uint8Array.of(byte))
        await new Promise(resolve => setImmediate(resolve))
      }
      call.end()
    })
    await using model = aChatModel(server.url)
    expect(await hear(model)).toMatchObject({ text: 'Tea 🫖', end: { reason: 'stop' } })
  })

  it('ends soon after its finish when no usage comes', async () => {
    const clock = new ManualClock()
    await using server = await rawServer(call => call.start().send(delta('Tea'), finish('stop', ' it is.')))
    await using model = aChatModel(server.url, { clock })
    const answer = model.stream(aRequest(), never)[Symbol.asyncIterator]()
    expect(await answer.next()).toMatchObject({ value: { type: 'text', text: 'Tea it is.' } })
    const end = answer.next()
    await clock.advance(50)
    expect(await end).toEqual({ done: false, value: { type: 'end', reason: 'stop', usage: undefined } })
    await answer.return?.()
    await clock.advance(1_000)
    await server.calls[0]?.closed
    expect(clock.pending).toBe(0)
  })

  it('leaves its connection for the next one', async () => {
    await using server = await rawServer(call => {
      call.socket.cork()
      sayTea(call)
      call.socket.uncork()
    })
    await using model = aChatModel(server.url)
    for (let n = 0; n < 3; n++) {
      expect(await hear(model)).toEqual(tea)
      // undici lends a connection again only a turn of the loop after its answer.
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(new Set(server.calls.map(({ socket }) => socket)).size).toBe(1)
  })

  it('closes a connection that the server leaves open behind the answer', async () => {
    const clock = new ManualClock()
    await using server = await rawServer(call => call.start().send(delta('Tea it is.'), finish(), usage))
    await using model = aChatModel(server.url, { clock })
    expect(await hear(model)).toEqual(tea)
    await clock.advance(1_000)
    await server.calls[0]?.closed
    expect(clock.pending).toBe(0)
  })

  it('mixes no word with another one', async () => {
    await using server = await rawServer(async call => {
      const { messages } = call.json as { messages: { content: string }[] }
      call.start().send(role)
      for (let n = 0; n < 20; n++) {
        call.send(delta(`${messages[0]?.content}.${n} `))
        await new Promise(resolve => setImmediate(resolve))
      }
      call.send(finish(), usage, done).end()
    })
    await using model = aChatModel(server.url)
    const asked = Array.from({ length: 50 }, (_, n) => `q${n}`)
    const heard = await Promise.all(
      asked.map(content => hear(model, aRequest({ messages: [{ role: 'user', content }] }))),
    )
    expect(heard.map(({ text }) => text)).toEqual(
      asked.map(content => Array.from({ length: 20 }, (_, n) => `${content}.${n} `).join('')),
    )
  })

  it('is read whole when the server does not stream', async () => {
    const choice = { index: 0, message: { role: 'assistant', content: 'Tea it is.' }, finish_reason: 'stop' }
    await using server = await rawServer(call =>
      call.reply(200, JSON.stringify({ choices: [choice], usage: usage.usage })),
    )
    await using model = aChatModel(server.url)
    expect(await hear(model)).toEqual(tea)
  })
})

describe('thinking', () => {
  it('is held from the second answer on when only its closer shows', async () => {
    const log = new KeptLog()
    await using server = await rawServer((call, n) => {
      if (n === 0) call.start().send(role, delta('secret\n</think>\n\nTea it is.'), finish(), usage, done).end()
      else
        call
          .start()
          .send(role, delta('sec'))
          .send(delta('ret\n</th'))
          .send(delta('ink>\n\nTea it is.'), finish(), usage, done)
          .end()
    })
    await using model = aChatModel(server.url, { log })
    expect(await hear(model)).toEqual(tea)
    expect(await hear(model)).toEqual(tea)
    expect(log.lines.map(({ event }) => event)).toEqual([
      'model thinks before it answers: answers appear only after that',
    ])
  })

  it('is no longer waited for once an answer comes without', async () => {
    await using server = await rawServer((call, n) => {
      if (n === 0) call.start().send(delta('secret</think>Tea it is.'), finish(), usage, done).end()
      else sayTea(call)
    })
    await using model = aChatModel(server.url)
    await hear(model)
    const texts = async () => {
      const events = await Array.fromAsync(model.stream(aRequest(), never))
      return events.filter(event => event.type === 'text').length
    }
    expect(await texts()).toBe(1)
    expect(await hear(model)).toEqual(tea)
  })
})

describe('a proxy', () => {
  it('that holds the stream back is told of once', async () => {
    const clock = new ManualClock()
    const log = new KeptLog()
    await using server = await rawServer(async call => {
      await clock.advance(2_500)
      call
        .start()
        .send(role, ...Array.from({ length: 40 }, () => delta('Tea. ')), finish(), usage, done)
        .end()
    })
    await using model = aChatModel(server.url, { clock, log })
    expect(await hear(model)).toMatchObject({ text: 'Tea. '.repeat(40), end: { reason: 'stop' } })
    await hear(model)
    expect(log.lines.map(({ event }) => event)).toEqual(['answer came all at once'])
  })

  it('that slips in records of its own is told of', async () => {
    const log = new KeptLog()
    await using server = await rawServer(call =>
      call.start().send(role, ': PROCESSING', delta('Tea it is.'), finish(), usage).end(),
    )
    await using model = aChatModel(server.url, { log })
    expect(await hear(model)).toEqual(tea)
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { foreign: 1 } }])
  })
})
