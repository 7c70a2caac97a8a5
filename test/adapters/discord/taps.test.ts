import { describe, expect, it } from 'vitest'
import type { MessageEvent } from '#src/core/event.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Button, Write } from '#src/core/surface.ts'
import { patience } from '#test/support/patience.ts'
import { aHouseAt, anOpenHouse, type House, never } from './discord-house.ts'

const now: Button = { action: 'answer-now', label: 'Answer now' }

describe('buttons on Discord', () => {
  it('stand under the text, in rows of five, and vanish with a last write, which has the one to judge it', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const many = Array.from({ length: 7 }, (_, at) => ({ action: `a${at}`, label: `Do ${at}` }))
    const message = idOf(await surface.write(aWrite({ text: 'You asked.', notice: true, buttons: many }), never))
    expect(labels(house, message)).toEqual([many.slice(0, 5), many.slice(5)].map(row => row.map(one => one.label)))
    await surface.write(aWrite({ phase: 'interim', text: 'Well', message, buttons: [now] }), never)
    expect(labels(house, message)).toEqual([['Answer now']])
    await surface.write(aWrite({ phase: 'final', text: 'Well.', message }), never)
    expect(labels(house, message)).toEqual([['Feedback']])
    expect(house.server.people.message(nativeMessageId(message)).content).toBe('Well.')
  })

  it('lets only a finished answer in a DM be judged', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const own = idOf(await surface.write(aWrite({ phase: 'final', text: 'Well.', buttons: [now] }), never))
    expect(labels(house, own)).toEqual([['Answer now', 'Feedback']])
    const shared = (await heard(house, '#general', '@Aeries hello')).surface
    const open = idOf(await shared.write(aWrite({ key: 'other', phase: 'final', text: 'Well.' }), never))
    expect(labels(house, open)).toEqual([])
  })

  it('are put right when a repeated send finds the message with others', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const message = idOf(await surface.write(aWrite({ text: 'You asked.', buttons: [now] }), never))
    expect(idOf(await surface.write(aWrite({ text: 'You asked.' }), never))).toBe(message)
    expect(labels(house, message)).toEqual([])
  })

  it('keep to the length that Discord takes', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const long = { action: 'x'.repeat(60), label: 'y'.repeat(90) }
    const message = idOf(await surface.write(aWrite({ buttons: [long] }), never))
    expect(labels(house, message)).toEqual([[`${'y'.repeat(79)}…`]])
  })
})

