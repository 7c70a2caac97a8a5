import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentOf, contentWithNote, showsBeginning } from '#adapters/discord/content.ts'
import type { MessageEvent } from '#src/core/event.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Write } from '#src/core/surface.ts'
import { nastyAnswer } from '#test/support/nasty-answer.ts'
import { aHouseAt, anOpenHouse, type House, never } from './discord-house.ts'

const story = 'Once upon a time there was a lighthouse, and nobody knew who lit it.'

describe('after a crash, a message that the process before this one sent', () => {
  it.each(['dm', '#general'])(
    'in %s is found by its words, though the text has grown and the nonce is forgotten',
    async place => {
      await using house = await anOpenHouse()
      const event = await heard(house, place, '@Aeries tell me')
      const sent = idOf(await event.surface.write(aWrite({ text: 'Once upon a time ' }), never))
      const second = idOf(
        await event.surface.write(aWrite({ key: 'turn.1', part: 1, text: 'The second part.' }), never),
      )
      const { surface, close } = await crashed(house, event)
      house.server.people.say('mira', place, 'and then?')
      expect(await surface.find(aWrite({ text: story }), never)).toBe(sent)
      expect(await surface.find(aWrite({ key: 'turn.1', part: 1, text: 'The second part. It goes on.' }), never)).toBe(
        second,
      )
      expect(await surface.find(aWrite({ text: 'Quite another answer.' }), never)).toBeUndefined()
      await close()
    },
  )

  it('is found behind hundreds of other words', async () => {
    await using house = await anOpenHouse()
    const event = await heard(house, '#general', '@Aeries tell me')
    for (let at = 0; at < 250; at += 1) house.server.people.say('jonas', '#general', `word ${at}`)
    const sent = idOf(await event.surface.write(aWrite({ text: 'Once upon' }), never))
    const { surface, close } = await crashed(house, event)
    expect(await surface.find(aWrite({ text: story }), never)).toBe(sent)
    await close()
  })

  it.each([
    ['a note', { text: 'Once upon a time', note: 'This answer broke off here.', phase: 'final' }],
    ['an open fence', { text: 'Look:\n```js\nlet a' }],
    ['an address', { text: 'See https://example.org/chart' }],
  ] satisfies [string, Partial<Write>][])('is found with %s', async (_, sketch) => {
    await using house = await anOpenHouse()
    const event = await heard(house, 'dm', 'tell me')
    const sent = idOf(await event.surface.write(aWrite(sketch), never))
    const { surface, close } = await crashed(house, event)
    expect(await surface.find(aWrite({ text: `${sketch.text} = 1 and so on` }), never)).toBe(sent)
    await close()
  })

  it('is never taken from another question, nor where two fit, nor where somebody else said the words', async () => {
    await using house = await anOpenHouse()
    const boats = await heard(house, '#general', '@Aeries boats?')
    const trains = await heard(house, '#general', '@Aeries trains?')
    await trains.surface.write(aWrite({ text: 'Sure.' }), never)
    house.server.people.say('jonas', '#general', 'Sure.', { replyTo: nativeMessageId(boats.message.id) })
    const quiet = await heard(house, 'dm', 'boats?')
    for (const key of ['one', 'two']) await quiet.surface.write(aWrite({ key, text: 'Sure.' }), never)
    const restarted = await crashed(house, boats)
    expect(await restarted.surface.find(aWrite({ text: 'Sure.' }), never)).toBeUndefined()
    const again = restarted.adapter.surface(quiet.place, quiet.message.id)
    expect(await again.find(aWrite({ text: 'Sure.' }), never)).toBeUndefined()
    await restarted.close()
  })

  it('is not looked for among words as long as a young nonce repeats the send safely', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'tell me')
    house.server.gateway.setMuted(true)
    house.server.faults.add({ kind: 'error', status: 502, accepted: true, method: 'POST', times: 1 })
    expect((await surface.write(aWrite({ text: 'Sure.' }), never)).outcome).toBe('unknown')
    expect(await surface.find(aWrite({ text: 'Sure.' }), never)).toBeUndefined()
    await house.clock.advance(121_000)
    const sent = house.server.people.messages('dm:mira').at(-1)
    expect(await surface.find(aWrite({ text: 'Sure.' }), never)).toMatch(new RegExp(`/${sent?.id}$`))
  })
})

describe('showsBeginning', () => {
  it('knows every state in which a growing answer was shown', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (seed, share, isNoted) => {
        const text = nastyAnswer(seed, { maxLength: 1_200, wellFormed: true })
        const shown = text.slice(0, Math.round(share * text.length))
        const content = contentWithNote({ text: shown, phase: 'interim', ...(isNoted && { note: 'cut off' }) })
        expect(content === '' || contentOf(shown, 'interim') === '' || showsBeginning(content, text)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('knows the whole in its lasting form, and nothing else', () => {
    expect(showsBeginning(contentOf('| a | b |\n|---|---|\n| 1 | 2 |'), '| a | b |\n|---|---|\n| 1 | 2 |')).toBe(true)
    expect(showsBeginning('Sure.', 'Surely not.')).toBe(false)
    expect(showsBeginning('Sure. Yes', 'Sure.')).toBe(false)
    expect(showsBeginning('', 'Sure.')).toBe(false)
    expect(showsBeginning('-# a note', 'Sure.')).toBe(false)
  })
})

it('a send that cannot be looked for is not repeated before it was', async () => {
  await using house = await anOpenHouse()
  const event = await heard(house, 'dm', 'hello')
  const write = aWrite({ key: 'turn9:0', text: 'Sure. Here it is.' })
  await event.surface.write(write, never)
  const { surface, close } = await crashed(house, event)
  const fault = house.server.faults.add({ kind: 'error', status: 502, method: 'GET' })
  expect(await surface.find(write, never)).toBeUndefined()
  expect(await surface.write(write, never)).toMatchObject({ outcome: 'unknown' })
  house.server.faults.remove(fault)
  expect(await surface.find(write, never)).toBeDefined()
  await close()
})

/** Another process, an hour later: it remembers nothing, and Discord has forgotten the nonces. */
async function crashed({ adapter, server, harbour }: House, { place, message }: MessageEvent) {
  await adapter[Symbol.asyncDispose]()
  server.world.messages.forgetNonces()
  const restarted = aHouseAt(server, harbour)
  await restarted.adapter.start(restarted.inbox, never)
  const close = () => restarted.adapter[Symbol.asyncDispose]()
  return { adapter: restarted.adapter, surface: restarted.adapter.surface(place, message.id), close }
}

async function heard(house: House, place: string, text: string): Promise<MessageEvent> {
  house.server.people.say('mira', place, text)
  return await house.inbox.next('message')
}

function aWrite(sketch: Partial<Write>): Write {
  return { key: 'turn.0', part: 0, phase: 'first', text: 'Once', ...sketch }
}

function idOf(written: Readonly<{ outcome: string; message?: MessageId }>): MessageId {
  expect(written.outcome).toBe('written')
  return written.message as MessageId
}
