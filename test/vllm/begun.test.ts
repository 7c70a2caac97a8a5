import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { RefusedError, UnavailableError } from '#src/core/errors.ts'
import { Continuation } from '#src/vllm/continuation.ts'
import { patience } from '#test/support/patience.ts'
import { aChatModel, aRequest, hear } from './chat-client.ts'
import { delta, done, finish, rawServer, role, usage } from './raw-server.ts'

/** What is new in an answer that comes in these pieces. */
function added(begun: string, ...pieces: readonly string[]): string {
  const continuation = new Continuation(begun)
  return pieces.map(piece => continuation.push(piece)).join('') + continuation.end()
}

describe('Continuation', () => {
  it.each([
    ['One, two', [', three'], ', three'],
    ['One, two,', [' three'], ' three'],
    ['One, two, ', [' three'], 'three'],
    ['One, two, th', ['ree'], 'ree'],
    ['A list:\n', ['\n', '\n- one'], '\n- one'],
    ['A list:\n\n', ['\n\n- one'], '- one'],
    ['A list:\n\n', ['\n- one'], '- one'],
    ['A list:', ['\n\n', '- one'], '\n\n- one'],
    ['A list: ', ['\n\n- one'], '\n\n- one'],
    ['A list:\n\n', [' - one'], '- one'],
    ['All said.', [], ''],
    ['All said.', [' ', '\n'], ''],
    ['All was said long ago.', ['All was said', ' long ago.', ' Really.'], ' Really.'],
    ['All was said long ago.', ['All was said long ago. Really.'], ' Really.'],
    ['All was said long ago.', ['All was', ' different.'], 'All was different.'],
    ['Row row', ['Row row'], 'Row row'],
  ])('after %j makes of %j what is new', (begun, pieces, expected) => {
    expect(added(begun, ...pieces)).toBe(expected)
  })

  it('gives the same wherever an answer is split, and loses nothing of it but blanks at its begin', () => {
    const blanks = fc.stringMatching(/^[ \n]{0,3}$/)
    const word = fc.stringMatching(/^[a-c]{1,4}$/)
    fc.assert(
      fc.property(word, blanks, blanks, word, fc.nat(8), (said, behind, before, more, at) => {
        const answer = before + more
        const whole = added(said + behind, answer)
        expect(added(said + behind, answer.slice(0, at), answer.slice(at))).toBe(whole)
        expect(whole.trim()).toBe(more)
        expect((said + behind + whole).replace(/\s+/g, ' ').trim()).toMatch(new RegExp(`^${said} ?${more}$`))
      }),
    )
  })
})

describe('an answer that goes on', () => {
  it('is asked for with the words that stand as a last message of ours, without the blanks behind them', async () => {
    await using server = await rawServer(call => call.start().send(role, delta(' four.'), finish(), usage, done).end())
    await using model = aChatModel(server.url)
    const request = aRequest({ begun: 'One, two, three, ' })
    expect(await hear(model, request)).toMatchObject({ text: 'four.', end: { reason: 'stop' } })
    expect(server.calls[0]?.json).toMatchObject({
      messages: [...request.messages, { role: 'assistant', content: 'One, two, three,' }],
      continue_final_message: true,
      add_generation_prompt: false,
      chat_template_kwargs: { enable_thinking: false },
    })
  })

  it.each(['', ' \n'])('is an answer like any other where %j stands', async begun => {
    await using server = await rawServer(call =>
      call.start().send(role, delta('\n\nTea.'), finish(), usage, done).end(),
    )
    await using model = aChatModel(server.url)
    const request = aRequest({ begun })
    expect(await hear(model, request)).toMatchObject({ text: 'Tea.' })
    expect(server.calls[0]?.json).not.toHaveProperty('continue_final_message')
    expect(server.calls[0]?.json).toMatchObject({ messages: request.messages })
  })

  it('keeps the blank lines between the words that stand and the new ones', async () => {
    await using server = await rawServer(call =>
      call.start().send(role, delta('\n'), delta('\nSecond.'), finish(), usage, done).end(),
    )
    await using model = aChatModel(server.url)
    expect(await hear(model, aRequest({ begun: 'First.' }))).toMatchObject({ text: '\n\nSecond.' })
  })

  it('may have nothing more to say', async () => {
    await using server = await rawServer(call => call.start().send(role, finish(), usage, done).end())
    await using model = aChatModel(server.url)
    expect(await hear(model, aRequest({ begun: 'All said.' }))).toMatchObject({ text: '', end: { reason: 'stop' } })
  })

  it('is shown at once where the template opens a thinking block of new answers only', async () => {
    await using server = await createVllmServer({ template: 'thinking-only' })
    await using model = aChatModel(server.url)
    await model.refresh(patience())
    server.script({ text: ' three.' })
    expect(await hear(model, aRequest({ begun: 'One, two,' }))).toMatchObject({ text: ' three.' })
  })

  it('knows that the words stand in code', async () => {
    await using server = await rawServer(call =>
      call.start().send(role, delta('<think>x</think>\n```\nDone.'), finish(), usage, done).end(),
    )
    await using model = aChatModel(server.url)
    expect(await hear(model, aRequest({ begun: 'So:\n```xml\n' }))).toMatchObject({
      text: '<think>x</think>\n```\nDone.',
    })
  })

  it('goes on in the stand-in from the prompt that Qwen3’s template makes of it', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    const heard = await hear(model, aRequest({ begun: 'One, two, three,' }))
    expect(heard).toMatchObject({ end: { reason: 'stop' }, error: undefined })
    const standing = { role: 'assistant', content: 'One, two, three,' }
    expect(server.calls[0]?.body).toMatchObject({ messages: [expect.anything(), standing] })
    expect(server.calls[0]?.ignored).toEqual([])
  })

  it('is refused where the template changes what stands, without repeating it in a log', async () => {
    await using server = await createVllmServer()
    await using model = aChatModel(server.url)
    const { error } = await hear(model, aRequest({ begun: 'Use `</think>` like this' }))
    expect(error).toBeInstanceOf(RefusedError)
    const { message, cause } = error as RefusedError
    expect((cause as Error).message).toMatch(/final message does not appear/)
    expect(message + (cause as Error).message).not.toMatch(/Ada|like this/)
  })

  it('came from a real vLLM where the words stood', async () => {
    const file = readFileSync(new URL('../fixtures/wire/continue-final-message.jsonl', import.meta.url), 'utf8')
    const [head, ...chunks] = file
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    const begun = head.request.body.messages.at(-1).content
    await using server = await rawServer(call => {
      call.start()
      for (const { body } of chunks) call.chunk(body)
      call.end()
    })
    await using model = aChatModel(server.url)
    const messages = head.request.body.messages.slice(0, -1)
    const { text } = await hear(model, aRequest({ messages, begun }))
    const asked = server.calls[0]?.json as Record<string, unknown>
    for (const field of ['messages', 'continue_final_message', 'add_generation_prompt'])
      expect(asked[field]).toEqual(head.request.body[field])
    expect(begun + text).toMatch(/^One, two, three, four, five/)
  })

  it('that breaks is an answer that broke', async () => {
    await using server = await rawServer(call => call.start().send(role, delta(' four')).end())
    await using model = aChatModel(server.url)
    expect(await hear(model, aRequest({ begun: 'One, two, three,' }))).toMatchObject({
      text: ' four',
      error: expect.any(UnavailableError),
    })
  })
})
