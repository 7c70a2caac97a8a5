import { describe, expect, it } from 'vitest'
import { neutralise } from '#adapters/slack/neutralise.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import { anOpenHouse, type House, type HouseOptions, never } from './slack-house.ts'
import { aWrite, calls, grow, heard, messageOf, persist, pings, said, shown } from './writing.ts'

const threads = { parts: { dmStyle: 'threads' } } as const satisfies HouseOptions
const feedback = expect.objectContaining({ type: 'context_actions' })

describe('an answer as a native stream', () => {
  it('grows by what is new, short as it may be, and ends with buttons', async () => {
    await using house = await anOpenHouse(threads)
    const { surface, place, message: asked } = await heard(house, 'dm', 'hello')
    expect(place.thread).toBe(nativeMessageId(asked.id))
    const message = await grow(surface, ['Once', 'Once upon', 'Once upon a ', 'Once upon a time.'])
    expect(calls(house)).toEqual(['chat.startStream', 'chat.appendStream', 'chat.appendStream', 'chat.stopStream'])
    const appended = house.server.log.map(({ args }) => args['markdown_text']).filter(text => text !== undefined)
    expect(appended).toEqual(['Once', ' upon', ' a', ' time.'])
    expect(messageOf(house.server, 'dm:mira', message)).toMatchObject({
      threadTs: place.thread,
      markdown: 'Once upon a time.',
      stream: { state: 'completed' },
      blocks: [feedback],
    })
  })

  it('does not begin one for an answer that is whole at once', async () => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    await grow(surface, ['Once upon a time.'])
    expect(calls(house)).toEqual(['chat.postMessage'])
  })

  it('is not begun with nothing, where all that there is has to be held back', async () => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    await grow(surface, ['https://a.exa', 'https://a.example and so on.'])
    expect(calls(house)).toEqual(['chat.postMessage', 'chat.update'])
    expect(said(house, 'dm:mira')).toEqual(['`https://a.example` and so on.'])
  })

  it('is used wherever a DM answers in a thread, and in channels only where it is wanted', async () => {
    await using house = await anOpenHouse()
    const root = house.server.people.say('mira', 'dm', 'the root')
    await house.inbox.next('message')
    const inThread = await heard(house, 'dm', 'in its thread', { thread: root.ts })
    const inChannel = await heard(house, '#general', '@Aeries hello')
    expect(inThread.surface.bucket({ phase: 'first' })).toMatch(/startStream/)
    expect(inChannel.surface.bucket({ phase: 'first' })).toMatch(/postMessage/)
    await using everywhere = await anOpenHouse({ parts: { nativeStream: 'all' } })
    const { surface } = await heard(everywhere, '#general', '@Aeries hello')
    const message = await grow(surface, ['Once', 'Once upon', 'Once upon a time.'])
    expect(calls(everywhere)).toEqual(['chat.startStream', 'chat.appendStream', 'chat.stopStream'])
    const { stream } = messageOf(everywhere.server, '#general', message)
    expect(stream?.recipientId).toBe(everywhere.harbour.mira)
    await using nowhere = await anOpenHouse({ parts: { dmStyle: 'threads', nativeStream: 'off' } })
    const off = await heard(nowhere, 'dm', 'hello')
    expect(off.surface.bucket({ phase: 'first' })).toMatch(/postMessage/)
  })

  it('shows a note under the end', async () => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite())
    await persist(surface, aWrite({ phase: 'final', text: 'Once upon', note: 'This broke off.', message }))
    expect(shown(house, 'dm:mira', message)).toBe('Once upon\nThis broke off.')
  })

  it('calls nobody, and lets no address be fetched that the asker did not write', async () => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'what is on https://a.example/asked ?')
    const text =
      'On https://a.example/asked: <!channel> <@U0AAAAAAA1> https://b.example/x.png [c](https://c.example) done.'
    const grown = Array.from({ length: 30 }, (_, at) => text.slice(0, 4 * (at + 1)))
    const message = await grow(surface, [...grown, text])
    expect(pings(house)).toEqual([])
    const unfurled = messageOf(house.server, 'dm:mira', message).versions.flatMap(({ unfurls }) => unfurls)
    expect(new Set(unfurled)).toEqual(new Set(['https://a.example/asked']))
    expect(shown(house, 'dm:mira', message)).toContain('`https://b.example/x.png` [c](`https://c.example`) done.')
  })
})

