import { describe, expect, it } from 'vitest'
import { openToAll, subjectOf } from '#src/core/access.ts'
import { ignoredPreference } from '#src/core/ignored.ts'
import { scopeOf } from '#src/core/preferences.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { minute } from '#test/engine/a-world.ts'
import { dm } from '#test/support/an-event.ts'
import { aDesk } from './a-desk.ts'
import { numbered } from './scripts.ts'

describe('a control', () => {
  it('gives whoever wants to be left alone no other answer, and still lets them delete the one that is there', async () => {
    const { house, say, tap, store, surface, clock } = await aDesk(numbered)
    const { person } = await say('tell me')
    await clock.advance(1_000)
    await store.preferences.choose(ignoredPreference, scopeOf(person.id), 'on')
    expect(await tap('control:regenerate')).toEqual([expect.stringContaining('`/aeries ignore off`')])
    expect(house.model.requests).toHaveLength(1)
    expect(await tap('control:delete')).toEqual([])
    expect(surface.shown).toEqual([])
  })

  it('does nothing for somebody who was denied by name since, and tells them nothing, whether they react or tap', async () => {
    const { house, say, react, tap, store, surface, clock } = await aDesk(numbered)
    const { person } = await say('tell me')
    await clock.advance(1_000)
    const film = surface.film.length
    await store.accessRules.rule(workspaceOf(dm), subjectOf('person', person.id), 'deny', person.id, clock.now())
    await react('🔁')
    await clock.advance(5_000)
    expect(await tap('control:regenerate')).toEqual([])
    expect(house.model.requests).toHaveLength(1)
    expect(surface.film).toHaveLength(film)
  })

  it('lets nobody else tap its button, which tells them nothing', async () => {
    const { house, say, tap, surface, clock } = await aDesk(numbered)
    await say('tell me')
    await clock.advance(1_000)
    for (const control of ['stop', 'regenerate', 'continue', 'delete']) {
      expect(await tap(`control:${control}`, { name: 'Jonas', standing: 'admin' })).toEqual([])
    }
    expect(house.model.requests).toHaveLength(1)
    expect(surface.shown).toHaveLength(1)
  })

  it('counts an answer that is asked for anew as a message, within the limits of whoever asks', async () => {
    const limits = { perMinute: 2, perDay: 0, characters: 0, tokensPerDay: 0 }
    const { house, react, say, clock } = await aDesk(numbered, { access: { ...openToAll, limits } })
    await say('tell me')
    await clock.advance(1_000)
    await react('🔁')
    await clock.advance(1_000)
    expect(house.turns).toHaveLength(2)
    await react('🔁', 'removed')
    await react('🔁')
    await clock.advance(1_000)
    expect(house.model.requests).toHaveLength(2)
    await clock.advance(minute)
    await react('🔁', 'removed')
    await react('🔁')
    await clock.advance(1_000)
    expect(house.model.requests).toHaveLength(3)
  })
})
