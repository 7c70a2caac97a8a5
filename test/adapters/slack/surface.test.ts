import { describe, expect, it } from 'vitest'
import { nativeMessageId } from '#src/core/ids.ts'
import { OwnTime } from '#test/support/own-time.ts'
import { aHouseAt, anOpenHouse, type House, never } from './slack-house.ts'
import { aWrite, calls, grow, heard, messageOf, persist, said, shown } from './writing.ts'

describe('an answer by post and update', () => {
  it('goes to the top level of a classic DM, and into the thread of a mention', async () => {
    await using house = await anOpenHouse()
    const inDm = await heard(house, 'dm', 'hello')
    const inChannel = await heard(house, '#general', '@Aeries hello')
    expect(inDm.place.thread).toBeUndefined()
    expect(inChannel.place.thread).toBe(nativeMessageId(inChannel.message.id))
    const dm = await grow(inDm.surface, ['Once', 'Once upon', 'Once upon a time.'])
    const thread = await grow(inChannel.surface, ['One', 'One two'], 'other:0')
    expect(messageOf(house.server, 'dm:mira', dm).threadTs).toBeUndefined()
    expect(messageOf(house.server, '#general', thread).threadTs).toBe(inChannel.place.thread)
    expect(calls(house)).toEqual(['chat.postMessage', 'chat.update', 'chat.update', 'chat.postMessage', 'chat.update'])
    expect(said(house, '#general')).toEqual(['One two'])
  })

  it('is markdown with a short notification, nothing expanded, and buttons under the end', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const text = `# Title\n\n${'word '.repeat(2_000)}\n\nhttps://a.example/page https://a.example/x.png\n`
    const message = await grow(surface, ['# Title', text])
    const { text: fallback, blocks, versions } = messageOf(house.server, 'dm:mira', message)
    expect(fallback.length).toBeLessThanOrEqual(150)
    expect(blocks.map(({ type }) => type)).toEqual(['markdown', 'context_actions'])
    expect(blocks[0]?.['text']).toBe(text.trim())
    expect(versions.flatMap(({ unfurls }) => unfurls)).toEqual([])
    expect(house.server.log.every(({ error }) => error === undefined)).toBe(true)
    expect(house.server.log.every(({ args }) => String(args['text'] ?? '').length <= 150)).toBe(true)
  })

  it('tells the engine what a method has left, and draws from one budget a method and workspace', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    const other = await heard(house, '#general', '@Aeries hello')
    const posted = await surface.write(aWrite(), never)
    expect(posted).toMatchObject({ outcome: 'written', limit: { limit: 1, remaining: 0 } })
    const { message } = await persist(surface, aWrite())
    const updated = await surface.write(aWrite({ phase: 'interim', text: 'Once upon', message }), never)
    expect(updated).toMatchObject({ outcome: 'written', limit: { limit: 8, remaining: 6 } })
    expect(surface.bucket({ phase: 'interim', message })).toBe(other.surface.bucket({ phase: 'final', message }))
    expect(surface.bucket({ phase: 'first' })).not.toBe(other.surface.bucket({ phase: 'first' }))
  })

  it('stays below Slack’s limits by itself', async () => {
    await using house = await anOpenHouse({ rules: { burst: 0 } })
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite())
    const outcomes = new Map<string, number>()
    for (let at = 0; at < 60; at += 1) {
      const { outcome } = await surface.write(aWrite({ phase: 'interim', text: `Once ${at}`, message }), never)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    expect(Object.fromEntries(outcomes)).toEqual({ written: 47, 'rate-limited': 13 })
    expect(house.server.log.filter(({ retryAfterS }) => retryAfterS !== undefined)).toEqual([])
  })
})

