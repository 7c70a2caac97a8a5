import { describe, expect, it } from 'vitest'
import { nativeMessageId } from '#src/core/ids.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aHouseAt, anOpenHouse, type House, type HouseOptions, never } from './slack-house.ts'
import { aWrite, grow, heard, messageOf, persist } from './writing.ts'

const inThreads = { parts: { dmStyle: 'threads' } } as const satisfies HouseOptions

describe('the agent view', () => {
  it('makes a thread of every message once the app was opened, and suggests what to ask', async () => {
    await using house = await anOpenHouse()
    const { id } = house.server.people.openApp('mira')
    await house.server.watch.nextCall('assistant.threads.setSuggestedPrompts')
    expect(Object.values(house.server.scene.snapshot().prompts).flat()).toHaveLength(3)
    const { place, message } = await heard(house, id, 'hello')
    expect(place).toMatchObject({ audience: 'dm', thread: nativeMessageId(message.id) })
    const follow = await heard(house, id, 'and then?', { thread: place.thread })
    expect(follow.place.thread).toBe(place.thread)
  })

  it('is known again after a restart by where Aeries answered, and by what its composer adds', async () => {
    await using house = await anOpenHouse()
    house.server.people.openApp('mira')
    house.server.people.openApp('jonas')
    await house.server.deliveries.idle()
    await grow((await heard(house, 'dm:mira', 'hello')).surface, ['Hello', 'Hello to you.'])
    await using fresh = await aFreshProcess(house)
    expect((await heard(fresh, 'dm:mira', 'me again')).place.thread).toBeDefined()
    house.server.people.say('wren', 'dm', 'hello', { context: { entities: [] } })
    expect((await fresh.inbox.next('message')).place.thread).toBeDefined()
    house.server.people.say('jonas', 'dm', 'hello')
    expect((await fresh.inbox.next('message')).place.thread).toBeUndefined()
  })

  it('gives way to what the operator decided', async () => {
    await using flat = await anOpenHouse({ parts: { dmStyle: 'flat' } })
    flat.server.people.openApp('mira')
    await flat.server.deliveries.idle()
    expect((await heard(flat, 'dm', 'hello')).place.thread).toBeUndefined()
    await using threads = await anOpenHouse({ parts: { dmStyle: 'threads' } })
    expect((await heard(threads, 'dm', 'hello')).place.thread).toBeDefined()
    expect(readsOf(threads, 'conversations.history')).toBe(0)
  })

  it('shows that Aeries thinks, with a stop button that is gone with the answer', async () => {
    await using house = await anOpenHouse({ parts: { dmStyle: 'threads' } })
    const { surface, place } = await heard(house, 'dm', 'hello')
    const where = `${place.channel}:${place.thread}`
    await surface.typing(never)
    await surface.typing(never)
    expect(house.server.scene.snapshot().statuses).toEqual({ [where]: 'is thinking…' })
    expect(sessionsOf(house)).toEqual(['processing'])
    expect(house.server.log.filter(({ method }) => method === 'assistant.threads.setStatus')).toHaveLength(1)
    await grow(surface, ['Hello', 'Hello to you.'])
    expect(house.server.scene.snapshot().statuses).toEqual({})
    expect(sessionsOf(house)).toEqual(['active'])
  })

  it('takes the stop button away by a call of its own when the answer was posted', async () => {
    await using house = await anOpenHouse({ parts: { dmStyle: 'threads', nativeStream: 'off' } })
    const { surface } = await heard(house, 'dm', 'hello')
    await surface.typing(never)
    await grow(surface, ['Hello', 'Hello to you.'])
    await expect.poll(() => sessionsOf(house)).toEqual(['active'])
  })

  it('shows the status in a channel’s thread, too, and none where there is no thread', async () => {
    await using house = await anOpenHouse()
    const short = await heard(house, '#general', '@Aeries hi')
    await short.surface.typing(never)
    await grow(short.surface, ['Hi.'], 'short:0')
    // Words take the status away by themselves.
    expect(house.server.log.filter(isSign)).toHaveLength(1)
    const inChannel = await heard(house, '#general', '@Aeries hello')
    await inChannel.surface.typing(never)
    expect(Object.keys(house.server.scene.snapshot().statuses)).toHaveLength(1)
    expect(sessionsOf(house)).toEqual([])
    const before = house.server.log.length
    const inDm = await heard(house, 'dm', 'hello')
    const asked = house.server.log.length
    await inDm.surface.typing(never)
    expect(asked).toBeGreaterThan(before)
    expect(house.server.log).toHaveLength(asked)
  })

  it('lets the stop button end a running answer, and tells of it', async () => {
    await using house = await anOpenHouse({ parts: { dmStyle: 'threads' } })
    const { surface, place } = await heard(house, 'dm', 'hello')
    await surface.typing(never)
    const written = await surface.write(aWrite({ text: 'Once' }), never)
    const message = written.outcome === 'written' ? written.message : undefined
    house.server.people.stop('mira', place.channel, place.thread ?? '')
    const event = await house.inbox.next('control')
    expect(event).toMatchObject({ control: { type: 'stop', message }, place: { thread: place.thread } })
    const more = aWrite({ phase: 'interim', text: 'Once upon', ...(message && { message }) })
    expect((await surface.write(more, never)).outcome).toBe('gone')
    await expect.poll(() => sessionsOf(house)).toEqual(['active'])
    const [shown] = house.server.people.messages('dm:mira').filter(({ botId }) => botId !== undefined)
    expect(shown?.markdown).toBe('Once')
    await expect.poll(() => house.server.people.message('dm:mira', shown?.ts ?? '').stream?.state).toBe('completed')
  })

  it('answers what was asked before the stop of another answer, and shows no thinking that is over', async () => {
    await using house = await anOpenHouse({ parts: { dmStyle: 'threads' } })
    const { surface, place } = await heard(house, 'dm', 'hello')
    const queued = await heard(house, 'dm', 'and this', { thread: place.thread })
    await surface.typing(never)
    house.server.people.stop('mira', place.channel, place.thread ?? '')
    expect((await house.inbox.next('control')).control.type).toBe('stop')
    const statuses = () => house.server.log.filter(({ method }) => method === 'assistant.threads.setStatus').length
    await expect.poll(statuses).toBe(2)
    expect((await surface.write(aWrite(), never)).outcome).toBe('gone')
    await queued.surface.typing(never)
    expect((await queued.surface.write(aWrite({ key: 'queued:0' }), never)).outcome).toBe('written')
  })

  it('lets the stop button end an answer of which no word was shown', async () => {
    await using house = await anOpenHouse({ parts: { dmStyle: 'threads' } })
    const { surface, place } = await heard(house, 'dm', 'hello')
    await surface.typing(never)
    house.server.people.stop('mira', place.channel, place.thread ?? '')
    expect((await house.inbox.next('control')).control).toEqual({ type: 'stop', message: undefined })
    expect((await surface.write(aWrite(), never)).outcome).toBe('gone')
    await expect.poll(() => sessionsOf(house)).toEqual(['active'])
    const next = await heard(house, 'dm', 'something else', { thread: place.thread })
    expect((await next.surface.write(aWrite({ key: 'next:0' }), never)).outcome).toBe('written')
  })
})

