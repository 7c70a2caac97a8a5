import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Message } from '#playground/discord-server/world/message.ts'
import { restNote } from '#src/engine/words.ts'
import { sameText } from '#src/markdown/same-text.ts'
import { nastyAnswer } from '#test/support/nasty-answer.ts'
import { type House, type HouseOptions, openHouse, openWorld, type World } from '#test/support/open-house.ts'

const restingNotice = 'Aeries is resting. Try again in a moment.'
/** No limits in the way where limits are not the matter. */
const wideOpen = {
  writes: { limit: 1_000, windowMs: 1_000 },
  others: { limit: 10_000, windowMs: 1_000 },
  globalPerSecond: 10_000,
}

let opened = new AsyncDisposableStack()
const open = () => opened

afterEach(async () => {
  const closing = opened
  opened = new AsyncDisposableStack()
  await closing.disposeAsync()
})

async function aWorld(...args: Parameters<typeof openWorld>): Promise<World> {
  return open().use(await openWorld(...args))
}

async function aHouse(world: World, options?: HouseOptions): Promise<House> {
  return open().use(await openHouse(world, options))
}

function saidBy({ discord }: World, place: string): readonly Message[] {
  return discord.people.messages(place).filter(({ authorId }) => authorId === discord.botId)
}

function shown(world: World, place: string): readonly string[] {
  return saidBy(world, place).map(({ content }) => content)
}

/** What was delivered of an answer: its messages without the notes of Aeries, and what its files hold. */
function delivered(world: World, place: string): readonly [messages: readonly string[], files: readonly string[]] {
  const messages = saidBy(world, place)
  const files = messages.flatMap(({ attachments }) => attachments.map(({ id }) => world.discord.world.files.get(id)))
  return [
    messages.filter(({ content }) => content !== '').map(({ content }) => content.replace(`\n-# ${restNote}`, '')),
    files.map(file => new TextDecoder().decode(file?.bytes)),
  ]
}

