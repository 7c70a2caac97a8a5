import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type MessageId, nativeMessageId, type PersonId } from '#src/core/ids.ts'
import { scopesTellableIn } from '#src/core/learning-scope.ts'
import type { Place } from '#src/core/place.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import type { House } from '#test/support/build-house.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { discordPlatform } from './discord-platform.ts'
import type { JourneyPlatform } from './journey-platform.ts'
import { openScene, type Scene } from './open-scene.ts'
import { slackPlatform } from './slack-platform.ts'

const questions = [
  'tides',
  'gulls',
  'ropes',
  'lighthouses',
  'sails',
  'anchors',
  'charts',
  'currents',
  'moorings',
  'herrings',
]

describe.each([discordPlatform as JourneyPlatform, slackPlatform as JourneyPlatform])('feedback in $name', platform => {
  it('that answers are too long makes the next ones shorter; taken back, all is as it was, also after a restart', async () => {
    await using scene = await openScene(platform)
    await using folder = await aFolder()
    const databasePath = join(folder.path, 'aeries.db')
    const { world } = scene
    const answers: MessageId[] = []
    let [lengthBefore, place, person] = [0, undefined as Place | undefined, undefined as PersonId | undefined]
    {
      await using house = await scene.house({ databasePath, learning: {} })
      lengthBefore = median(await askAll(scene, house))
      for (const { turn, reply } of house.turns) {
        answers.push(...reply.messages)
        place = turn.place
        person = turn.asker.id
      }
    }
    if (place === undefined || person === undefined) throw new Error('Nobody answered')
    const [one, two, three] = answers as [MessageId, MessageId, MessageId]
    await using house = await scene.house({ databasePath, learning: {} })
    const known = { person, place }
    const [briefBefore, readingsBefore] = [await briefOf(house, known), await readingsOf(house, known)]
    expect(briefBefore).not.toContain('short answers')

    const frown = async (change: 'added' | 'removed') => {
      for (const answer of [one, two, three]) await world.react('mira', 'dm', answer, '👎', change)
      for (const answer of [two, three]) await world.react('mira', 'dm', answer, '✂️', change)
    }
    await frown('added')
    await tapReason(scene, one)
    await expect.poll(() => weightOf(house, known, 'short')).toBeCloseTo(4.5, 1)
    expect(await briefOf(house, known)).toContain('short answers')

    await frown('removed')
    await expect.poll(() => briefOf(house, known)).toBe(briefBefore)
    expectClose(await readingsOf(house, known), readingsBefore)

    await frown('added')
    await expect.poll(() => weightOf(house, known, 'short')).toBeCloseTo(3, 1)
    const everSaid = world.everSaid()
    const lengthAfter = median(await askAll(scene, house))
    expect(lengthAfter).toBeLessThanOrEqual(0.7 * lengthBefore)
    expect(world.everSaid() - everSaid).toBe(questions.length)
  })

  it('is whose it is alone, whatever the skin of a hand; what people laugh at means nothing; and none of it causes a message', async () => {
    await using scene = await openScene(platform)
    const { world } = scene
    const house = await scene.house({ learning: {} })
    await world.say('jonas', 'channel', '@Aeries hello')
    await world.say('mira', 'channel', '@Aeries tell me a story about gulls')
    const [hello, story] = await house.closed(2)
    const message = story?.reply.messages[0]
    if (hello === undefined || story === undefined || message === undefined) throw new Error('Nobody answered')
    await learnt(house)
    const { place } = story.turn
    const [mira, jonas] = [story.turn.asker.id, hello.turn.asker.id].map(person => ({
      person: person as PersonId,
      place,
    }))
    if (mira === undefined || jonas === undefined) throw new Error('Nobody asked')
    const said = world.everSaid()
    const before = await readingsOf(house, mira)
    await world.react('jonas', 'channel', message, '😂', 'added')
    await world.react('jonas', 'channel', message, '✂️', 'added')
    await expect.poll(() => weightOf(house, jonas, 'short')).toBeCloseTo(0.375, 2)
    expect(await readingsOf(house, mira)).toEqual(before)
    await world.react('mira', 'channel', message, '👍🏽', 'added')
    await expect.poll(async () => (await readingsOf(house, mira)).length).toBeGreaterThan(before.length)
    await world.react('mira', 'channel', message, '👍🏽', 'removed')
    await expect.poll(() => readingsOf(house, mira)).toHaveLength(before.length)
    expect(world.everSaid()).toBe(said)
  })

  it('by a tap is answered to whom it is of, and can be taken back', async () => {
    await using scene = await openScene(platform)
    const { world } = scene
    const house = await scene.house({ learning: {} })
    await world.say('mira', 'dm', 'How are the tides?')
    const [closed] = await house.closed(1)
    const message = closed?.reply.messages[0]
    if (closed === undefined || message === undefined) throw new Error('Nobody answered')
    await learnt(house)
    const known = { person: closed.turn.asker.id, place: closed.turn.place }
    await tapReason(scene, message)
    await expect.poll(() => world.told('mira', 'dm').at(-1)?.text).toBe('Noted: I will keep it shorter.')
    expect(await weightOf(house, known, 'short')).toBeCloseTo(1.5, 1)
    expect(await briefOf(house, known)).toContain('short answers')
    const noted = world.told('mira', 'dm').at(-1)
    await world.press('mira', 'dm', noted?.id ?? '', 'Take it back')
    await expect.poll(() => world.told('mira', 'dm').at(-1)?.text).toMatch(/^Taken back/)
    expect(await weightOf(house, known, 'short')).toBe(0)
    expect(await briefOf(house, known)).not.toContain('short answers')
  })

  it('of somebody who may not be learnt from is kept nowhere', async () => {
    await using scene = await openScene(platform)
    const { world } = scene
    const house = await scene.house({ learning: { mode: 'off' } })
    await world.say('mira', 'dm', 'How are the tides?')
    const [closed] = await house.closed(1)
    const message = closed?.reply.messages[0]
    if (closed === undefined || message === undefined) throw new Error('Nobody answered')
    await world.react('mira', 'dm', message, '✂️', 'added')
    await tapReason(scene, message)
    await expect.poll(() => world.told('mira', 'dm').at(-1)?.text).toMatch(/^I do not learn from you here/)
    expect(await readingsOf(house, { person: closed.turn.asker.id, place: closed.turn.place })).toEqual([])
  })
})

