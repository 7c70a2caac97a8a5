import { describe, expect, it } from 'vitest'
import type { MessageEvent } from '#src/core/event.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { PlatformAdapter } from '#src/core/platform.ts'
import type { Write } from '#src/core/surface.ts'
import type { CollectingInbox } from './collecting-inbox.ts'

/** A DM with a person, and a channel that others read. */
export type Room = 'dm' | 'channel'

/** What a platform's stand-in must be able to do so that the contract can be read off it. */
export interface AdapterHarness extends AsyncDisposable {
  /** Started with `inbox`. */
  readonly adapter: PlatformAdapter
  readonly inbox: CollectingInbox
  /** The name that the person of these talks shows. */
  readonly personName: string
  /** The person says something there; `to` Aeries is a mention where one is needed. */
  say(room: Room, to: 'aeries' | 'nobody', text: string): void | Promise<void>
  /** The platform tells of the last thing said once more. */
  repeat(): void | Promise<void>
  /** What people see there of what Aeries said, oldest first. */
  shown(room: Room): readonly string[] | Promise<readonly string[]>
  /** Somebody else takes a message of Aeries away. */
  takeAway(message: MessageId): void | Promise<void>
}

/**
 * What the house may rely on with every platform. One suite for all of them; each adds its own oddities beside it. Where no others
 * read along, `channel` is one more talk of the person with Aeries.
 */
export function adapterContract(platform: string, open: () => Promise<AdapterHarness>, hasChannels = true): void {
  describe(`${platform} keeps the contract of an adapter`, () => {
    hearsPeople(platform, open)
    if (hasChannels) hearsChannels(open)
    writesReplies(open)
    outlivesItsDoor(open)
  })
}

type Open = () => Promise<AdapterHarness>

function hearsPeople(platform: string, open: Open): void {
  it('hears a DM as said to Aeries, by somebody with a name', async () => {
    await using house = await open()
    const event = await heard(house, 'dm', 'aeries', 'hello there')
    expect(event).toMatchObject({
      place: { platform, audience: 'dm', thread: undefined },
      person: { name: house.personName },
      message: { text: 'hello there', addressed: true, quotes: [], unread: [] },
    })
    expect(house.adapter.platform).toBe(event.place.platform)
    expect(Math.abs(event.at.getTime() - Date.now())).toBeLessThan(60_000)
  })

  it('knows one account by one id wherever it speaks, and every message by its own', async () => {
    await using house = await open()
    const [first, second] = [await heard(house, 'dm', 'aeries', 'one'), await heard(house, 'channel', 'aeries', 'two')]
    expect(second.person.id).toBe(first.person.id)
    expect(second.key).not.toBe(first.key)
    expect(second.message.id).not.toBe(first.message.id)
  })

  it('gives a repeated event the same key', async () => {
    await using house = await open()
    const event = await heard(house, 'dm', 'aeries', 'hello')
    await house.repeat()
    expect((await house.inbox.next('message')).key).toBe(event.key)
  })

  it('never hears itself', async () => {
    await using house = await open()
    const { surface } = await heard(house, 'channel', 'aeries', 'hello')
    const written = await surface.write(aWrite({ text: 'Hello to you' }), never)
    await surface.write(aWrite({ phase: 'final', text: 'Hello to you, too', message: idOf(written) }), never)
    await heard(house, 'channel', 'aeries', 'and now?')
    expect(house.inbox.events.filter(one => one.type === 'message').map(one => one.message.text)).toEqual([
      'hello',
      'and now?',
    ])
    expect(house.inbox.events.filter(one => one.type === 'edited')).toEqual([])
  })
}

function hearsChannels(open: Open): void {
  it('hears a mention as said to Aeries, without the call itself', async () => {
    await using house = await open()
    const event = await heard(house, 'channel', 'aeries', 'what is new?')
    expect(event.message).toMatchObject({ text: 'what is new?', addressed: true })
    expect(event.place.audience).not.toBe('dm')
    expect(event.place.workspace).toBeDefined()
  })

  it('hears what is said to nobody as not addressed', async () => {
    await using house = await open()
    const event = await heard(house, 'channel', 'nobody', 'nice weather')
    expect(event.message).toMatchObject({ text: 'nice weather', addressed: false })
  })
}

