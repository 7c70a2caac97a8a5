import { describe, expect, it } from 'vitest'
import { ignoredPreference } from '#src/core/ignored.ts'
import type { ChatRequest } from '#src/core/model.ts'
import { scopeOf } from '#src/core/preferences.ts'
import { questionOf } from '#test/engine/a-house.ts'
import { minute } from '#test/engine/a-world.ts'
import { aDesk } from './a-desk.ts'

const echoing = ({ messages }: ChatRequest) => [100, `On ${questionOf(messages)}.`]

describe('a question that is edited', () => {
  it('is answered anew in place when it is the newest one, and was asked not long ago', async () => {
    const { edit, say, surface, clock, history } = await aDesk(echoing)
    const asked = await say('boots')
    await clock.advance(minute)
    await edit(asked, 'forged', 'Jonas')
    await edit(asked, 'boats')
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['On boats.'])
    expect(await history()).toEqual(['Q: boats', 'A: On boats.'])
  })

  it('is of no account once somebody wants to be left alone', async () => {
    const { edit, say, store, surface, clock, history } = await aDesk(echoing)
    const asked = await say('boots')
    await clock.advance(minute)
    await store.preferences.choose(ignoredPreference, scopeOf(asked.person.id), 'on')
    await edit(asked, 'boats')
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['On boots.'])
    expect(await history()).toEqual(['Q: boots', 'A: On boots.'])
  })

  it('is answered as it is now while its answer is written', async () => {
    const { house, edit, say, surface, clock, history } = await aDesk(({ messages }) => [
      `On ${questionOf(messages)}. `,
      5_000,
      'So it is.',
    ])
    const asked = await say('boots')
    await clock.advance(2_000)
    expect(surface.shown).toEqual(['On boots.'])
    await edit(asked, 'boats')
    await clock.advance(20_000)
    expect(surface.shown).toEqual(['On boats. So it is.'])
    expect(house.model.aborted).toBe(1)
    expect(await history()).toEqual(['Q: boats', 'A: On boats. So it is.'])
  })

  it('is answered as it is now although a 🔁 that was given before is taken back', async () => {
    const desk = await aDesk(({ messages }, count) => [`On ${questionOf(messages)}, ${count}. `, 5_000, 'Yes.'])
    const { edit, react, say, surface, clock } = desk
    const asked = await say('boots')
    await clock.advance(10_000)
    await react('🔁')
    await clock.advance(2_000)
    await edit(asked, 'boats')
    await clock.advance(2_000)
    await react('🔁', 'removed')
    await clock.advance(20_000)
    expect(surface.shown).toEqual(['On boats, 2. Yes.'])
  })

  it('is asked as it is now when it still waits', async () => {
    const { edit, say, surface, clock } = await aDesk(({ messages }) => [`On ${questionOf(messages)}. `, 5_000, 'Yes.'])
    await say('one')
    await clock.advance(2_000)
    const waiting = await say('two')
    await edit(waiting, 'three')
    await clock.advance(20_000)
    expect(surface.shown).toEqual(['On one. Yes.', 'On three. Yes.'])
  })

  it.for([
    ['an older one', 0, true],
    ['one of long ago', 16, false],
  ] as const)('is corrected where it stands when it is %s: its answer stays', async ([, minutes, isFollowed]) => {
    const { edit, say, surface, clock, history } = await aDesk(echoing)
    const asked = await say('boots')
    await clock.advance(5_000)
    if (isFollowed) await say('trains')
    await clock.advance(minutes * minute + 5_000)
    await edit(asked, 'boats')
    await clock.advance(5_000)
    expect(surface.shown[0]).toBe('On boots.')
    expect((await history()).slice(0, 2)).toEqual(['Q: boats', 'A: On boots.'])
  })

  it('that a crash interrupts is answered after the next start, once', async () => {
    const desk = await aDesk(({ messages }, count) => (count === 1 ? [1e9] : [`On ${questionOf(messages)}.`]))
    const { edit, say, surface, clock, history } = desk
    const asked = await say('boots')
    await clock.advance(1_000)
    await edit(asked, 'boats')
    await clock.advance(1_000)
    await desk.restart()
    await clock.advance(10_000)
    expect(surface.shown).toEqual(['On boats.'])
    expect(await history()).toEqual(['Q: boats', 'A: On boats.'])
  })
})