describe('a stream in bad weather', () => {
  it('goes on by updates when it has expired', async () => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite({ text: 'Once' }))
    await persist(surface, aWrite({ phase: 'interim', text: 'Once upon', message }))
    house.server.streams.expire(messageOf(house.server, 'dm:mira', message))
    expect(await surface.write(aWrite({ phase: 'interim', text: 'Once upon a', message }), never)).toEqual({
      outcome: 'rate-limited',
      retryAfterMs: 0,
    })
    expect(surface.bucket({ phase: 'interim', message })).toMatch(/chat\.update/)
    await persist(surface, aWrite({ phase: 'interim', text: 'Once upon a', message }))
    expect(shown(house, 'dm:mira', message)).toBe('Once upon a')
    await persist(surface, aWrite({ phase: 'final', text: 'Once upon a time.', message }))
    expect(said(house, 'dm:mira')).toEqual(['Once upon a time.'])
  })

  it('ends by an update when it expired before its end', async () => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite({ text: 'Once' }))
    house.server.streams.expire(messageOf(house.server, 'dm:mira', message))
    await persist(surface, aWrite({ phase: 'final', text: 'Once upon a time.', message }))
    expect(said(house, 'dm:mira')).toEqual(['Once upon a time.'])
    expect(messageOf(house.server, 'dm:mira', message).blocks).toContainEqual(feedback)
  })

  it.each(['something_new', 'msg_blocks_too_long', 'streaming_state_conflict'])(
    'goes on by updates when Slack takes no more of it: %s',
    async error => {
      await using house = await anOpenHouse(threads)
      const { surface } = await heard(house, 'dm', 'hello')
      const { message } = await persist(surface, aWrite({ text: 'Once' }))
      house.server.faults.add({ kind: 'refuse', error, method: 'chat.appendStream' })
      await persist(surface, aWrite({ phase: 'interim', text: 'Once upon', message }))
      expect(shown(house, 'dm:mira', message)).toBe('Once upon')
      await persist(surface, aWrite({ phase: 'final', text: 'Once upon a time.', message }))
      expect(said(house, 'dm:mira')).toEqual(['Once upon a time.'])
    },
  )

  it('writes no more where it may not write at all', async () => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite({ text: 'Once' }))
    house.server.faults.add({ kind: 'refuse', error: 'is_archived', method: 'chat.appendStream' })
    const outcome = await surface.write(aWrite({ phase: 'interim', text: 'Once upon', message }), never)
    expect(outcome.outcome).toBe('gone')
  })

  it('is posted instead where Slack does not begin one, from then on without asking', async () => {
    await using house = await anOpenHouse(threads)
    house.server.rules.stream.channels = []
    for (const key of ['one:0', 'two:0']) {
      const { surface } = await heard(house, 'dm', 'hello')
      await grow(surface, ['Once', 'Once upon', 'Once upon a time.'], key)
    }
    const begun = ['chat.postMessage', 'chat.update', 'chat.update']
    expect(calls(house)).toEqual(['chat.startStream', ...begun, ...begun])
    expect(said(house, 'dm:mira')).toEqual(['Once upon a time.', 'Once upon a time.'])
  })

  it.each([true, false])('neither loses nor doubles a word whose fate is open (carried out: %s)', async accepted => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite({ text: 'Once' }))
    house.server.faults.add({ kind: 'reset', accepted, method: 'chat.appendStream', times: 1 })
    const interim = aWrite({ phase: 'interim', text: 'Once upon', message })
    expect((await surface.write(interim, never)).outcome).toBe('unknown')
    await persist(surface, interim)
    expect(shown(house, 'dm:mira', message)).toBe('Once upon')
    await persist(surface, aWrite({ phase: 'final', text: 'Once upon a time.', message }))
    expect(said(house, 'dm:mira')).toEqual(['Once upon a time.'])
  })

  it.each([
    [true, 'Once'],
    [false, 'Once'],
    [true, 'R&D, <once> &lt; 😀'],
    [true, '…'],
  ])('begins once when the fate of its beginning is open (carried out: %s, text: %s)', async (accepted, text) => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    house.server.faults.add({ kind: 'reset', accepted, method: 'chat.startStream', times: 1 })
    const first = aWrite({ text })
    expect((await surface.write(first, never)).outcome).toBe('unknown')
    const found = await surface.find(first, never)
    expect(found !== undefined).toBe(accepted)
    const message = found ?? (await persist(surface, first)).message
    await persist(surface, aWrite({ phase: 'interim', text: `${text} upon`, message }))
    await persist(surface, aWrite({ phase: 'final', text: `${text} upon a time.`, message }))
    expect(said(house, 'dm:mira')).toEqual([`${neutralise(text)} upon a time.`])
  })

  it.each([true, false])('ends once when the fate of its end is open (carried out: %s)', async accepted => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite({ text: 'Once' }))
    house.server.faults.add({ kind: 'reset', accepted, method: 'chat.stopStream', times: 1 })
    await persist(surface, aWrite({ phase: 'final', text: 'Once upon a time.', message }))
    expect(said(house, 'dm:mira')).toEqual(['Once upon a time.'])
    expect(messageOf(house.server, 'dm:mira', message).blocks).toContainEqual(feedback)
  })

  it('is ended before Slack ends it, and the answer goes on by updates', async () => {
    await using house = await anOpenHouse({ parts: { ...threads.parts, timing: { rotateStreamMs: 0 } } })
    const { surface } = await heard(house, 'dm', 'hello')
    const message = await grow(surface, [
      'One',
      'One two',
      'One two three',
      'One two three four',
      'One two three four.',
    ])
    expect(calls(house)).toEqual([
      'chat.startStream',
      'chat.appendStream',
      'chat.stopStream',
      'chat.update',
      'chat.update',
    ])
    expect(shown(house, 'dm:mira', message)).toBe('One two three four.')
  })

  it('replaces what it showed when the text turns out otherwise', async () => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite({ text: 'Once' }))
    await persist(surface, aWrite({ phase: 'final', text: 'Another story.', message }))
    expect(said(house, 'dm:mira')).toEqual(['Another story.'])
  })

  it('waits out a limit of appends that only Slack knew', async () => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite({ text: 'Once' }))
    house.server.faults.add({ kind: 'rate-limit', retryAfterS: 1, method: 'chat.appendStream', times: 1 })
    const interim = aWrite({ phase: 'interim', text: 'Once upon', message })
    expect(await surface.write(interim, never)).toEqual({ outcome: 'rate-limited', retryAfterMs: 1_000 })
    await persist(surface, aWrite({ phase: 'final', text: 'Once upon a time.', message }))
    expect(said(house, 'dm:mira')).toEqual(['Once upon a time.'])
  })
})