function writesReplies(open: Open): void {
  it.each(['dm', 'channel'] as const)('shows a reply that grows in one message (%s)', async room => {
    await using house = await open()
    const { surface } = await heard(house, room, 'aeries', 'tell me')
    const message = idOf(await surface.write(aWrite({ text: 'Once' }), never))
    expect(await house.shown(room)).toEqual(['Once'])
    await surface.write(aWrite({ phase: 'interim', text: 'Once upon', message }), never)
    expect(await house.shown(room)).toEqual(['Once upon'])
    await surface.write(aWrite({ phase: 'final', text: 'Once upon a time.', message }), never)
    expect(await house.shown(room)).toEqual(['Once upon a time.'])
  })

  it('shows a further part as a message of its own', async () => {
    await using house = await open()
    const { surface } = await heard(house, 'channel', 'aeries', 'tell me')
    await surface.write(aWrite({ text: 'The first part.' }), never)
    await surface.write(aWrite({ key: 'turn-1', part: 1, text: 'The second part.' }), never)
    expect(await house.shown('channel')).toEqual(['The first part.', 'The second part.'])
  })

  it('does not double what is sent again under the same key', async () => {
    await using house = await open()
    const { surface, place, message } = await heard(house, 'dm', 'aeries', 'tell me')
    const first = idOf(await surface.write(aWrite({ text: 'Once' }), never))
    const again = house.adapter.surface(place, message.id)
    expect(idOf(await again.write(aWrite({ text: 'Once upon' }), never))).toBe(first)
    expect(await house.shown('dm')).toEqual(['Once upon'])
  })

  it('finds a message by the key that it was written under', async () => {
    await using house = await open()
    const { surface } = await heard(house, 'dm', 'aeries', 'tell me')
    const message = idOf(await surface.write(aWrite({ text: 'Once' }), never))
    await expect.poll(() => surface.find(aWrite({}), never)).toBe(message)
    expect(await surface.find(aWrite({ key: 'another' }), never)).toBeUndefined()
  })

  it('shows a note with the text, and told apart from it', async () => {
    await using house = await open()
    const { surface } = await heard(house, 'dm', 'aeries', 'tell me')
    await surface.write(aWrite({ phase: 'final', text: 'Once upon', note: 'cut off' }), never)
    const [shown = ''] = await house.shown('dm')
    expect(shown).toContain('cut off')
    expect(shown).toMatch(/^Once upon\n/)
  })

  it('says that a message is gone, when it is', async () => {
    await using house = await open()
    const { surface } = await heard(house, 'channel', 'aeries', 'tell me')
    const message = idOf(await surface.write(aWrite({ text: 'Once' }), never))
    await house.takeAway(message)
    const { outcome } = await surface.write(aWrite({ phase: 'final', text: 'Once upon', message }), never)
    expect(outcome).toBe('gone')
    expect(await house.shown('channel')).toEqual([])
  })

  it('takes its own message away', async () => {
    await using house = await open()
    const { surface } = await heard(house, 'dm', 'aeries', 'tell me')
    const message = idOf(await surface.write(aWrite({ text: 'Once' }), never))
    expect((await surface.remove(message, never)).outcome).toBe('written')
    expect(await house.shown('dm')).toEqual([])
  })

  it('never sends a blank text', async () => {
    await using house = await open()
    const { surface } = await heard(house, 'dm', 'aeries', 'tell me')
    expect((await surface.write(aWrite({ text: ' \n ' }), never)).outcome).toBe('gone')
    expect(await house.shown('dm')).toEqual([])
  })

  it('measures what fits, and writes what it says to fit', async () => {
    await using house = await open()
    const { surface } = await heard(house, 'dm', 'aeries', 'tell me')
    const word = 'word '
    let text = word
    while (surface.measure(text + word, 'final') <= 1) text += word
    expect((await surface.write(aWrite({ phase: 'final', text }), never)).outcome).toBe('written')
    expect(await house.shown('dm')).toEqual([text.trim()])
  })

  it('throws for an aborted signal and for nothing else', async () => {
    await using house = await open()
    const { surface } = await heard(house, 'dm', 'aeries', 'tell me')
    const reason = new Error('stopped')
    await expect(surface.write(aWrite({ text: 'Once' }), AbortSignal.abort(reason))).rejects.toBe(reason)
    await surface.typing(never)
    expect(await house.shown('dm')).toEqual([])
  })

  it('has nothing earlier to tell outside of threads', async () => {
    await using house = await open()
    const { surface } = await heard(house, 'dm', 'aeries', 'tell me')
    expect(await surface.earlier(never)).toEqual({ quotes: [], unread: [] })
  })
}

function outlivesItsDoor(open: Open): void {
  it('finishes a reply behind a closed door, and hears nothing more', async () => {
    await using house = await open()
    const { surface } = await heard(house, 'dm', 'aeries', 'tell me')
    const message = idOf(await surface.write(aWrite({ text: 'Once' }), never))
    await house.adapter.closeDoor()
    await house.say('dm', 'aeries', 'too late')
    await surface.write(aWrite({ phase: 'final', text: 'Once upon a time.', message }), never)
    expect(await house.shown('dm')).toEqual(['Once upon a time.'])
    expect(house.inbox.events).toHaveLength(1)
  })

  it('is connected while it is open, and lost when it is closed', async () => {
    const house = await open()
    expect(house.adapter.health()).toEqual({ state: 'connected' })
    await house[Symbol.asyncDispose]()
    expect(house.adapter.health().state).toBe('lost')
  })
}

async function heard(house: AdapterHarness, room: Room, to: 'aeries' | 'nobody', text: string): Promise<MessageEvent> {
  await house.say(room, to, text)
  return await house.inbox.next('message')
}

function aWrite(sketch: Partial<Write>): Write {
  return { key: 'turn-0', part: 0, phase: 'first', text: 'Once', ...sketch }
}

function idOf(written: Readonly<{ outcome: string; message?: MessageId }>): MessageId {
  expect(written.outcome).toBe('written')
  return written.message as MessageId
}

const never = new AbortController().signal
