import { describe, expect, it } from 'vitest'
import type { MessageEvent } from '#src/core/event.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Write } from '#src/core/surface.ts'
import { anOpenHouse, type House, never } from './discord-house.ts'

const suppressEmbeds = 1 << 2
const suppressNotifications = 1 << 12

describe('DiscordSurface', () => {
  it('answers a question in a shared place as a reply, its further parts silently and without one', async () => {
    await using house = await anOpenHouse()
    const event = await heard(house, '#general', '@Aeries hello')
    const first = await posted(house, event, { text: 'one' })
    const second = await posted(house, event, { key: 'b', part: 1, text: 'two' })
    expect(first.reference).toMatchObject({ kind: 'reply', messageId: nativeMessageId(event.message.id) })
    expect(second.reference).toBeUndefined()
    expect([first.flags, second.flags]).toEqual([suppressEmbeds, suppressEmbeds | suppressNotifications])
  })

  it('answers a DM without a reference', async () => {
    await using house = await anOpenHouse()
    const event = await heard(house, 'dm', 'hello')
    expect((await posted(house, event, { text: 'one' })).reference).toBeUndefined()
  })

  it('answers a question that was deleted meanwhile', async () => {
    await using house = await anOpenHouse()
    const event = await heard(house, '#general', '@Aeries hello')
    house.server.people.delete('mira', nativeMessageId(event.message.id))
    expect((await posted(house, event, { text: 'one' })).content).toBe('one')
  })

  it('answers without a reply where it may not read on', async () => {
    await using house = await anOpenHouse()
    house.server.places.deny('#general', 'Aeries', ['readMessageHistory'])
    const event = await heard(house, '#general', '@Aeries hello')
    expect(await posted(house, event, { text: 'one' })).toMatchObject({ content: 'one', reference: undefined })
    await posted(house, event, { key: 'b', text: 'two' })
    expect(house.server.log.filter(({ code }) => code === 160_002)).toHaveLength(1)
  })

  it('pings nobody and unfolds no link, neither when it sends nor when it edits', async () => {
    await using house = await anOpenHouse()
    const event = await heard(house, '#general', '@Aeries hello')
    const { mira, jonas, guild } = house.harbour
    const text = `@everyone @here <@${mira}> <@!${jonas}> <@&${guild}> https://evil.test/leak?x=1 [a](https://b.test)`
    const { id, versions } = await posted(house, event, { text })
    expect(versions).toHaveLength(1)
    const message = event.message.id.replace(/[^/]+$/, id) as MessageId
    await event.surface.write(aWrite({ phase: 'final', text: `${text} and more`, message }), never)
    const said = house.server.people.message(id)
    expect(said.versions).toHaveLength(2)
    for (const version of said.versions) {
      expect(version.pings.personIds).toEqual([])
      expect(version.unfurls).toEqual([])
      expect(version.flags & suppressEmbeds).toBe(suppressEmbeds)
    }
    expect(said.content).toContain('<https://evil.test/leak?x=1>')
  })

  it('keeps a further part silent when it is edited', async () => {
    await using house = await anOpenHouse()
    const event = await heard(house, 'dm', 'hello')
    const { id } = await posted(house, event, { part: 1, text: 'two' })
    const message = event.message.id.replace(/[^/]+$/, id) as MessageId
    await event.surface.write(aWrite({ part: 1, phase: 'final', text: 'two, too', message }), never)
    expect(house.server.log.at(-1)).toMatchObject({ method: 'PATCH', flags: suppressEmbeds | suppressNotifications })
  })

  it('closes an open fence while the text grows', async () => {
    await using house = await anOpenHouse()
    const event = await heard(house, 'dm', 'hello')
    expect((await posted(house, event, { text: 'Look:\n```js\nlet a' })).content).toBe('Look:\n```js\nlet a\n```')
  })

  it('puts a file under the reply', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const outcome = await surface.attach({ name: 'rest.md', content: '# The rest' }, 'file-key', never)
    expect(outcome.outcome).toBe('written')
    const [attachment] = house.server.people.messages('dm:mira').at(-1)?.attachments ?? []
    expect(attachment?.filename).toBe('rest.md')
    expect(await (await fetch(attachment?.url ?? '')).text()).toBe('# The rest')
    await surface.attach({ name: 'rest.md', content: '# The rest' }, 'file-key', never)
    expect(house.server.people.messages('dm:mira')).toHaveLength(2)
  })

  it('shows that Aeries types, and makes nothing of it when that fails', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    await surface.typing(never)
    expect(house.server.people.isTyping('bot', 'dm:mira')).toBe(true)
    house.server.faults.add({ kind: 'error', status: 500 })
    await surface.typing(never)
  })

  it('leaves typing out where very many answers begin in the same second', async () => {
    await using house = await anOpenHouse()
    const { surface, place, message } = await heard(house, 'dm', 'hello')
    const others = Array.from({ length: 20 }, () => house.adapter.surface(place, message.id))
    await Promise.all([surface, ...others].map(other => other.typing(never)))
    const typings = () => house.server.log.filter(({ route }) => route.endsWith('/typing'))
    expect(typings()).toHaveLength(5)
    await house.clock.advance(1_000)
    await surface.typing(never)
    expect(typings()).toHaveLength(6)
  })

  it('throws the reason of its signal from a request on its way', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    house.server.faults.add({ kind: 'hang' })
    const stop = new AbortController()
    const write = surface.write(aWrite({}), stop.signal)
    const typing = surface.typing(stop.signal)
    stop.abort(new Error('stopped'))
    await expect(write).rejects.toThrow('stopped')
    await expect(typing).rejects.toThrow('stopped')
  })
})

