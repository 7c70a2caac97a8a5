import { describe, expect, it } from 'vitest'
import { personId } from '#src/core/ids.ts'
import { ignoredPreference } from '#src/core/ignored.ts'
import type { Place } from '#src/core/place.ts'
import { scopeOf } from '#src/core/preferences.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { createConsent } from '#src/observer/consent.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { aLesson, aSight, aSignal, aStatement, type LessonSketch, when } from '#test/support/a-lesson.ts'
import { anAsked, aReply, begun } from '#test/support/an-asked.ts'
import { KeptLog } from '#test/support/kept-log.ts'

const mira = personId('discord', undefined, 'm1')
const work = personId('slack', 'T1', 'U1')
const third = personId('slack', 'T2', 'U1')
const dm: Place = { platform: 'discord', workspace: undefined, channel: 'D1', thread: undefined, audience: 'dm' }
const guild: Place = { ...dm, workspace: 'G1', channel: 'C1', audience: 'public' }
const workDm: Place = { ...dm, platform: 'slack', workspace: 'T1', channel: 'D2' }
const workHall: Place = { ...workDm, channel: 'hall', audience: 'public' }
const workDen: Place = { ...workDm, channel: 'den', audience: 'private' }

const short = { slot: 'reply_length', value: 'short', kind: 'instruction' } as const

async function aPair() {
  const store = openStore({ path: ':memory:' })
  for (const id of [mira, work, third]) {
    await store.turns.receive(anAsked({ person: { id, name: id, external: false } }))
  }
  const writer = createBriefWriter({
    learning: store.learning,
    count: estimateTokens,
    log: new KeptLog(),
    ticks: () => 0,
  })
  const teach = async (person: typeof mira, place: Place, sketch: LessonSketch) =>
    void (await store.learning.learn({ ...aLesson({ place, ...sketch }), person }, []))
  const brief = async (person: typeof mira, place: Place, words = 'hello', isFresh = false) => {
    const { standing, tail } = await writer.brief({ person, place, words, at: when(60_000), isFresh })
    return `${standing}\n${tail}`
  }
  return { store, teach, brief, [Symbol.dispose]: () => store[Symbol.dispose]() }
}

async function join({ links }: SqliteStore, one: typeof mira, two: typeof mira): Promise<void> {
  const { code } = await links.issue({ person: one, name: 'one' }, when(0))
  await links.redeem(code, { person: two, name: 'two' }, when(0))
  await links.confirm(one, when(0))
  await links.confirm(two, when(0))
}