describe('a tap on a button', () => {
  it.each(['dm', '#general'])(
    'in %s is acknowledged, told with its person, and answered to that person alone',
    async place => {
      await using house = await anOpenHouse()
      const { surface, person, place: where } = await heard(house, place, '@Aeries hello')
      const message = idOf(await surface.write(aWrite({ buttons: [now] }), never))
      const { id } = house.server.people.click('mira', nativeMessageId(message), 'Answer now')
      const tap = await house.inbox.next('control')
      expect(tap).toMatchObject({ control: { type: 'button', action: 'answer-now', message }, person, place: where })
      expect(tap.key).toBe(`discord:tap:${id}`)
      expect(Math.abs(tap.at.getTime() - Date.now())).toBeLessThan(60_000)
      expect((await house.server.watch.answered(id, patience())).state).toBe('acknowledged')
      await tap.respond(`@everyone ${'word '.repeat(500)}`, never)
      const channel = place === 'dm' ? 'dm:mira' : place
      const shown = house.server.people.messages(channel, 'mira').filter(one => one.ephemeralFor === house.harbour.mira)
      expect(shown.map(({ content }) => content).join(' ')).toBe(`@everyone ${'word '.repeat(500)}`.trim())
      expect(shown.flatMap(({ mentions }) => [mentions.everyone])).toEqual(shown.map(() => false))
      expect(house.server.people.messages(channel, 'jonas').filter(one => one.ephemeralFor)).toEqual([])
      expect(house.server.people.message(nativeMessageId(message)).content).toBe('Once')
    },
  )

  it('is heard by a process that did not send the message, also in a thread that slept', async () => {
    await using first = await anOpenHouse()
    const { id: thread } = first.server.places.createThread('#general', { name: 'talk', by: 'mira' })
    const { surface, place } = await heard(first, thread, '@Aeries hello')
    const message = idOf(await surface.write(aWrite({ buttons: [now] }), never))
    await first.adapter[Symbol.asyncDispose]()
    first.server.places.changeThread(thread, { archived: true })
    const second = aHouseAt(first.server, first.harbour)
    await second.adapter.start(second.inbox, never)
    const { id } = first.server.people.click('mira', nativeMessageId(message), 'Answer now')
    expect(await second.inbox.next('control')).toMatchObject({ place, control: { message } })
    expect((await first.server.watch.answered(id, patience())).state).toBe('acknowledged')
    await second.adapter[Symbol.asyncDispose]()
  })

  it('is acknowledged again when nobody knows whether Discord heard it', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const message = idOf(await surface.write(aWrite({ buttons: [now] }), never))
    house.server.faults.add({ kind: 'reset', method: 'POST', times: 1 })
    house.server.faults.add({ kind: 'error', status: 502, accepted: true, method: 'POST', times: 1 })
    const { id } = house.server.people.click('mira', nativeMessageId(message), 'Answer now')
    const tap = await house.inbox.next('control')
    for (let tries = 0; tries < 2; tries += 1) {
      await expect.poll(() => house.clock.pending).toBe(1)
      await house.clock.advance(300)
    }
    await tap.respond('Done.', never)
    expect(house.server.people.interaction(id).state).toBe('acknowledged')
    expect(house.server.people.messages('dm:mira', 'mira').at(-1)?.content).toBe('Done.')
  })

  it('is told although it could not be acknowledged, and its private answer fails quietly', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const message = idOf(await surface.write(aWrite({ buttons: [now] }), never))
    house.server.faults.add({ kind: 'error', status: 404, code: 10_062, method: 'POST' })
    house.server.people.click('mira', nativeMessageId(message), 'Answer now')
    await (await house.inbox.next('control')).respond('Done.', never)
    expect(house.server.people.messages('dm:mira', 'mira').at(-1)?.content).toBe('Once')
  })

  it('goes through while all other requests are held', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const message = idOf(await surface.write(aWrite({ buttons: [now] }), never))
    house.server.faults.add({ kind: 'rate-limit', scope: 'global', retryAfterMs: 60_000, times: 1 })
    expect((await surface.write(aWrite({ message }), never)).outcome).toBe('rate-limited')
    const { id } = house.server.people.click('mira', nativeMessageId(message), 'Answer now')
    expect((await house.server.watch.answered(id, patience())).state).toBe('acknowledged')
  })

  it('behind a closed door is not acknowledged, so that the person sees that it failed', async () => {
    await using house = await anOpenHouse({ rules: { interactionAckMs: 50 } })
    const { surface } = await heard(house, 'dm', 'hello')
    const message = idOf(await surface.write(aWrite({ buttons: [now] }), never))
    await house.adapter.closeDoor()
    const { id } = house.server.people.click('mira', nativeMessageId(message), 'Answer now')
    await expect.poll(() => house.server.people.interaction(id).state).toBe('failed')
  })
})

async function heard(house: House, place: string, text: string): Promise<MessageEvent> {
  house.server.people.say('mira', place, text)
  return await house.inbox.next('message')
}

function labels({ server }: House, message: MessageId): unknown {
  return server.people
    .message(nativeMessageId(message))
    .components.map(row => (row['components'] as { label: string }[]).map(({ label }) => label))
}

function aWrite(sketch: Partial<Write>): Write {
  return { key: 'key', part: 0, phase: 'first', text: 'Once', ...sketch }
}

function idOf(written: Readonly<{ outcome: string; message?: MessageId }>): MessageId {
  expect(written.outcome).toBe('written')
  return written.message as MessageId
}