it('asks on Slack why an answer was bad at most once a day, and never again who does not want it', async () => {
  await using scene = await openScene(slackPlatform)
  const { world } = scene
  const house = await scene.house({ learning: {} })
  const answers: MessageId[] = []
  for (const [at, about] of ['tides', 'gulls'].entries()) {
    await world.say('mira', 'dm', `How are the ${about}?`)
    answers.push(...((await house.closed(at + 1))[at]?.reply.messages ?? []))
  }
  const [one, two] = answers as [MessageId, MessageId]
  await world.openReasons(one)
  await expect.poll(() => world.told('mira', 'dm').at(-1)?.buttons).toContain('Don’t ask again')
  await world.openReasons(two)
  await expect.poll(() => world.told('mira', 'dm')).toHaveLength(2)
  expect(world.told('mira', 'dm').at(-1)?.buttons).toEqual(['Take it back'])
  await world.press('mira', 'dm', world.told('mira', 'dm')[0]?.id ?? '', 'Don’t ask again')
  await expect.poll(() => world.told('mira', 'dm').at(-1)?.text).toBe('I will not ask again.')
})

it('goes on Discord with all reactions of a message that somebody sweeps clean', async () => {
  await using scene = await openScene(discordPlatform)
  const { world } = scene
  const house = await scene.house({ learning: {} })
  await world.say('mira', 'channel', '@Aeries How are the tides?')
  const [closed] = await house.closed(1)
  const message = closed?.reply.messages[0]
  if (closed === undefined || message === undefined) throw new Error('Nobody answered')
  await learnt(house)
  const known = { person: closed.turn.asker.id, place: closed.turn.place }
  for (const emoji of ['✂️', '👍'] as const) await world.react('mira', 'channel', message, emoji, 'added')
  await expect.poll(() => weightOf(house, known, 'short')).toBeCloseTo(1.5, 1)
  await expect.poll(() => qualityOf(house, known)).toBeCloseTo(1, 1)
  const { people, scene: discord } = world.server
  discord.createRole({ name: 'moderator', permissions: ['manageMessages'] })
  discord.setRoles('wren', ['moderator'])
  people.clearReactions('wren', nativeMessageId(message), '✂️')
  await expect.poll(() => weightOf(house, known, 'short')).toBe(0)
  expect(await qualityOf(house, known)).toBeCloseTo(1, 1)
  people.clearReactions('wren', nativeMessageId(message))
  await expect.poll(() => qualityOf(house, known)).toBe(0)
})