describe('over a link', () => {
  it('style counts for both accounts at once, facts do not, and without it each is what it was, byte for byte', async () => {
    using pair = await aPair()
    const { store, teach, brief } = pair
    await teach(mira, dm, {
      statements: [aStatement(short), aStatement({ slot: 'call_me', value: 'Mo' }), aStatement()],
    })
    await teach(work, workHall, { statements: [aStatement({ slot: 'tone', value: 'formal', kind: 'instruction' })] })
    await teach(work, workHall, { signals: [1, 2, 3].map(at => aSignal({ key: 'emoji_use', value: 'none', at })) })
    const places = [dm, guild, workDm, workHall, workDen]
    const all = async () =>
      await Promise.all(places.map(place => brief(place.platform === 'slack' ? work : mira, place)))
    const before = await all()
    const masses = await store.learning.readAggregate(aSight(workHall, work), when(60_000))
    await join(store, mira, work)
    const [inDm, inGuild, ...atWork] = await all()
    // What a link adds is the other account's: of one account each workspace keeps its own.
    for (const told of [inDm, ...atWork]) expect(told).toMatch(/short/i)
    for (const told of [inDm, inGuild, ...atWork]) {
      expect(told).toMatch(/formal/i)
      expect(told).toMatch(/emoji/i)
    }
    for (const told of atWork) expect(told).not.toMatch(/Mo\b|tea/)
    expect(await store.links.unlink(work, mira, when(1))).toBe(true)
    expect(await all()).toEqual(before)
    expect(await store.learning.readAggregate(aSight(workHall, work), when(60_000))).toEqual(masses)
    for (const person of [mira, work]) await store.learning.rebuild(person)
    expect(await all()).toEqual(before)
  })

  it('what comes while it lasts belongs to the account that it came from', async () => {
    using pair = await aPair()
    const { store, teach, brief } = pair
    await join(store, mira, work)
    await teach(mira, dm, { statements: [aStatement(short)] })
    expect(await brief(work, workHall)).toMatch(/short/i)
    await store.links.unlink(mira, work, when(1))
    expect(await brief(work, workHall)).not.toMatch(/short/i)
    expect(await brief(mira, dm)).toMatch(/short/i)
  })

  it('dials are summed: two weak signs of one person are one that shows, and two that differ are none', async () => {
    using pair = await aPair()
    const { store, teach, brief } = pair
    await teach(mira, dm, { signals: [aSignal()] })
    await teach(work, workDm, { signals: [aSignal()] })
    expect([await brief(mira, dm), await brief(work, workDm)]).toEqual(['\n', '\n'])
    await join(store, mira, work)
    expect(await brief(mira, dm)).toMatch(/short/i)
    const [sum] = await store.learning.readAggregate(aSight(dm, mira), when(0), 'reply_length')
    expect(sum).toMatchObject({ count: 2, positive: 2, isOn: true })
    await teach(work, workDm, { signals: [1, 2, 3].map(at => aSignal({ at, weight: -1 })) })
    expect(await brief(mira, dm, 'hello', true)).toBe('\n')
  })

  it('of two words on the same the newer one holds', async () => {
    using pair = await aPair()
    const { store, teach, brief } = pair
    const bullets = { slot: 'reply_format', value: 'bullets', kind: 'instruction' } as const
    await teach(mira, dm, { statements: [aStatement(bullets), aStatement(short)] })
    await teach(work, workDm, { statements: [aStatement({ ...bullets, polarity: -1, at: 1_000 })] })
    await teach(work, workDm, { statements: [aStatement({ ...short, value: 'long', at: 1_000 })] })
    const atWork = await brief(work, workDm)
    await join(store, mira, work)
    expect(await brief(mira, dm)).toBe(atWork)
    expect(await brief(work, workDm)).toBe(atWork)
  })

  it('facts go from DM to DM alone, once both accounts said so, and are found by words', async () => {
    using pair = await aPair()
    const { store, teach, brief } = pair
    await teach(mira, dm, {
      statements: [aStatement({ value: 'sailing' }), aStatement({ slot: 'call_me', value: 'Mo' })],
    })
    await teach(mira, guild, { statements: [aStatement({ value: 'chess' })] })
    await join(store, mira, work)
    await store.links.shareFacts(mira, true)
    expect(await brief(work, workDm, 'sailing')).not.toMatch(/sailing|Mo\b/)
    await store.links.shareFacts(work, true)
    const told = await brief(work, workDm, 'sailing')
    expect(told).toMatch(/sailing/)
    expect(told).toMatch(/Mo\b/)
    expect(told).not.toMatch(/chess/)
    const sight = aSight(workDm, work)
    expect((await store.learning.recall(sight, ['sail'], when(0), 5)).map(({ trait }) => trait.value)).toEqual([
      'sailing',
    ])
    for (const place of [workHall, workDen]) expect(await brief(work, place, 'sailing chess')).toBe('\n')
    expect((await store.learning.known(work, workspaceOf(workDm), when(0))).traits).toEqual([])
    await store.links.shareFacts(work, false)
    expect(await brief(work, workDm, 'sailing')).toBe('\n')
  })

  it('goes no further along: who is linked with one is not linked with the other', async () => {
    using pair = await aPair()
    const { store, teach, brief } = pair
    await teach(mira, dm, { statements: [aStatement(short)] })
    await join(store, mira, work)
    await join(store, work, third)
    expect(await brief(work, workDm)).toMatch(/short/i)
    expect(await brief(third, { ...workDm, workspace: 'T2' })).toBe('\n')
  })

  it('rests while the other account wants to be left alone or not to be learnt from', async () => {
    using pair = await aPair()
    const { store, teach, brief } = pair
    await teach(mira, dm, { statements: [aStatement(short)] })
    await join(store, mira, work)
    const lent = await brief(work, workHall)
    const consent = createConsent({ preferences: store.preferences, mode: 'on' })
    await consent.choose(mira, dm, 'off', 'everywhere')
    expect(await brief(work, workHall)).toBe('\n')
    await consent.choose(mira, dm, 'default', 'everywhere')
    expect(await brief(work, workHall)).toBe(lent)
    await store.preferences.choose(ignoredPreference, scopeOf(mira), 'on')
    expect(await brief(work, workHall)).toBe('\n')
    await store.preferences.choose(ignoredPreference, scopeOf(mira), undefined)
    await store.forget.person(mira)
    expect(await brief(work, workHall)).toBe('\n')
  })

  it('leaves no line of the other account in the reasons of an answer once that is forgotten', async () => {
    using pair = await aPair()
    const { store, teach } = pair
    await teach(mira, dm, { statements: [aStatement({ value: 'sailing' })] })
    await join(store, mira, work)
    const asked = anAsked({ place: workDm, person: { id: work, name: 'w', external: false } })
    const turn = await begun(store, asked)
    const [trait] = (await store.learning.known(mira, workspaceOf(dm), when(0))).traits
    if (trait === undefined) throw new Error('nothing is known')
    const reason = {
      lines: [{ text: 'They like sailing.', trait: trait.id }],
      window: undefined,
      persona: 'A',
      model: 'm',
    }
    await store.turns.finish(turn, { ...aReply('Ahoy'), reason }, when(0))
    const lines = async () => (await store.ownData.reason(work, turn.conversation))?.lines
    expect(await lines()).toHaveLength(1)
    await store.learning.forgetTrait(mira, trait.id, when(1))
    expect(await lines()).toEqual([])
  })
})
