import { describe, expect, it } from 'vitest'
import { scopesTellableIn } from '#src/core/learning-scope.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { cuttingProxy } from '#test/support/cutting-proxy.ts'
import { WebClient, type WebStream } from '#test/support/web-client.ts'
import { chatServer } from '#test/vllm/chat-server.ts'
import { delta, done, finish, type RawCall, role, usage } from '#test/vllm/raw-server.ts'
import { aWorld } from './a-world.ts'

const tokens = Array.from({ length: 120 }, (_, at) => `word${at} `)
const isDone = (stream: WebStream) => stream.isDone

it('tells the head of a stream to who asks for no more, and ends there', async () => {
  await using world = await aWorld()
  const talk = await world.client.begin()
  await using stream = await world.client.chat(talk, 'hello')
  await stream.over
  for (const path of [`/api/chat/${stream.turn}`, `/api/conversations/${talk}/events`]) {
    const { status, headers } = await world.client.ask('HEAD', path)
    expect([status, headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8'])
  }
})

describe('a chat on the web', () => {
  it('streams each token as it comes, each event with an id, unbuffered, and ends with [DONE]', async () => {
    const asked = Promise.withResolvers<RawCall>()
    await using server = await chatServer(asked.resolve)
    await using world = await aWorld({ vllm: { url: server.url } })
    await using stream = await world.client.chat(await world.client.begin(), 'hi')
    const call = (await asked.promise).start().send(role)
    for (const token of ['Hello', ' there', '.']) {
      call.send(delta(token))
      await stream.until(({ text }) => text.endsWith(token))
    }
    call.send(finish(), usage, done).end()
    await stream.until(isDone)
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    })
    expect(stream.events.map(({ token }) => token)).toEqual(['Hello', ' there', '.'])
    expect(new Set(stream.events.map(({ id }) => id)).size).toBe(3)
    expect(stream.events[0]?.messageId).toMatch(/^web:-:/)
  })

  it('says that Aeries is resting, and no more, when the model is away', async () => {
    await using world = await aWorld()
    await world.vllm.setState({ door: 'refusing' })
    await using stream = await world.client.chat(await world.client.begin(), 'hi')
    await stream.until(isDone)
    expect(stream.events).toMatchObject([{ error: 'Aeries is resting. Try again in a moment.' }])
    expect(stream.events).toHaveLength(1)
  })

  it('ends the stream of each question that is answered together with another', async () => {
    await using world = await aWorld()
    await world.vllm.setState({ health: 'hang' })
    const talk = await world.client.begin()
    await using first = await world.client.chat(talk, 'what about kites?')
    await world.vllm.until(() => world.vllm.calls.length === 1)
    await using second = await world.client.chat(talk, 'and herons?')
    await world.vllm.until(() => world.vllm.calls[0]?.outcome === 'aborted')
    await world.vllm.setState({ health: 'ok' })
    await Promise.all([first.until(isDone), second.until(isDone)])
    expect(second.text).toContain('herons')
    expect(first.events).toMatchObject([{ joined: second.turn }])
  })

  it('does not lose the answer of a closed tab: it goes on where it broke, also once it has ended', async () => {
    const isReadAgain = Promise.withResolvers<void>()
    await using server = await chatServer(async call => {
      call.start().send(role, ...tokens.slice(0, 60).map(token => delta(token)))
      await isReadAgain.promise
      for (const token of tokens.slice(60)) call.send(delta(token))
      call.send(finish(), usage, done).end()
    })
    await using world = await aWorld({ vllm: { url: server.url } })
    const first = await world.client.chat(await world.client.begin(), 'hi')
    await first.until(({ text }) => text !== '')
    const [begun, id] = [first.text, first.lastId ?? '']
    await first[Symbol.asyncDispose]()
    await using second = await world.client.stream('GET', `/api/chat/${first.turn}`, undefined, { 'last-event-id': id })
    isReadAgain.resolve()
    await second.until(isDone)
    expect(begun + second.text).toBe(tokens.join(''))
    await world.house.closed(1)
    await using third = await world.client.stream('GET', `/api/chat/${first.turn}`, undefined, { 'last-event-id': id })
    await third.until(isDone)
    expect(begun + third.text).toBe(tokens.join(''))
    await using whole = await world.client.stream('GET', `/api/chat/${first.turn}`)
    await whole.until(isDone)
    expect(whole.text).toBe(tokens.join(''))
  })

  it('begins anew for whoever read something else', async () => {
    await using world = await aWorld()
    world.vllm.script({ text: 'Some words.' })
    await using stream = await world.client.chat(await world.client.begin(), 'hi')
    await stream.until(isDone)
    const id = (stream.lastId ?? '').replace(/\.[0-9a-z]+\./, '.0.')
    await using again = await world.client.stream('GET', `/api/chat/${stream.turn}`, undefined, { 'last-event-id': id })
    await again.until(isDone)
    expect(again.events).toMatchObject([{ anew: true }, { token: 'Some words.' }])
  })

  it('is stopped by DELETE, and keeps its words', async () => {
    await using world = await aWorld()
    world.vllm.script({ tokens, fault: { kind: 'stall', at: 60 } })
    await using stream = await world.client.chat(await world.client.begin(), 'hi')
    await stream.until(({ text }) => text !== '')
    expect((await world.client.ask('DELETE', `/api/chat/${stream.turn}`)).status).toBe(204)
    await stream.until(isDone)
    const [closed] = await world.house.closed(1)
    expect(closed?.reply).toMatchObject({ outcome: 'stopped', text: stream.text })
    expect(stream.events.at(-1)).toMatchObject({ note: 'Stopped.' })
  })

  it('is asked once, however often its client tries', async () => {
    await using world = await aWorld()
    const talk = await world.client.begin()
    const headers = { 'idempotency-key': 'the-same-key' }
    const streams = await Promise.all([1, 2, 3].map(() => world.client.chat(talk, 'hi', headers)))
    await Promise.all(streams.map(stream => stream.until(isDone)))
    expect(new Set(streams.map(({ text }) => text)).size).toBe(1)
    expect(world.vllm.calls).toHaveLength(1)
  })

  it('loses no token over a proxy that cuts every connection at random', async () => {
    await using world = await aWorld()
    let seed = 7
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed / 2_147_483_647
    }
    await using proxy = await cuttingProxy(world.url, () => 300 + Math.floor(random() * 2_500))
    const readers = await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const said = Array.from({ length: 400 }, (_, word) => `${at}word${word} `)
        // Slowly enough that they come one by one on a busy machine, too.
        world.vllm.script({ tokens: said, itlMs: 20, match: { question: `question ${at}.` } })
        const talk = await world.client.begin()
        return [said.join(''), await readThrough(proxy.url, new URL(world.url).host, talk, `question ${at}.`)] as const
      }),
    )
    for (const [said, read] of readers) expect(read).toBe(said)
    expect(proxy.cuts()).toBeGreaterThan(20)
    expect(world.vllm.calls).toHaveLength(readers.length)
  })
})

