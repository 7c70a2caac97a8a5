import { describe, expect, it } from 'vitest'
import { ContextOverflowError } from '#src/core/errors.ts'
import { messageId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { listeningPreference } from '#src/engine/access/access.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { aPerson, channel, dm, type EventSketch } from '#test/support/an-event.ts'
import { aHouse, questionOf } from './a-house.ts'

let count = 0

describe('what the model is shown', () => {
  it('tells the transcript of a channel question by question, in the order of asking', async () => {
    const { clock, store, hear } = aHouse(({ messages }) => [
      questionOf(messages).includes('boats') ? 5_000 : 10,
      `About ${questionOf(messages)}`,
    ])
    hear({ place: channel, text: 'boats' })
    hear({ place: channel, text: 'trains', person: aPerson('Jonas') })
    await clock.advance(20_000)
    const history = await store.history.last(conversationOf(channel), 10)
    expect(history.map(({ text }) => text)).toEqual(['boats', 'About Mira: boats', 'trains', 'About Jonas: trains'])
  })

  it('tries a prompt that is too long for the server once more with half of it', async () => {
    let tries = 0
    const { clock, hear, model } = aHouse(() =>
      tries++ === 0 ? [new ContextOverflowError('too long', 2_000)] : ['Fits.'],
    )
    const { surface } = hear({ text: 'tide '.repeat(8_000) })
    await clock.advance(1_000)
    expect(surface.shown).toEqual(['Fits.'])
    const [first, second] = model.requests.map(({ messages }) =>
      messages.reduce((sum, { content }) => sum + content.length, 0),
    )
    expect(second).toBeLessThan((first ?? 0) / 4)
    expect(model.requests[1]?.maxTokens).toBeLessThan(1_000)
  })

  it('keeps the prompt of a thousand-message conversation within 20 messages and the budget', async () => {
    const { clock, hear, model } = aHouse(() => ['word '.repeat(80)])
    model.context = 4_096
    for (let i = 0; i < 500; i++) {
      hear({ text: `${i} ${'tide '.repeat(60)}` })
      await clock.advance(2_000)
    }
    expect(model.requests).toHaveLength(500)
    for (const { messages, maxTokens } of model.requests) {
      expect(messages.length).toBeLessThanOrEqual(21)
      const tokens = messages.reduce((sum, { content }) => sum + content.length / 4.9, 0)
      expect(tokens + maxTokens).toBeLessThanOrEqual(4_096)
    }
    const last = model.requests.at(-1)?.messages ?? []
    expect(last.at(-3)?.content).toMatch(/^498 /)
  })

  it('leaves room for an answer whatever a thread holds and however much was collected', async () => {
    const { clock, hear, model } = aHouse(() => ['Yes.'])
    model.context = 8_192
    const quote = (i: number) => ({
      message: messageId('test', 'harbour', 'general', `q${i}`),
      author: `P${i}`,
      own: false,
      text: `${i}${'敏捷的棕色狐狸跳过了懒狗。'.repeat(110)}`,
    })
    const quotes = Array.from({ length: 11 }, (_, i) => quote(i))
    hear({ place: { ...channel, thread: 't1' }, text: 'so?' }, { earlier: { quotes, unread: [] } })
    for (let i = 0; i < 40; i++) hear({ text: `${i} ${'tide '.repeat(80)}`, message: { quotes: [quote(1)] } })
    await clock.advance(5_000)
    for (const { messages, maxTokens } of model.requests) {
      expect(maxTokens).toBeGreaterThanOrEqual(1_000)
      const tokens = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0)
      expect(tokens + maxTokens).toBeLessThanOrEqual(8_192)
    }
    const inThread = model.requests.find(({ messages }) => messages.at(-1)?.content.includes('so?'))
    expect(inThread?.messages.at(-1)?.content).toMatch(/\(\d+ earlier quotes did not fit/)
    expect(inThread?.messages.at(-1)?.content).toContain('> 10敏捷')
    const collected = model.requests.find(({ messages }) => messages.at(-1)?.content.includes('39 tide'))
    expect(collected?.messages.at(-1)?.content.match(/Quoted from/g)).toHaveLength(1)
  })

  it('restarts the window at the ten newest and keeps its prefix in between', async () => {
    const { clock, hear, model } = aHouse(({ messages }) => [`re ${questionOf(messages)}`])
    for (let i = 0; i < 40; i++) {
      hear({ text: `${i}` })
      await clock.advance(2_000)
    }
    const firsts = model.requests.map(({ messages }) => messages[1]?.content.split('\n')[0])
    expect(new Set(firsts).size).toBeLessThanOrEqual(10)
    expect(Math.max(...model.requests.map(({ messages }) => messages.length - 1))).toBeLessThanOrEqual(20)
  })

  it('reads a thread that it is called into once', async () => {
    const thread = { ...channel, thread: 't1' }
    const earlier = {
      quotes: [{ message: undefined, author: 'Jonas', own: false, text: 'The ferry leaves at six.' }],
      unread: [],
    }
    const { clock, hear, model } = aHouse()
    hear({ place: thread, text: 'when?' }, { earlier })
    await clock.advance(1_000)
    hear({ place: thread, text: 'sure?' }, { earlier })
    await clock.advance(1_000)
    expect(model.requests[0]?.messages.at(-1)?.content).toContain('Quoted from Jonas:\n> The ferry leaves at six.')
    expect(model.requests[1]?.messages.map(({ content }) => content).join()).not.toContain('ferry')
  })

  it('opens a thread in a DM with the last two exchanges of the DM, if they are fresh, and keeps them there', async () => {
    const { clock, hear, model } = aHouse(({ messages }) => [`re ${questionOf(messages)}`])
    const say = async (text: string, minutesLater: number, thread?: string) => {
      await clock.advance(minutesLater * 60_000)
      hear({ place: { ...dm, thread }, text, at: clock.now() })
      await clock.advance(5_000)
    }
    for (const text of ['m0', 'm1', 'm2']) await say(text, 1)
    await say('in a thread', 20, 't1')
    await say('more', 20, 't1')
    await say('much later', 120, 't2')
    const told = model.requests
      .slice(-3)
      .map(({ messages }) => messages.slice(1).map(({ content }) => content.split('\n')[0]))
    expect(told).toEqual([
      ['m1', 're m1', 'm2', 're m2', 'in a thread'],
      ['m1', 're m1', 'm2', 're m2', 'in a thread', 're in a thread', 'more'],
      ['much later'],
    ])
  })

  it('begins a thread with what was just said in the channel where it reads along, if the same people may read it', async () => {
    const { clock, hear, model, store } = aHouse(() => ['Yes.'])
    await store.preferences.choose(listeningPreference, scopeOfPlace(channel), 'on')
    const say = async (text: string, sketch: Partial<EventSketch> = {}) => {
      await clock.advance(60_000)
      const { event } = hear({ place: channel, text, at: clock.now(), ...sketch })
      await clock.advance(5_000)
      return event
    }
    const aside = { person: aPerson('Jonas'), message: { addressed: false } }
    /** As where a mention is answered in a thread of its own. */
    const called = async (text: string, place = channel) => {
      const id = String(++count)
      const thread = { ...place, thread: id }
      await say(text, { place: thread, message: { id: messageId('test', place.workspace, place.channel, id) } })
      return thread
    }
    await say('long ago', aside)
    await clock.advance(40 * 60_000)
    await say('The ferry leaves at six.', aside)
    const taken = await say('A secret of mine.', aside)
    await say('From the left pier.', aside)
    await store.forget.message(taken.message.id)
    const thread = await called('when?')
    await say('said later', aside)
    await say('sure?', { place: thread })
    // Who reads the channel from now on did not read along before.
    await called('and now?', { ...channel, audience: 'external' })
    await say('not the first word', { place: { ...channel, thread: 'of others' } })
    const told = model.requests.map(({ messages }) => messages.slice(1).map(({ content }) => content.split('\n\n')[0]))
    const before = 'Jonas: The ferry leaves at six.\nJonas: From the left pier.\nMira: when?'
    expect(told).toEqual([[before], [before, 'Yes.', 'Mira: sure?'], ['Mira: and now?'], ['Mira: not the first word']])
  })
})