type Known = Readonly<{ person: PersonId; place: Place }>

/** Asks all questions, one after the other, and tells how many words each answer had. */
async function askAll(scene: Scene, house: House): Promise<readonly number[]> {
  const before = house.turns.length
  for (const [at, about] of questions.entries()) {
    await scene.world.say('mira', 'dm', `How are the ${about}?`)
    await house.closed(before + at + 1)
  }
  await learnt(house)
  return house.turns.slice(before).map(({ reply }) => reply.text.split(/\s+/).length)
}

async function learnt({ store }: House): Promise<void> {
  await expect.poll(async () => (await store.learning.jobs()).waiting, { interval: 10 }).toBe(0)
}

async function tapReason({ world }: Scene, message: MessageId): Promise<void> {
  const before = world.told('mira', 'dm').length
  await world.openReasons(message)
  await expect.poll(() => world.told('mira', 'dm').length).toBe(before + 1)
  const opened = world.told('mira', 'dm').at(-1)
  if (opened?.buttons.includes('Too long')) await world.press('mira', 'dm', opened.id, 'Too long')
}

/** Later than all that a test does, so that the same is known each time that it is read. */
const later = new Date(Date.now() + 3_600_000)

async function briefOf({ store }: House, { person, place }: Known): Promise<string> {
  const writer = createBriefWriter({
    learning: store.learning,
    count: estimateTokens,
    log: new KeptLog(),
    ticks: () => 0,
  })
  return (await writer.brief({ person, place, words: '', at: later, isFresh: true })).standing
}

async function readingsOf({ store }: House, { person, place }: Known) {
  const sight = { person, workspace: workspaceOf(place), scopes: scopesTellableIn(place) }
  return await store.learning.readAggregate(sight, later)
}

/** What speaks for a length, less what speaks against it, as of about when it was said. */
async function weightOf(house: House, known: Known, value: string): Promise<number> {
  const readings = await readingsOf(house, known)
  const its = readings.find(reading => reading.key === 'reply_length' && reading.value === value)
  return its === undefined ? 0 : its.positive - its.negative
}

async function qualityOf(house: House, known: Known): Promise<number> {
  return (await readingsOf(house, known)).find(({ key }) => key === 'quality')?.positive ?? 0
}

function expectClose(now: Awaited<ReturnType<typeof readingsOf>>, before: typeof now): void {
  expect(now.map(({ key, value, count }) => [key, value, count])).toEqual(
    before.map(({ key, value, count }) => [key, value, count]),
  )
  for (const [at, { positive, negative }] of now.entries()) {
    expect(Math.abs(positive - (before[at]?.positive ?? Number.NaN))).toBeLessThan(1e-9)
    expect(Math.abs(negative - (before[at]?.negative ?? Number.NaN))).toBeLessThan(1e-9)
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? 0
}

async function aFolder() {
  const path = await mkdtemp(join(tmpdir(), 'aeries-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