/** As a patient client does it: it asks under one key until it is heard, and reads on behind the last id until the end. */
async function readThrough(url: string, host: string, talk: string, question: string): Promise<string> {
  const key = crypto.randomUUID()
  let [text, id, turn] = ['', undefined as string | undefined, undefined as string | undefined]
  for (;;) {
    await using client = new WebClient(url)
    const headers: Record<string, string> = {
      host,
      'idempotency-key': key,
      ...(id !== undefined && { 'last-event-id': id }),
    }
    const path = `/api/chat/${turn}`
    const opening =
      turn === undefined ? client.chat(talk, question, headers) : client.stream('GET', path, undefined, headers)
    const stream = await opening.catch(() => undefined)
    if (stream === undefined) continue
    await stream.over
    if (stream.status !== 200) throw new Error(`It was answered with ${stream.status}.`)
    turn = stream.turn
    if (stream.events.some(event => event['anew'] === true)) throw new Error('It began anew.')
    text += stream.text
    id = stream.lastId ?? id
    if (stream.isDone) return text
  }
}

describe('what is said of an answer on the web', () => {
  it('teaches as a reaction does, one word an answer, and is taken back exactly', async () => {
    await using world = await aWorld({ learning: {} })
    const talk = await world.client.begin()
    await using stream = await world.client.chat(talk, 'How are the tides?')
    await stream.until(isDone)
    const [closed] = await world.house.closed(1)
    await expect.poll(async () => (await world.store.learning.jobs()).waiting).toBe(0)
    if (closed === undefined) throw new Error('Nobody answered')
    const { asker, place } = closed.turn
    const sight = { person: asker.id, workspace: workspaceOf(place), scopes: scopesTellableIn(place) }
    const readings = () => world.store.learning.readAggregate(sight, new Date(Date.now() + 3_600_000))
    const before = await readings()
    const messageId = closed.reply.messages[0]
    const judged = await world.client.ask('POST', '/api/feedback', { messageId, verdict: 'down', reason: 'too_long' })
    expect(judged.json).toEqual({ told: 'Noted: I will keep it shorter.', verdict: 'down', reason: 'too_long' })
    const short = (await readings()).find(({ key, value }) => key === 'reply_length' && value === 'short')
    expect(short?.positive).toBeGreaterThan(1)
    await world.client.ask('POST', '/api/feedback', { messageId, verdict: 'up' })
    expect((await readings()).some(({ key, value }) => key === 'reply_length' && value === 'short')).toBe(false)
    await world.client.ask('DELETE', '/api/feedback', { messageId })
    expect((await readings()).map(({ key, value, count }) => [key, value, count])).toEqual(
      before.map(({ key, value, count }) => [key, value, count]),
    )
    const question = closed.turn.asked[0]?.message.id
    expect((await world.client.ask('POST', '/api/feedback', { messageId: question, verdict: 'up' })).status).toBe(404)
  })
})

