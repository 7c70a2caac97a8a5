import { describe, expect, it } from 'vitest'
import type { MessageEvent } from '#src/core/event.ts'
import { nativeMessageId } from '#src/core/ids.ts'
import { aHouseAt, anOpenHouse, type House, type HouseOptions, never } from './slack-house.ts'
import { aWrite, calls, grow, heard, messageOf, persist, said } from './writing.ts'

const inThreads = { parts: { dmStyle: 'threads' } } as const satisfies HouseOptions
const everywhere = { parts: { dmStyle: 'threads', nativeStream: 'all' } } as const satisfies HouseOptions

describe('what a process before this one wrote', () => {
  it.each([
    ['dm', 'dm:mira', {}],
    ['#general', '#general', {}],
    ['dm', 'dm:mira', { parts: { dmStyle: 'threads', nativeStream: 'off' } }],
  ] as const)('is found by its key in %s, among much else', async (place, shownIn, options) => {
    await using house = await anOpenHouse(options)
    const asked = await heard(house, place, '@Aeries hello')
    const { message } = await persist(asked.surface, aWrite())
    for (const other of ['more', 'much more']) {
      const { surface } = await heard(house, place, `@Aeries ${other}`, { thread: asked.place.thread })
      await grow(surface, [`About ${other}`, `About ${other}.`], `${other}:0`)
    }
    const { surface, end } = await restarted(house, asked)
    const grown = aWrite({ phase: 'final', text: 'Once upon a time.' })
    expect(await surface.find(grown, never)).toBe(message)
    expect((await persist(surface, grown)).message).toBe(message)
    expect(said(house, shownIn).filter(text => text.startsWith('Once'))).toEqual(['Once upon a time.'])
    await end()
  })

  it.each(['running', 'expired'] as const)(
    'is found as a stream that is %s, by the words that it shows',
    async state => {
      await using house = await anOpenHouse(inThreads)
      const asked = await heard(house, 'dm', 'hello')
      const words = 'Once upon a **time** & a `place`, 😀 <there> was'
      const { message } = await persist(asked.surface, aWrite({ text: words }))
      if (state === 'expired') house.server.streams.expire(messageOf(house.server, 'dm:mira', message))
      const { surface, end } = await restarted(house, asked)
      const grown = aWrite({ phase: 'final', text: `${words} a lighthouse.` })
      expect(await surface.find(grown, never)).toBe(message)
      expect((await persist(surface, grown)).message).toBe(message)
      expect(said(house, 'dm:mira')).toEqual([`${words.replace('<', '&lt;')} a lighthouse.`])
      expect(messageOf(house.server, 'dm:mira', message).stream).toBeUndefined()
      await end()
    },
  )

  it('is put right though it streams still, when the ledger knows its message', async () => {
    await using house = await anOpenHouse(inThreads)
    const asked = await heard(house, 'dm', 'hello')
    const { message } = await persist(asked.surface, aWrite())
    const { surface, end } = await restarted(house, asked)
    await persist(surface, aWrite({ phase: 'final', text: 'Once upon a time.', message }))
    expect(said(house, 'dm:mira')).toEqual(['Once upon a time.'])
    await end()
  })

  it('bears a key from the first update on, though it began as a stream', async () => {
    await using house = await anOpenHouse(inThreads)
    const asked = await heard(house, 'dm', 'hello')
    const { message } = await persist(asked.surface, aWrite())
    house.server.streams.expire(messageOf(house.server, 'dm:mira', message))
    await persist(asked.surface, aWrite({ phase: 'interim', text: 'Once upon', message }))
    const { surface, end } = await restarted(house, asked)
    expect(await surface.find(aWrite({ text: 'Something else' }), never)).toBe(message)
    await end()
  })

  it('is not there when it was never written, and is written once then', async () => {
    await using house = await anOpenHouse(inThreads)
    const asked = await heard(house, 'dm', 'hello')
    const { surface, end } = await restarted(house, asked)
    expect(await surface.find(aWrite(), never)).toBeUndefined()
    await grow(surface, ['Once', 'Once upon a time.'])
    expect(said(house, 'dm:mira')).toEqual(['Once upon a time.'])
    await end()
  })
})

describe('what another answer wrote', () => {
  it('is not taken for this one in a DM: before the question, under another key, with other words, as a file', async () => {
    await using house = await anOpenHouse(inThreads)
    const before = await heard(house, 'dm', 'hello')
    await persist(before.surface, aWrite({ key: 'before:0' }))
    const { thread } = before.place
    const asked = await heard(house, 'dm', 'hello again', { thread })
    await grow(asked.surface, ['Once', 'Once upon'], 'keyed:0')
    await persist(asked.surface, aWrite({ key: 'other:0', text: 'Never before' }))
    await asked.surface.attach({ name: 'answer.md', content: 'Once' }, 'file', never)
    const { surface, end } = await restarted(house, asked)
    expect(await surface.find(aWrite({ text: 'Once upon a time.' }), never)).toBeUndefined()
    await end()
  })

  it('is not taken for this one in a channel when a word or two is all that it shows', async () => {
    await using house = await anOpenHouse(everywhere)
    const root = house.server.people.say('wren', '#general', 'well')
    await house.inbox.next('message')
    const { thread } = (await heard(house, '#general', '@Aeries hello', { thread: root.ts })).place
    const asked = await heard(house, '#general', '@Aeries and you?', { thread })
    house.server.people.say('jonas', '#general', '@Aeries and I?', { thread })
    const other = await house.inbox.next('message')
    await persist(other.surface, aWrite({ key: 'other:0', text: 'Once' }))
    const { surface, end } = await restarted(house, asked, everywhere)
    expect(calls(house)).toContain('chat.startStream')
    expect(await surface.find(aWrite({ text: 'Once upon a time.' }), never)).toBeUndefined()
    const longer = await persist(asked.surface, aWrite({ text: 'Once upon a time there was' }))
    const grown = aWrite({ text: 'Once upon a time there was a lighthouse.' })
    expect(await surface.find(grown, never)).toBe(longer.message)
    await end()
  })
})

/** Another process in the place of the first, which crashed: it knows nothing but what the ledger told it. */
async function restarted(house: House, { place, message }: MessageEvent, options: HouseOptions = {}) {
  const fresh = aHouseAt(house.server, house.harbour, options.parts)
  await fresh.adapter.start(fresh.inbox, never)
  expect(nativeMessageId(message.id)).toMatch(/^\d+\.\d+$/)
  return { surface: fresh.adapter.surface(place, message.id), end: () => fresh.adapter[Symbol.asyncDispose]() }
}