describe('a send whose answer is lost', () => {
  it('is found by its nonce, and not doubled by another try', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    house.server.faults.add({ kind: 'reset', accepted: true, method: 'POST', times: 1 })
    expect((await surface.write(aWrite({ text: 'Once' }), never)).outcome).toBe('unknown')
    const lost = house.server.people.messages('dm:mira').at(-1)?.id
    await expect.poll(() => surface.find(aWrite({}), never)).toMatch(new RegExp(`/${lost}$`))
    expect(await surface.write(aWrite({ text: 'Once upon' }), never)).toMatchObject({
      outcome: 'written',
      message: expect.stringMatching(new RegExp(`/${lost}$`)),
      limit: { remaining: 3 },
    })
    expect(house.server.people.messages('dm:mira').map(({ content }) => content)).toEqual(['hello', 'Once upon'])
  })

  it('is found by its words in a reply to the question when the gateway did not tell of it', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, '#general', '@Aeries hello')
    const other = idOf(await surface.write(aWrite({ key: 'other', text: 'Once' }), never))
    house.server.gateway.setMuted(true)
    house.server.faults.add({ kind: 'error', status: 502, accepted: true, method: 'POST', times: 1 })
    expect((await surface.write(aWrite({ text: 'Once' }), never)).outcome).toBe('unknown')
    const found = await surface.find(aWrite({}), never)
    expect(found).toMatch(new RegExp(`/${house.server.people.messages('#general').at(-1)?.id}$`))
    expect(found).not.toBe(other)
    house.server.faults.add({ kind: 'error', status: 500, method: 'GET' })
    expect(await surface.find(aWrite({}), never)).toBeUndefined()
  })

  it.each(['#general', 'dm'])('in %s is never taken for the same words under another question', async place => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, place, '@Aeries boats?')
    const { surface: beside } = await heard(house, place, '@Aeries trains?')
    house.server.gateway.setMuted(true)
    house.server.faults.add({ kind: 'error', status: 502, method: 'POST', times: 1 })
    expect((await surface.write(aWrite({ text: 'Sure.' }), never)).outcome).toBe('unknown')
    // Nobody can say under which key this one stands: its answer is lost, too.
    house.server.faults.add({ kind: 'error', status: 502, accepted: true, method: 'POST', times: 1 })
    expect((await beside.write(aWrite({ key: 'beside', text: 'Sure.' }), never)).outcome).toBe('unknown')
    expect(await surface.find(aWrite({}), never)).toBeUndefined()
    const own = idOf(await surface.write(aWrite({ text: 'Sure.' }), never))
    expect(idOf(await beside.write(aWrite({ key: 'beside', text: 'Sure.' }), never))).not.toBe(own)
    expect(house.server.people.messages(place === 'dm' ? 'dm:mira' : place)).toHaveLength(4)
  })

  it('is never taken for the same words that an earlier answer to the question is known by', async () => {
    await using house = await anOpenHouse()
    const { surface, place, message } = await heard(house, '#general', '@Aeries hello')
    house.server.gateway.setMuted(true)
    await house.adapter.surface(place, message.id).write(aWrite({ key: 'earlier', text: 'Sure.' }), never)
    house.server.faults.add({ kind: 'error', status: 502, method: 'POST', times: 1 })
    expect((await surface.write(aWrite({ text: 'Sure.' }), never)).outcome).toBe('unknown')
    expect(await surface.find(aWrite({}), never)).toBeUndefined()
  })
})