describe('however a turn ends in the agent view, nothing of it stays', () => {
  it('without a word, as when it is stopped: with what tells that the thinking is over', async () => {
    await using house = await anOpenHouse(inThreads)
    const { surface } = await heard(house, 'dm', 'hello')
    const turn = new AbortController()
    await surface.typing(turn.signal)
    expect(sessionsOf(house)).toEqual(['processing'])
    turn.abort(new Error('nothing was written'))
    await expect.poll(() => sessionsOf(house)).toEqual(['active'])
    await expect.poll(() => statusesOf(house)).toEqual({})
  })

  it('with another question behind it: its stop button is not taken away by what is late', async () => {
    await using house = await anOpenHouse(inThreads)
    const { surface, place } = await heard(house, 'dm', 'hello')
    const behind = await heard(house, 'dm', 'and this', { thread: place.thread })
    const turn = new AbortController()
    await surface.typing(turn.signal)
    const { message } = await persist(surface, aWrite())
    // No room to end the stream now: that comes when the next answer is under way.
    house.server.faults.add({ kind: 'rate-limit', retryAfterS: 1, method: 'chat.stopStream', times: 1 })
    house.server.people.stop('mira', place.channel, place.thread ?? '')
    await house.inbox.next('control')
    turn.abort(new Error('stopped'))
    const next = new AbortController()
    await behind.surface.typing(next.signal)
    await expect.poll(() => streamState(house, message)).toBe('completed')
    expect(sessionsOf(house)).toEqual(['processing'])
    next.abort(new Error('nothing was written'))
    await expect.poll(() => sessionsOf(house)).toEqual(['active'])
  })

  it('while its beginning is still on the way to Slack', async () => {
    await using house = await anOpenHouse(inThreads)
    const { surface } = await heard(house, 'dm', 'hello')
    house.server.faults.add({ kind: 'slow', ms: 200, method: 'assistant.threads.setStatus', times: 1 })
    house.server.faults.add({ kind: 'slow', ms: 200, method: 'agents.sessions.setStatus', times: 1 })
    const turn = new AbortController()
    const typing = surface.typing(turn.signal)
    await grow(surface, ['Hello', 'Hello to you.'])
    turn.abort(new Error('answered'))
    await expect(typing).rejects.toThrow('answered')
    await expect.poll(() => house.server.log.filter(isSign).length).toBeGreaterThanOrEqual(3)
    await expect.poll(() => [sessionsOf(house), statusesOf(house)]).toEqual([['active'], {}])
  })

  it('though Slack did not hear it at once', async () => {
    await using house = await anOpenHouse(inThreads)
    const { surface } = await heard(house, 'dm', 'hello')
    const turn = new AbortController()
    await surface.typing(turn.signal)
    house.server.faults.add({ kind: 'error', status: 503, method: 'agents.sessions.setStatus', times: 1 })
    turn.abort(new Error('nothing was written'))
    await expect.poll(() => sessionsOf(house)).toEqual(['active'])
  })

  it.each(['dm', 'off'] as const)(
    'with a stop of the service in mid-answer (native streams: %s)',
    async nativeStream => {
      await using house = await anOpenHouse({ parts: { dmStyle: 'threads', nativeStream } })
      const { surface } = await heard(house, 'dm', 'hello')
      await surface.typing(never)
      await persist(surface, aWrite())
      await house.adapter[Symbol.asyncDispose]()
      expect(sessionsOf(house)).toEqual(['active'])
    },
  )

  it('after a crash, when a new process ends the answer', async () => {
    await using house = await anOpenHouse({ parts: { dmStyle: 'threads', nativeStream: 'off' } })
    const { surface, place, message: asked } = await heard(house, 'dm', 'hello')
    await surface.typing(never)
    await persist(surface, aWrite())
    const fresh = aHouseAt(house.server, house.harbour, inThreads.parts)
    await fresh.adapter.start(fresh.inbox, never)
    await persist(fresh.adapter.surface(place, asked.id), aWrite({ phase: 'final', text: 'Once more.' }))
    await expect.poll(() => sessionsOf(house)).toEqual(['active'])
    await fresh.adapter[Symbol.asyncDispose]()
  })

  it('after minutes in which nobody said that it was over', async () => {
    const clock = new ManualClock(new Date())
    await using house = await anOpenHouse({ parts: { dmStyle: 'threads', nativeStream: 'off', clock } })
    const { surface } = await heard(house, 'dm', 'hello')
    await surface.typing(never)
    await persist(surface, aWrite())
    await clock.advance(179_000)
    expect(sessionsOf(house)).toEqual(['processing'])
    await clock.advance(1_000)
    await expect.poll(() => sessionsOf(house)).toEqual(['active'])
  })

  it('and what many answers say at once stays within Slack’s limits, with a stop button for some of them', async () => {
    await using house = await anOpenHouse(inThreads)
    const turns: AbortController[] = []
    for (let at = 0; at < 60; at += 1) {
      const { surface } = await heard(house, 'dm', `question ${at}`)
      const turn = new AbortController()
      turns.push(turn)
      await surface.typing(turn.signal)
    }
    expect(sessionsOf(house)).toEqual(Array.from({ length: 22 }, () => 'processing'))
    for (const turn of turns) turn.abort(new Error('nothing was written'))
    await expect.poll(() => new Set(sessionsOf(house))).toEqual(new Set(['active']))
    expect(house.server.log.filter(({ retryAfterS }) => retryAfterS !== undefined)).toEqual([])
  })
})

function readsOf({ server }: House, method: string): number {
  return server.log.filter(entry => entry.method === method).length
}

function sessionsOf({ server }: House): readonly string[] {
  return server.scene.snapshot().sessions.map(({ status }) => status)
}

function statusesOf({ server }: House) {
  return server.scene.snapshot().statuses
}

function isSign({ method }: House['server']['log'][number]): boolean {
  return method.endsWith('.setStatus')
}

function streamState({ server }: House, message: Parameters<typeof messageOf>[2]) {
  return messageOf(server, 'dm:mira', message).stream?.state
}

/** Another process in the place of the first, which is gone. */
async function aFreshProcess(house: House): Promise<House> {
  await house.adapter[Symbol.asyncDispose]()
  const fresh = aHouseAt(house.server, house.harbour)
  await fresh.adapter.start(fresh.inbox, never)
  return { ...fresh, [Symbol.asyncDispose]: () => fresh.adapter[Symbol.asyncDispose]() }
}