describe('conversations on the web', () => {
  it('are begun, named, read by pages, searched, given a persona, and forgotten for good', async () => {
    await using world = await aWorld()
    const { client, vllm, house, store } = world
    const talk = await client.begin()
    for (const [at, question] of ['What about Zanzibar?', 'And boats?', 'And trains?'].entries()) {
      vllm.script({ text: `Answer ${at}.` })
      await using stream = await client.chat(talk, question)
      await stream.until(isDone)
      await house.closed(at + 1)
    }
    const other = await client.begin('On mountains')
    const list = await client.ask('GET', '/api/conversations?limit=1')
    expect(list.json).toMatchObject({ conversations: [{ id: other, title: 'On mountains' }] })
    const next = await client.ask(
      'GET',
      `/api/conversations?limit=1&cursor=${encodeURIComponent(String(list.json['next']))}`,
    )
    expect(next.json).toMatchObject({ conversations: [{ id: talk, title: 'What about Zanzibar?' }], next: null })

    const newest = await client.ask('GET', `/api/conversations/${talk}?limit=4`)
    expect(textsOf(newest.json)).toEqual(['And boats?', 'Answer 1.', 'And trains?', 'Answer 2.'])
    const before = await client.ask('GET', `/api/conversations/${talk}?limit=4&before=${newest.json['before']}`)
    expect([textsOf(before.json), before.json['before']]).toEqual([['What about Zanzibar?', 'Answer 0.'], null])

    const found = async (q: string) => {
      const { json } = await client.ask('GET', `/api/conversations?q=${encodeURIComponent(q)}`)
      return (json['conversations'] as readonly { id: string }[]).map(({ id }) => id)
    }
    expect(await found('zanz')).toEqual([talk])
    expect(await found('mountain')).toEqual([other])
    expect(await found('answer "2 OR')).toEqual([])
    expect(await found('ANSWER 2')).toEqual([talk])

    const path = `/api/conversations/${talk}`
    expect((await client.ask('PATCH', path, { title: 'Ways', persona: 'Pirate' })).json).toMatchObject({
      title: 'Ways',
      persona: 'Pirate',
    })
    expect((await client.ask('PATCH', path, { persona: 'Nobody' })).status).toBe(400)
    expect((await client.ask('DELETE', path)).status).toBe(204)
    expect((await client.ask('GET', path)).status).toBe(404)
    expect(await found('zanzibar')).toEqual([])
    expect(store.history.ofPerson(house.turns[0]?.turn.asker.id as never, 10)).toEqual([])
  })
})

function textsOf(json: Readonly<Record<string, unknown>>): readonly string[] {
  return (json['messages'] as readonly { text: string }[]).map(({ text }) => text)
}