describe("what Discord's answers mean to a reply", () => {
  it('learns the limit of sends and of edits apart, and is held back by neither for the other', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const first = await surface.write(aWrite({ text: 'Once' }), never)
    const message = idOf(first)
    expect(first).toMatchObject({ limit: { limit: 5, remaining: 4 } })
    for (const remaining of [4, 3, 2, 1, 0]) {
      const text = `Once upon ${remaining}`
      const edit = await surface.write(aWrite({ phase: 'interim', text, message }), never)
      expect(edit).toMatchObject({ outcome: 'written', limit: { limit: 5, remaining } })
    }
    expect(await surface.write(aWrite({ phase: 'final', text: 'The end', message }), never)).toMatchObject({
      outcome: 'rate-limited',
      retryAfterMs: expect.closeTo(4_900, -3),
    })
    expect(await surface.write(aWrite({ key: 'b', text: 'Another' }), never)).toMatchObject({ limit: { remaining: 3 } })
    expect(house.server.log.filter(({ status }) => status === 429)).toEqual([])
    expect(surface.bucket({ phase: 'first' })).toMatch(/^discord:POST:\d+$/)
    expect(surface.bucket({ phase: 'final', message })).toMatch(/^discord:PATCH:\d+$/)
  })

  it.each(['user', 'shared', 'global'] as const)('waits after a 429 of scope %s', async scope => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    house.server.faults.add({ kind: 'rate-limit', retryAfterMs: 2_000, scope, times: 1 })
    const outcome = await surface.write(aWrite({}), never)
    expect(outcome).toMatchObject({ outcome: 'rate-limited', retryAfterMs: expect.closeTo(2_000, -2) })
    expect(house.server.people.messages('dm:mira')).toHaveLength(1)
  })

  it('gives up where the person takes no messages', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    house.server.scene.setAcceptsDms('mira', false)
    await expectGone(surface.write(aWrite({}), never), 'takes no direct messages')
  })

  it('gives up without the permission to speak, and names it', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, '#general', '@Aeries hello')
    house.server.places.deny('#general', 'Aeries', ['sendMessages'])
    await expectGone(surface.write(aWrite({}), never), 'Send Messages')
  })

  it('gives up when the channel is gone', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, '#general', '@Aeries hello')
    house.server.places.deleteChannel('#general')
    await expectGone(surface.write(aWrite({}), never), 'the channel is gone')
  })

  it('gives up in a locked thread', async () => {
    await using house = await anOpenHouse()
    const thread = house.server.places.createThread('#general', { name: 'talk', by: 'mira' })
    const { surface } = await heard(house, thread.id, '@Aeries hello')
    house.server.places.changeThread(thread.id, { locked: true })
    await expectGone(surface.write(aWrite({}), never), 'the thread is locked')
  })

  it('is lost, but not silent for ever, when a request is refused for its token', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    house.server.faults.add({ kind: 'error', status: 401, times: 1 })
    expect((await surface.write(aWrite({}), never)).outcome).toBe('gone')
    expect(house.adapter.health()).toMatchObject({ state: 'lost', cause: expect.stringContaining('DISCORD_TOKEN') })
    expect((await surface.write(aWrite({}), never)).outcome).toBe('written')
    expect(house.adapter.health()).toEqual({ state: 'connected' })
    expect(house.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  it('never tells the log what was said', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'a secret question')
    for (const status of [500, 403, 400]) {
      house.server.faults.add({ kind: 'error', status, times: 1 })
      const outcome = await surface.write(aWrite({ text: 'a secret answer' }), never)
      expect(JSON.stringify(outcome)).not.toContain('secret')
    }
    expect(JSON.stringify(house.log.lines)).not.toMatch(/secret|Playgr/)
  })
})

async function heard(house: House, place: string, text: string): Promise<MessageEvent> {
  house.server.people.say('mira', place, text)
  return await house.inbox.next('message')
}

async function posted(house: House, { surface }: MessageEvent, sketch: Partial<Write>) {
  return house.server.people.message(nativeMessageId(idOf(await surface.write(aWrite(sketch), never))))
}

async function expectGone(write: Promise<unknown>, words: string): Promise<void> {
  expect(await write).toMatchObject({ outcome: 'gone', cause: { message: expect.stringContaining(words) } })
}

function aWrite(sketch: Partial<Write>): Write {
  return { key: 'key', part: 0, phase: 'first', text: 'Once', ...sketch }
}

function idOf(written: Readonly<{ outcome: string; message?: MessageId }>): MessageId {
  expect(written.outcome).toBe('written')
  return written.message as MessageId
}
