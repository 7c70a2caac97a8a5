import { describe, expect, it } from 'vitest'
import { ContextOverflowError, UnavailableError } from '#src/core/errors.ts'
import { messageId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { anEvent, aPerson, channel, dm } from '#test/support/an-event.ts'
import { aHouse, echo, questionOf } from './a-house.ts'

const restingNotice = 'Aeries is resting. Try again in a moment.'

describe('the engine', () => {
  it('answers what is said to it, and writes both into the history', async () => {
    const { clock, store, hear, turns } = aHouse()
    const { surface } = hear({ text: 'hello' })
    await clock.advance(1_000)
    expect(surface.shown).toEqual(['You said: hello'])
    expect(surface.typed).toBe(1)
    const history = await store.history.last(conversationOf(dm), 10)
    expect(history.map(({ role, text }) => [role, text])).toEqual([
      ['person', 'hello'],
      ['aeries', 'You said: hello'],
    ])
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['done'])
  })

  it('asks the model at once', async () => {
    const { clock, model, hear } = aHouse()
    hear()
    await clock.advance(0)
    expect(model.requests).toHaveLength(1)
  })

  it('is silent about words that are not said to it, and does not record them', async () => {
    const { clock, store, model, hear } = aHouse()
    hear({ place: channel, message: { addressed: false } })
    await clock.advance(1_000)
    expect(model.requests).toEqual([])
    expect(await store.history.knows(conversationOf(channel))).toBe(false)
  })

  it('answers an event once, however often it comes', async () => {
    const { clock, engine, model, hear } = aHouse()
    const { event } = hear()
    engine.event(event)
    await clock.advance(5_000)
    engine.event(event)
    await clock.advance(5_000)
    expect(model.requests).toHaveLength(1)
  })

  it('asks anew with both when the asker adds something before a word is shown', async () => {
    const { clock, model, hear, turns } = aHouse()
    const first = hear({ text: 'how are' })
    await clock.advance(50)
    const second = hear({ text: 'the tides?' })
    await clock.advance(1_000)
    expect(model.aborted).toBe(1)
    expect(model.requests[1]?.messages.slice(1).map(({ content }) => content.split('\n\n')[0])).toEqual([
      'how are\nthe tides?',
    ])
    expect(first.surface.film).toEqual([])
    expect(second.surface.shown).toEqual(['You said: how are\nthe tides?'])
    expect(turns.map(({ turn }) => turn.asked.length)).toEqual([2])
  })

  it('collects what the asker adds to a visible answer into one next turn', async () => {
    const { clock, model, hear } = aHouse(({ messages }) => [`On ${questionOf(messages)}. `, 3_000, 'Done.'])
    const first = hear({ text: 'boats' })
    await clock.advance(1_000)
    hear({ text: 'trains' })
    await clock.advance(500)
    const third = hear({ text: 'bikes' })
    await clock.advance(20_000)
    expect(first.surface.shown).toEqual(['On boats. Done.'])
    expect(third.surface.shown).toEqual(['On trains\nbikes. Done.'])
    expect(model.requests).toHaveLength(2)
    expect(model.requests[1]?.messages.slice(1).map(message => message.content.split('\n')[0])).toEqual([
      'boats',
      'On boats. Done.',
      'trains',
    ])
  })

  it('answers two people in one channel at the same time, each to its own question', async () => {
    const { clock, hear, model, turns } = aHouse(({ messages }) => [
      200,
      `${questionOf(messages)}! `,
      3_000,
      'So it is.',
    ])
    const mira = hear({ place: channel, text: 'boats' })
    await clock.advance(100)
    const jonas = hear({ place: channel, text: 'trains', person: aPerson('Jonas') })
    await clock.advance(10_000)
    expect(mira.surface.shown).toEqual(['Mira: boats! So it is.'])
    expect(jonas.surface.shown).toEqual(['Jonas: trains! So it is.'])
    expect(mira.surface.film[0]).toMatch(/^200 ms/)
    expect(turns.map(({ turn }) => turn.asker.name)).toEqual(['Mira', 'Jonas'])
    expect(model.requests[1]?.messages.map(message => message.content).join()).not.toContain('boats')
  })

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

  it('says kindly and once that the model is away, keeps the question, and answers the next', async () => {
    let isAway = true
    const { clock, hear, log } = aHouse(request => (isAway ? [new UnavailableError('away')] : echo(request)))
    const first = hear({ text: 'remember 7' })
    await clock.advance(1_000)
    isAway = false
    const second = hear({ text: 'and now?' })
    await clock.advance(1_000)
    expect(first.surface.film).toEqual([`0 ms: final #1 ${JSON.stringify(restingNotice)}`])
    expect(second.surface.shown).toEqual(['You said: remember 7\nand now?'])
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
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

  it('answers somebody who never stops writing', async () => {
    const { clock, hear } = aHouse(() => [800, 'At last.'])
    const surfaces = []
    for (let i = 0; i < 20; i++) {
      surfaces.push(hear({ text: `m${i}` }).surface)
      await clock.advance(500)
    }
    expect(surfaces.flatMap(({ shown }) => shown).length).toBeGreaterThanOrEqual(2)
  })

  it.each(['receive', 'begin'] as const)('says kindly that it rests when the store fails to %s', async method => {
    const { clock, store, hear, log } = aHouse()
    const works = store.turns[method]
    Object.assign(store.turns, {
      [method]: () => {
        throw new Error('disk full')
      },
    })
    const { surface } = hear({ text: 'hello' })
    await clock.advance(1_000)
    expect(surface.shown).toEqual([restingNotice])
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
    Object.assign(store.turns, { [method]: works })
    const next = hear({ text: 'and now?' })
    await clock.advance(1_000)
    expect(next.surface.shown).toEqual(['You said: and now?'])
  })

  it('keeps an answer going whose parts cannot be recorded, and writes the turn down when that works again', async () => {
    const { clock, store, hear } = aHouse(() => ['One. ', 2_000, 'Two.'])
    const { shown, finish } = store.turns
    const fail = () => {
      throw new Error('locked')
    }
    Object.assign(store.turns, { shown: fail, finish: fail })
    const { surface } = hear({ text: 'hello' })
    await clock.advance(2_100)
    Object.assign(store.turns, { shown, finish })
    await clock.advance(10_000)
    expect(surface.shown).toEqual(['One. Two.'])
    const history = await store.history.last(conversationOf(dm), 10)
    expect(history.map(({ text }) => text)).toEqual(['hello', 'One. Two.'])
    expect(history[1]?.messages).toHaveLength(1)
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

  it('ends an answer when its asker stops it, and nobody else can', async () => {
    const { clock, engine, hear, model, turns } = aHouse(() => ['Begun. ', 60_000, 'Never.'])
    const mira = hear({ place: channel, text: 'boats' })
    await clock.advance(100)
    const stop = (name: string) => {
      const { key, at } = anEvent({ surface: mira.surface })
      const control = { type: 'stop', message: undefined } as const
      engine.event({
        type: 'control',
        key,
        at,
        place: channel,
        person: aPerson(name),
        control,
        respond: async () => {},
      })
    }
    stop('Jonas')
    await clock.advance(1_000)
    expect(model.aborted).toBe(0)
    stop('Mira')
    await clock.advance(1_000)
    expect(model.aborted).toBe(1)
    expect(turns.map(({ reply }) => reply)).toMatchObject([{ outcome: 'stopped', text: 'Begun. ' }])
    expect(mira.surface.shown).toEqual(['Begun.\n(Stopped.)'])
  })

  it('shows typing until the first text, again every 8 s', async () => {
    const { clock, hear } = aHouse(() => [20_000, 'Late.'])
    const { surface } = hear()
    await clock.advance(60_000)
    expect(surface.typed).toBe(3)
    expect(clock.pending).toBe(0)
  })

  it('carries two hundred conversations at once and mixes nothing', async () => {
    const { clock, hear, turns } = aHouse(({ messages }) => [
      50,
      'About ',
      50,
      `${questionOf(messages)}`,
      900,
      ' and more.',
    ])
    const heard = Array.from({ length: 200 }, (_, i) => {
      return hear(
        { place: { ...dm, channel: `dm-${i}` }, person: aPerson(`P${i}`), text: `topic ${i};` },
        { channel: `${i}` },
      )
    })
    await clock.advance(30_000)
    expect(heard.map(({ surface }) => surface.shown)).toEqual(
      Array.from({ length: 200 }, (_, i) => [`About topic ${i}; and more.`]),
    )
    expect(turns).toHaveLength(200)
  })

  it('lets a running answer finish when it is disposed of, and parks one that takes too long', async () => {
    const { clock, engine, hear, store, turns } = aHouse(({ messages }) => {
      return ['Begun. ', questionOf(messages) === 'short' ? 2_000 : 60_000, 'Done.']
    })
    const short = hear({ text: 'short' })
    const long = hear({ place: { ...dm, channel: 'other' }, text: 'long' })
    await clock.advance(100)
    const disposed = engine[Symbol.asyncDispose]()
    hear({ text: 'too late' })
    await clock.advance(6_000)
    await disposed
    expect(short.surface.shown).toEqual(['Begun. Done.'])
    expect(long.surface.shown).toEqual(['Begun.\n(Aeries is restarting. This answer goes on as soon as it is back.)'])
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['done'])
    expect(await store.turns.open()).toMatchObject([{ draft: { text: 'Begun. ', end: undefined } }])
  })
})
