import { describe, expect, it } from 'vitest'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Button } from '#src/core/surface.ts'
import { anOpenHouse, type House, type HouseOptions, never } from './slack-house.ts'
import { aWrite, calls, heard, messageOf, persist, said, shown } from './writing.ts'

const inThreads = { parts: { dmStyle: 'threads' } } as const satisfies HouseOptions

describe('a notice', () => {
  it('asks nobody what it was worth, at its end neither', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite({ text: 'Aeries is resting.', phase: 'final', notice: true }))
    expect(kindsUnder(house, message)).toEqual(['markdown'])
  })

  it('is posted where an answer would stream, takes no place of one, and gives way to the answer', async () => {
    await using house = await anOpenHouse(inThreads)
    const { surface } = await heard(house, 'dm', 'hello')
    expect(surface.bucket({ phase: 'first', notice: true })).toMatch(/postMessage/)
    const { message } = await persist(surface, aWrite({ text: 'One moment.', notice: true }))
    const interim = aWrite({ phase: 'interim', text: 'Once upon', message })
    expect(surface.bucket(interim)).toMatch(/chat\.update/)
    await persist(surface, interim)
    await persist(surface, aWrite({ phase: 'final', text: 'Once upon a time.', message }))
    expect(calls(house)).toEqual(['chat.postMessage', 'chat.update', 'chat.update'])
    expect(said(house, 'dm:mira')).toEqual(['Once upon a time.'])
    expect(kindsUnder(house, message)).toEqual(['markdown', 'context_actions'])
    expect((await heard(house, 'dm', 'again')).surface.bucket({ phase: 'first' })).toMatch(/startStream/)
  })

  it('takes the place of words that a stream shows', async () => {
    await using house = await anOpenHouse(inThreads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite())
    const notice = { text: 'Once more, please.', phase: 'final', notice: true, message } as const
    await persist(surface, aWrite(notice))
    expect(said(house, 'dm:mira')).toEqual(['Once more, please.'])
    expect(kindsUnder(house, message)).toEqual(['markdown'])
  })
})

describe('buttons under a message', () => {
  const buttons: readonly Button[] = [
    { action: 'again:turn-7', label: 'Try again' },
    { action: 'feedback', label: 'x'.repeat(100) },
  ]

  it.each([{}, inThreads])(
    'stand under its text, are tapped, and are gone with a write without any: %j',
    async options => {
      await using house = await anOpenHouse(options)
      const { surface, place } = await heard(house, 'dm', 'hello')
      const first = await persist(surface, aWrite())
      const { message } = first
      await persist(surface, aWrite({ phase: 'final', text: 'Once upon', note: 'This broke off.', buttons, message }))
      expect(kindsUnder(house, message).filter(kind => kind !== 'markdown')).toEqual([
        'context',
        'actions',
        'context_actions',
      ])
      expect(shown(house, 'dm:mira', message)).toBe('Once upon\nThis broke off.')
      expect((await tap(house, message, 'Try again')).control).toEqual({
        type: 'button',
        action: 'again:turn-7',
        message,
      })
      const other = await tap(house, message, `${'x'.repeat(74)}…`)
      expect(other.control).toEqual({ type: 'button', action: 'feedback', message })
      expect(other).toMatchObject({ person: { name: 'Mira' }, place: { thread: place.thread } })
      expect((await tap(house, message, 'Good answer')).control).toMatchObject({ action: 'feedback:good' })
      await other.respond('On my way.', never)
      const toMira = house.server.people.messages('dm:mira', 'mira').filter(({ ephemeralFor }) => ephemeralFor)
      expect(toMira.map(({ text }) => text)).toEqual(['On my way.'])
      await persist(surface, aWrite({ phase: 'final', text: 'Once upon a time.', message }))
      expect(kindsUnder(house, message)).toEqual(['markdown', 'context_actions'])
    },
  )

  it('come with the end of a stream that has no room to end now', async () => {
    await using house = await anOpenHouse(inThreads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite())
    house.server.faults.add({ kind: 'rate-limit', retryAfterS: 1, method: 'chat.stopStream', times: 1 })
    await persist(surface, aWrite({ phase: 'final', text: 'Once upon', buttons, message }))
    await expect.poll(() => kindsUnder(house, message)).toEqual(['actions', 'context_actions'])
  })

  it('are shown at once, if need be without a stream, which has them at its end only', async () => {
    await using house = await anOpenHouse(inThreads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite({ buttons }))
    expect(kindsUnder(house, message)).toEqual(['markdown', 'actions'])
    const next = await heard(house, 'dm', 'another')
    const streamed = await persist(next.surface, aWrite({ key: 'next:0' }))
    await persist(next.surface, aWrite({ key: 'next:0', phase: 'interim', buttons, ...streamed }))
    expect(kindsUnder(house, streamed.message)).toEqual(['markdown', 'actions'])
  })
})

function kindsUnder({ server }: House, message: MessageId): readonly unknown[] {
  return messageOf(server, 'dm:mira', message).blocks.map(({ type }) => type)
}

async function tap({ server, inbox }: House, message: MessageId, label: string) {
  const told = await server.interactions.click('mira', 'dm', nativeMessageId(message), label)
  expect(told.state).toBe('acknowledged')
  return await inbox.next('control')
}
