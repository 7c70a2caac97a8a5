import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '#test/support/manual-clock.ts'
import { WebClient } from '#test/support/web-client.ts'
import { aWorld, type World } from './a-world.ts'

type Line = Readonly<{
  role: string
  text: string
  verdict?: string | null
  reason?: string | null
  messageIds: string[]
}>

/** Asks, and waits until the answer stands in the ledger. */
async function ask({ client, house }: World, talk: string, words: string): Promise<string> {
  const before = house.turns.length
  await using stream = await client.chat(talk, words)
  await stream.until(({ isDone }) => isDone)
  const closed = await house.closed(before + 1)
  return closed[before]?.reply.messages[0] ?? ''
}

async function linesOf(client: WebClient, talk: string): Promise<readonly Line[]> {
  return (await client.ask('GET', `/api/conversations/${talk}`)).json['messages'] as readonly Line[]
}

async function judgements(client: WebClient, talk: string) {
  return (await linesOf(client, talk)).map(({ role, verdict, reason }) => [role, verdict, reason])
}

/** What the file about the API says of a message. */
const api = JSON.parse(readFileSync('adapters/web/openapi.json', 'utf8')) as Readonly<{
  components: Readonly<{ schemas: Readonly<Record<'Message', Readonly<{ properties: object }>>> }>
}>
const told: ReadonlySet<string> = new Set(Object.keys(api.components.schemas.Message.properties))

const question = ['person', undefined, undefined]

describe('the history of a conversation on the web', () => {
  it('tells what its person thinks of each answer and why, in every window, until they take it back', async () => {
    await using world = await aWorld({ learning: {} })
    const { client, url } = world
    const talk = await client.begin()
    const first = await ask(world, talk, 'How are the tides?')
    const second = await ask(world, talk, 'And the gulls?')
    expect((await linesOf(client, talk)).flatMap(line => Object.keys(line).filter(key => !told.has(key)))).toEqual([])
    await using other = new WebClient(url)
    expect(await judgements(other, talk)).toEqual([question, ['aeries', null, null], question, ['aeries', null, null]])
    await client.ask('POST', '/api/feedback', { messageId: first, verdict: 'up' })
    const { json } = await client.ask('POST', '/api/feedback', { messageId: second, verdict: 'down', reason: 'tone' })
    expect(json).toMatchObject({ verdict: 'down', reason: 'tone' })
    expect(await judgements(other, talk)).toEqual([
      question,
      ['aeries', 'up', null],
      question,
      ['aeries', 'down', 'tone'],
    ])
    await other.ask('POST', '/api/feedback', { messageId: second, verdict: 'down' })
    expect((await judgements(client, talk))[3]).toEqual(['aeries', 'down', null])
    const taken = await other.ask('DELETE', '/api/feedback', { messageId: first })
    expect(taken.json).toMatchObject({ verdict: null, reason: null })
    expect((await judgements(client, talk))[1]).toEqual(['aeries', null, null])
    // Taken back twice it is as if it was once.
    await other.ask('DELETE', '/api/feedback', { messageId: first })
    expect(await judgements(client, talk)).toEqual([
      question,
      ['aeries', null, null],
      question,
      ['aeries', 'down', null],
    ])
  })

  it('tells nothing of an answer that took the place of a judged one, and goes with one that is forgotten', async () => {
    await using world = await aWorld({ learning: {} })
    const { client, house } = world
    const talk = await client.begin()
    const messageId = await ask(world, talk, 'How are the tides?')
    await client.ask('POST', '/api/feedback', { messageId, verdict: 'up' })
    await client.ask('POST', '/api/taps', { messageId, action: 'control:regenerate' })
    await house.closed(2)
    expect(await judgements(client, talk)).toEqual([question, ['aeries', null, null]])
    await client.ask('POST', '/api/feedback', { messageId, verdict: 'down', reason: 'wrong' })
    expect((await judgements(client, talk))[1]).toEqual(['aeries', 'down', 'wrong'])
    await client.ask('POST', '/api/taps', { messageId, action: 'control:delete' })
    await expect.poll(() => judgements(client, talk)).toEqual([question])
  })

  it('tells nothing of what somebody said from whom Aeries may not learn', async () => {
    await using world = await aWorld({ learning: { mode: 'off' } })
    const talk = await world.client.begin()
    const messageId = await ask(world, talk, 'How are the tides?')
    const { json } = await world.client.ask('POST', '/api/feedback', { messageId, verdict: 'up' })
    expect(json).toMatchObject({ told: expect.stringContaining('do not learn'), verdict: null })
    expect((await judgements(world.client, talk))[1]).toEqual(['aeries', null, null])
  })
})

describe('whoever works something on the web', () => {
  it('is answered when it is done, whether there is a word about it or not', async () => {
    // The door waits for no time to pass: on its clock none does.
    await using world = await aWorld({ learning: {}, doorClock: new ManualClock() })
    const { client } = world
    const talk = await client.begin()
    const messageId = await ask(world, talk, 'How are the tides?')
    const works = async (action: string) => (await client.ask('POST', '/api/taps', { messageId, action })).json['told']
    expect(await works('control:stop')).toBeNull()
    expect(await works('control:regenerate')).toBeNull()
    await world.house.closed(2)
    expect(await works('control:continue')).toBeNull()
    expect(await works('feedback:nonsense')).toBeNull()
    expect(await works('answer:nobody-asked')).toBeNull()
    expect(await works('what is this?')).toBeNull()
    expect(await works('feedback:ask')).toMatchObject({ text: expect.stringContaining('How was this answer?') })
    expect(await works('control:delete')).toBeNull()
    const { json } = await client.ask('POST', '/api/commands', { conversationId: talk, verb: 'me' })
    expect(json['told']).toMatchObject({ text: expect.any(String) })
    const unknown = await client.ask('POST', '/api/commands', { conversationId: talk, verb: 'dance' })
    expect(unknown.json['told']).toMatchObject({ text: expect.any(String) })
  })
})