describe('many streams in one workspace', () => {
  it('begin within their tier, the rest are posted, and every one ends whole without a refusal', async () => {
    await using house = await anOpenHouse(threads)
    const talks = []
    for (let at = 0; at < 20; at += 1) {
      const { surface } = await heard(house, 'dm', `question ${at}`)
      talks.push({ surface, key: `turn-${at}:0`, message: await begun(house, surface, `turn-${at}:0`) })
    }
    for (const { surface, key, message } of talks) {
      await persist(surface, aWrite({ key, phase: 'final', text: `Answer to ${key}.`, message }))
    }
    expect(new Set(said(house, 'dm:mira'))).toEqual(new Set(talks.map(({ key }) => `Answer to ${key}.`)))
    expect(house.server.log.filter(({ error }) => error !== undefined)).toEqual([])
    const begins = calls(house)
    expect(begins.filter(method => method === 'chat.startStream')).toHaveLength(18)
    expect(begins.filter(method => method === 'chat.postMessage')).toHaveLength(2)
  })

  it('end with their last words when there is no room to stop them, and are stopped later', async () => {
    await using house = await anOpenHouse(threads)
    const { surface } = await heard(house, 'dm', 'hello')
    const { message } = await persist(surface, aWrite({ text: 'Once' }))
    house.server.faults.add({ kind: 'rate-limit', retryAfterS: 1, method: 'chat.stopStream', times: 1 })
    await persist(surface, aWrite({ phase: 'final', text: 'Once upon a time.', message }))
    expect(shown(house, 'dm:mira', message)).toBe('Once upon a time.')
    expect(calls(house)).toEqual(['chat.startStream', 'chat.stopStream', 'chat.appendStream'])
    await expect.poll(() => messageOf(house.server, 'dm:mira', message).stream?.state).toBe('completed')
    expect(messageOf(house.server, 'dm:mira', message).blocks).toEqual([feedback])
  })
})

/** Posts of one channel come a second apart; here their order matters, not their pace. */
async function begun({ server }: House, surface: Parameters<typeof persist>[0], key: string): Promise<MessageId> {
  server.rules.posts.everyMs = 0
  for (;;) {
    const outcome = await surface.write(aWrite({ key }), never)
    if (outcome.outcome === 'written') return outcome.message
    if (outcome.outcome === 'rate-limited') await new Promise(resolve => setTimeout(resolve, outcome.retryAfterMs))
  }
}