describe('a conversation in Discord', () => {
  it('answers a DM in one message that grows in place, until it is what the model said', async () => {
    const world = await aWorld(wideOpen)
    const house = await aHouse(world)
    world.vllm.script({
      tokens: Array.from({ length: 150 }, (_, i) => `word${i}${i % 12 === 11 ? '.' : ''} `),
      itlMs: 4,
    })
    world.discord.people.say('mira', 'dm', 'Tell me a story about tides')
    const reply = (await house.closed(1))[0]?.reply
    const [message] = saidBy(world, 'dm:mira')
    expect(message?.versions.length).toBeGreaterThan(2)
    expect(sameText(world.vllm.calls[0]?.text ?? '', shown(world, 'dm:mira'))).toEqual({ same: true })
    expect(reply?.text).toBe(world.vllm.calls[0]?.text)
    const texts = message?.versions.map(({ content }) => content) ?? []
    for (const [i, text] of texts.entries()) expect(text.startsWith(texts[i - 1] ?? '')).toBe(true)
    expect(world.discord.unknownCalls).toEqual([])
  })

  it('answers a mention with a reply to it, pings nobody, and shows that it types', async () => {
    const world = await aWorld(wideOpen)
    const house = await aHouse(world)
    world.vllm.script({ text: 'Ask @everyone, @here or <@1>: https://example.com/?q=secret tells.' })
    const question = world.discord.people.say('jonas', '#general', '@Aeries who knows?')
    await house.closed(1)
    const [answer] = saidBy(world, '#general')
    expect(answer?.reference?.messageId).toBe(question.id)
    for (const version of answer?.versions ?? []) {
      expect(version.pings.personIds).toEqual([])
      expect(version.unfurls).toEqual([])
    }
    expect(world.discord.log.map(({ route }) => route)).toContain('/channels/:channel/typing')
  })

  it('stays silent where it is not spoken to', async () => {
    const world = await aWorld(wideOpen)
    const house = await aHouse(world)
    world.discord.people.say('jonas', '#general', 'nice weather, @Mira')
    world.discord.people.say('mira', '#general', 'yes, @Aeries')
    await house.closed(1)
    expect(world.vllm.calls).toHaveLength(1)
    expect(JSON.stringify(world.vllm.calls[0]?.body)).not.toContain('weather')
  })

  it('remembers after a restart what was said before it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aeries-'))
    open().defer(() => rm(folder, { recursive: true }))
    const databasePath = join(folder, 'aeries.db')
    const world = await aWorld(wideOpen)
    const before = await openHouse(world, { databasePath })
    world.discord.people.say('mira', 'dm', 'My favourite colour is turquoise')
    await before.closed(1)
    await before[Symbol.asyncDispose]()
    const after = await aHouse(world, { databasePath })
    world.discord.people.say('mira', 'dm', 'What is my favourite colour?')
    await after.closed(1)
    expect(shown(world, 'dm:mira').at(-1)).toMatch(/turquoise/)
  })

  it('answers two people in one channel at once, each to their own question', async () => {
    const world = await aWorld(wideOpen, { latency: { ttftMs: 100, itlMs: 5 } })
    const house = await aHouse(world)
    const boats = world.discord.people.say('mira', '#general', '@Aeries what about boats?')
    const trains = world.discord.people.say('jonas', '#general', '@Aeries what about trains?')
    await world.vllm.until(() => world.vllm.running === 2, AbortSignal.timeout(5_000))
    const closed = await house.closed(2)
    const answers = saidBy(world, '#general')
    const answerTo = (id: string) => {
      const first = answers.findIndex(({ reference }) => reference?.messageId === id)
      return answers[first]?.content ?? ''
    }
    expect(answerTo(boats.id)).toContain('boats')
    expect(answerTo(boats.id)).not.toContain('trains')
    expect(answerTo(trains.id)).toContain('trains')
    expect(answerTo(trains.id)).not.toContain('boats')
    expect(closed.map(({ turn }) => turn.asker.name).sort()).toEqual(['Jonas', 'Mira'])
  })

  it('carries two hundred conversations at once, loses nothing and mixes nothing', { timeout: 60_000 }, async () => {
    const world = await aWorld(wideOpen, { latency: { ttftMs: 30, itlMs: 2 } })
    const house = await aHouse(world)
    const names = Array.from({ length: 200 }, (_, i) => `person${i}`)
    for (const name of names) world.discord.scene.createPerson({ name })
    for (const [i, name] of names.entries()) world.discord.people.say(name, 'dm', `What about topic${i}x?`)
    await house.closed(200)
    for (const [i, name] of names.entries()) {
      const text = shown(world, `dm:${name}`).join('\n')
      expect(text.match(/topic\d+x/g)?.every(topic => topic === `topic${i}x`)).toBe(true)
      const call = world.vllm.calls.find(({ body }) => JSON.stringify(body).includes(`topic${i}x`))
      expect(sameText(call?.text ?? '', [text])).toEqual({ same: true })
    }
  })

  it('splits a long answer into silent further messages that together are the answer', async () => {
    const world = await aWorld(wideOpen)
    const house = await aHouse(world, { maxTokens: 5_000 })
    const code = Array.from({ length: 120 }, (_, i) => `  const line${i} = compute(${i}) // and then some`).join('\n')
    world.vllm.script({ text: `Here it is.\n\n\`\`\`ts\n${code}\n\`\`\`\n\nThat was it.` })
    world.discord.people.say('mira', 'dm', 'code, please')
    await house.closed(1)
    const messages = saidBy(world, 'dm:mira')
    expect(messages.length).toBeGreaterThan(2)
    expect(sameText(world.vllm.calls[0]?.text ?? '', shown(world, 'dm:mira'))).toEqual({ same: true })
    for (const { content } of messages) expect((content.match(/```/g) ?? []).length % 2).toBe(0)
    for (const { versions } of messages.slice(1)) expect((versions[0]?.flags ?? 0) & (1 << 12)).toBeTruthy()
  })

  it('delivers what was generated, over five hundred nasty answers', { timeout: 120_000 }, async () => {
    const world = await aWorld(wideOpen, { maxModelLen: 200_000 })
    const house = await aHouse(world, { maxTokens: 50_000, vllm: { contextLength: 200_000 } })
    // A character that never got whole at the very end is no part of an answer (fault 28).
    const answers = Array.from({ length: 500 }, (_, seed) => {
      return nastyAnswer(seed, { wellFormed: true }).replace(/[\s\uFFFD]+$/u, '')
      // A flood of the same few characters is ended as a loop: another test's matter.
    }).filter(text => text !== '' && !/(\S{1,24})\1{60}/u.test(text))
    let asked = 0
    for (const [i, text] of answers.entries()) {
      const name = `reader${i}`
      world.discord.scene.createPerson({ name })
      world.vllm.script({ text, match: { question: `number ${i}.` } })
      world.discord.people.say(name, 'dm', `number ${i}.`)
      // Twenty at a time, so that no answer is a burst of its own.
      if (++asked % 20 === 0) await house.closed(asked)
    }
    await house.closed(asked)
    const faults = answers.flatMap((text, i) => {
      const told = sameText(text, ...delivered(world, `dm:reader${i}`))
      return told.same ? [] : [{ seed: i, ...told }]
    })
    expect(faults).toEqual([])
  })
})

describe('when the model is away', () => {
  it('says so kindly within 3 s, once, keeps the question, and answers the next', async () => {
    const world = await aWorld(wideOpen)
    const house = await aHouse(world)
    await world.vllm.setState({ door: 'refusing' })
    const asked = world.discord.people.say('mira', 'dm', 'My favourite colour is turquoise')
    await house.closed(1)
    const [notice] = saidBy(world, 'dm:mira')
    expect(notice?.versions.map(({ content }) => content)).toEqual([restingNotice])
    expect((notice?.createdAt ?? 0) - asked.createdAt).toBeLessThan(3_000)
    await world.vllm.setState({ door: 'open' })
    world.discord.people.say('mira', 'dm', 'What is my favourite colour?')
    await house.closed(2)
    expect(shown(world, 'dm:mira')).toHaveLength(2)
    expect(shown(world, 'dm:mira')[1]).toMatch(/turquoise/)
  })

  it('says so when a server accepts and stays silent, as soon as the first-content timer ends', async () => {
    const world = await aWorld(wideOpen)
    const house = await aHouse(world, { vllm: { timers: { firstContentMs: 400 } } })
    await world.vllm.setState({ health: 'hang' })
    world.discord.people.say('mira', 'dm', 'hello?')
    await house.closed(1)
    expect(shown(world, 'dm:mira')).toEqual([restingNotice])
    await world.vllm.until(() => world.vllm.calls[0]?.outcome === 'aborted', AbortSignal.timeout(2_000))
  })

  it('keeps the words of an answer that breaks in the middle, and says so under them', async () => {
    const world = await aWorld(wideOpen)
    const house = await aHouse(world)
    world.vllm.script({ tokens: ['The ', 'tide ', 'turns. ', 'Then '], itlMs: 20, fault: { kind: 'rst', at: 4 } })
    world.discord.people.say('mira', 'dm', 'hello?')
    const reply = (await house.closed(1))[0]?.reply
    expect(reply?.outcome).toBe('cut off')
    expect(shown(world, 'dm:mira')).toEqual([`The tide turns. Then\n-# This answer broke off here. ${restingNotice}`])
  })

  it('shows no stack trace and no word of the server, whatever it says', async () => {
    const world = await aWorld(wideOpen)
    const house = await aHouse(world)
    world.vllm.script({
      http: { status: 500, body: '<html>Traceback (most recent call last)</html>', contentType: 'text/html' },
      times: 'always',
    })
    world.discord.people.say('mira', 'dm', 'hello?')
    await house.closed(1)
    expect(shown(world, 'dm:mira')).toEqual([restingNotice])
  })
})