describe('what becomes of a write', () => {
  it.each([{ kind: 'rate-limit', retryAfterS: 7 } as const, { kind: 'refuse', error: 'ratelimited' } as const])(
    'rate-limited: $kind',
    async fault => {
      await using house = await anOpenHouse()
      const { surface } = await heard(house, 'dm', 'hello')
      house.server.faults.add({ ...fault, method: 'chat.postMessage', times: 1 })
      const outcome = await surface.write(aWrite(), never)
      expect(outcome).toEqual({ outcome: 'rate-limited', retryAfterMs: fault.kind === 'refuse' ? 5_000 : 7_000 })
      // One limit holds up nothing else: no queue of the library is paused.
      const other = await heard(house, '#general', '@Aeries hello')
      using time = new OwnTime()
      expect((await other.surface.write(aWrite({ key: 'other:0' }), never)).outcome).toBe('written')
      expect(time.ms).toBeLessThan(2_000)
    },
  )

  it.each([
    { kind: 'reset', accepted: true } as const,
    { kind: 'error', status: 503, accepted: true } as const,
    { kind: 'refuse', error: 'internal_error', accepted: true } as const,
    { kind: 'hang', accepted: true } as const,
  ])('unknown, and found again under its key: $kind', async fault => {
    await using house = await anOpenHouse({ parts: { timing: { requestMs: fault.kind === 'hang' ? 1_000 : 10_000 } } })
    const { surface } = await heard(house, '#general', '@Aeries hello')
    house.server.faults.add({ ...fault, method: 'chat.postMessage', times: 1 })
    expect((await surface.write(aWrite(), never)).outcome).toBe('unknown')
    const message = await surface.find(aWrite(), never)
    expect(message).toBeDefined()
    const again = await surface.write(aWrite({ text: 'Once' }), never)
    expect(again).toMatchObject({ outcome: 'written', message })
    expect(said(house, '#general')).toEqual(['Once'])
    expect(calls(house).filter(method => method === 'chat.postMessage')).toHaveLength(1)
  })

  it('unknown, and written once when it was not', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    house.server.faults.add({ kind: 'reset', method: 'chat.postMessage', times: 1 })
    expect((await surface.write(aWrite(), never)).outcome).toBe('unknown')
    expect(await surface.find(aWrite(), never)).toBeUndefined()
    await persist(surface, aWrite())
    expect(said(house, 'dm:mira')).toEqual(['Once'])
  })

  it('looks before it writes what a crash may have left behind', async () => {
    await using house = await anOpenHouse()
    const { surface, place, message } = await heard(house, 'dm', 'hello')
    const { message: first } = await persist(surface, aWrite())
    const fresh = await aSecondProcess(house)
    const again = await persist(
      fresh.adapter.surface(place, message.id),
      aWrite({ phase: 'final', text: 'Once more.' }),
    )
    expect(again.message).toBe(first)
    expect(said(house, 'dm:mira')).toEqual(['Once more.'])
    await fresh.adapter[Symbol.asyncDispose]()
  })

  it('waits when nobody can say whether it stands there', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, '#general', '@Aeries hello')
    house.server.faults.add({ kind: 'reset', method: 'chat.postMessage', times: 1 })
    house.server.faults.add({ kind: 'rate-limit', retryAfterS: 60, method: 'conversations.replies' })
    expect((await surface.write(aWrite(), never)).outcome).toBe('unknown')
    expect((await surface.write(aWrite(), never)).outcome).toBe('unknown')
    expect(said(house, '#general')).toEqual([])
  })

  it.each([
    ['channel_not_found', /the channel is gone/],
    ['not_in_channel', /invite/],
    ['is_archived', /archived/],
    ['msg_too_long', /does not take what Aeries sent/],
    ['something_new', /Slack refused chat.postMessage \(something_new\)/],
  ])('gone: %s', async (error, words) => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    house.server.faults.add({ kind: 'refuse', error, method: 'chat.postMessage', times: 1 })
    const outcome = await surface.write(aWrite(), never)
    expect(outcome.outcome).toBe('gone')
    expect(outcome.outcome === 'gone' && outcome.cause).toMatchObject({ message: expect.stringMatching(words) })
  })

  it('ends at once when its signal is aborted', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, 'dm', 'hello')
    house.server.faults.add({ kind: 'hang', method: 'chat.postMessage', times: 1 })
    const stop = new AbortController()
    using time = new OwnTime()
    const writing = surface.write(aWrite(), stop.signal)
    await house.server.watch.nextCall('chat.postMessage').catch(() => undefined)
    stop.abort(new Error('enough'))
    await expect(writing).rejects.toThrow('enough')
    // A request without an answer would be given up after ten.
    expect(time.ms).toBeLessThan(5_000)
  })
})

describe('a file under an answer', () => {
  it('is put there once, and found by its message', async () => {
    await using house = await anOpenHouse()
    const { surface, place } = await heard(house, '#general', '@Aeries hello')
    const outcome = await surface.attach({ name: 'answer.md', content: 'the rest' }, 'turn:rest', never)
    expect(outcome.outcome).toBe('written')
    const again = await surface.attach({ name: 'answer.md', content: 'the rest' }, 'turn:rest', never)
    expect(again).toEqual(outcome)
    const [file, ...others] = house.server.people.messages('#general').filter(({ files }) => files.length > 0)
    expect(others).toEqual([])
    expect(file).toMatchObject({ threadTs: place.thread, ts: nativeMessageId(messageIn(outcome)) })
    expect(String(file?.files[0]?.content)).toBe('the rest')
  })

  it('is not put there again by a process after a crash', async () => {
    await using house = await anOpenHouse()
    const { surface, place, message } = await heard(house, '#general', '@Aeries hello')
    const file = { name: 'answer.md', content: 'the rest' }
    const first = await surface.attach(file, 'turn:rest', never)
    const fresh = await aSecondProcess(house)
    const again = fresh.adapter.surface(place, message.id)
    expect(await again.attach(file, 'turn:rest', never)).toEqual(first)
    const other = await again.attach({ ...file, content: 'another rest' }, 'other:rest', never)
    expect(other).not.toEqual(first)
    await fresh.adapter[Symbol.asyncDispose]()
  })
})

describe('a private answer', () => {
  it('is seen by the person of the control alone', async () => {
    await using house = await anOpenHouse()
    const { surface } = await heard(house, '#general', '@Aeries hello')
    const message = await grow(surface, ['Once', 'Once upon a time.'])
    await house.server.interactions.click('mira', '#general', nativeMessageId(message), 'good')
    const click = await house.inbox.next('control')
    await click.respond('Noted, <!channel>', never)
    const toMira = house.server.people.messages('#general', 'mira').filter(({ ephemeralFor }) => ephemeralFor)
    expect(toMira.map(({ text }) => text)).toEqual(['Noted, &lt;!channel&gt;'])
    expect(house.server.people.messages('#general', 'jonas').filter(({ ephemeralFor }) => ephemeralFor)).toEqual([])
    expect(shown(house, '#general', message)).toBe('Once upon a time.')
  })
})

function messageIn(outcome: object) {
  return (outcome as { message: Parameters<typeof nativeMessageId>[0] }).message
}

async function aSecondProcess(house: House) {
  const fresh = aHouseAt(house.server, house.harbour)
  await fresh.adapter.start(fresh.inbox, never)
  return fresh
}