describe('what is taken away', () => {
  it('is a question with its answer', async () => {
    const { remove, say, surface, clock, history, store } = await aDesk(echoing)
    const asked = await say('a secret')
    await clock.advance(1_000)
    await remove(asked.message.id)
    await clock.advance(1_000)
    expect(surface.shown).toEqual([])
    expect(await history()).toEqual([])
    expect(await store.revisions.removals('test')).toEqual([])
  })

  it('is a question whose answer is being written, with what stands of that', async () => {
    const { house, remove, say, surface, clock, store } = await aDesk(() => ['Half. ', 5_000, 'Whole.'])
    const asked = await say('a secret')
    await clock.advance(1_000)
    await remove(asked.message.id)
    await clock.advance(10_000)
    expect(surface.shown).toEqual([])
    expect(house.model.aborted).toBe(1)
    expect(await store.turns.open()).toEqual([])
  })

  it('is one of two questions: the other one is answered', async () => {
    const { remove, say, surface, clock, history } = await aDesk(({ messages }) => [
      `On ${questionOf(messages)}. `,
      5_000,
      'Yes.',
    ])
    const first = await say('boots')
    await say('boats')
    await clock.advance(2_000)
    await remove(first.message.id)
    await clock.advance(20_000)
    expect(surface.shown).toEqual(['On boats. Yes.'])
    expect(await history()).toEqual(['Q: boats', 'A: On boats. Yes.'])
  })

  it.for([
    ['the other one is answered anew', 0, undefined, ['On boats.'], ['Q: boats', 'A: On boats.']],
    ['the other one, of long ago, is left without an answer', 16, undefined, [], []],
    ['of who wants to be left alone nothing is answered', 0, 'on', [], []],
  ] as const)('is one of two questions that were answered together: %s', async ([, minutes, ignored, shown, said]) => {
    const { remove, say, store, surface, clock, history } = await aDesk(echoing)
    const first = await say('boots')
    await say('boats')
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['On boots\nboats.'])
    await clock.advance(minutes * minute)
    await store.preferences.choose(ignoredPreference, scopeOf(first.person.id), ignored)
    await remove(first.message.id)
    await clock.advance(20_000)
    expect(surface.shown).toEqual(shown)
    expect(await history()).toEqual(said)
  })

  it('is what still waits', async () => {
    const { house, remove, say, surface, clock } = await aDesk(({ messages }) => [
      `On ${questionOf(messages)}. `,
      5_000,
      'Yes.',
    ])
    await say('one')
    await clock.advance(2_000)
    const waiting = await say('two')
    await remove(waiting.message.id)
    await clock.advance(20_000)
    expect(surface.shown).toEqual(['On one. Yes.'])
    expect(house.model.requests).toHaveLength(1)
  })

  it('is an answer that somebody deletes on the platform, also while it is written', async () => {
    const { house, remove, say, surface, clock, shownAs, history } = await aDesk(() => ['Half. ', 5_000, 'Whole.'])
    await say('tell me')
    await clock.advance(2_000)
    const shown = shownAs()
    surface.messages.delete(shown)
    await remove(shown)
    await clock.advance(20_000)
    expect(surface.shown).toEqual([])
    expect(house.model.aborted).toBe(1)
    expect(await history()).toEqual([])
  })

  it('is an answer that was deleted while nobody listened: it does not come back', async () => {
    const desk = await aDesk((_, count) => (count === 0 ? ['Half. ', 1e9] : ['whole.']))
    const { say, surface, clock, shownAs, history, store } = desk
    await say('tell me')
    await clock.advance(2_000)
    surface.takeAway(shownAs())
    await desk.restart()
    await clock.advance(20_000)
    expect(surface.shown).toEqual([])
    expect(await store.turns.open()).toEqual([])
    expect(await history()).toEqual([])
  })

  it('is many messages at once', async () => {
    const { remove, say, surface, clock, history } = await aDesk(echoing)
    const said = []
    for (const text of ['one', 'two', 'three']) {
      said.push(await say(text))
      await clock.advance(5_000)
    }
    await remove(...said.slice(0, 2).map(({ message }) => message.id), said[2]?.message.id ?? ('' as never))
    await clock.advance(5_000)
    expect(surface.shown).toEqual([])
    expect(await history()).toEqual([])
  })

  it('is nothing of ours when nobody knows it', async () => {
    const { remove, say, surface, clock, store } = await aDesk(echoing)
    await say('hello')
    await clock.advance(1_000)
    await remove('test:-:dm-mira/unknown' as never)
    expect(surface.shown).toEqual(['On hello.'])
    expect(await store.revisions.removals('test')).toEqual([])
  })
})
