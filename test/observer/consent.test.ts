import { describe, expect, it } from 'vitest'
import { type LearningMode, placeModePreference } from '#src/core/consent.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { createConsent } from '#src/observer/consent.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aPerson, channel, dm } from '#test/support/an-event.ts'

const mira = aPerson('Mira').id
const jonas = aPerson('Jonas').id

function aConsent(
  mode: LearningMode,
  places?: ReadonlyMap<string, LearningMode>,
  store = openStore({ path: ':memory:' }),
) {
  return { store, consent: createConsent({ preferences: store.preferences, mode, places }) }
}

describe('consent', () => {
  it('is there unless somebody says no, is asked for, or is nobody’s to give', async () => {
    expect(await aConsent('on').consent.allows(mira, dm)).toBe(true)
    expect(await aConsent('ask').consent.allows(mira, dm)).toBe(false)
    const { consent } = aConsent('off')
    expect(await consent.choose(mira, dm, 'on', 'everywhere')).toBe('I learn from nobody here.')
    expect(await consent.allows(mira, dm)).toBe(false)
  })

  it('is in a place as its admin wants it, and never more than is set', async () => {
    const { consent, store } = aConsent('on')
    const wants = (mode: LearningMode | undefined) =>
      store.preferences.choose(placeModePreference, scopeOfPlace(channel), mode)
    await wants('off')
    expect(await consent.allows(mira, { ...channel, thread: 'one' })).toBe(false)
    expect(await consent.allows(mira, dm)).toBe(true)
    await wants('ask')
    expect(await consent.allows(mira, channel)).toBe(false)
    await consent.choose(mira, channel, 'on', 'here')
    expect(await consent.allows(mira, channel)).toBe(true)
    const off = aConsent('off', undefined, store).consent
    await wants('on')
    expect(await off.allows(mira, channel)).toBe(false)
  })

  it('is a person’s own, and a no counts whichever scope it is for', async () => {
    const { consent } = aConsent('on')
    await consent.choose(mira, channel, 'off', 'here')
    expect(await consent.allows(mira, channel)).toBe(false)
    expect(await consent.allows(mira, { ...channel, thread: 'one' })).toBe(false)
    expect(await consent.allows(mira, dm)).toBe(true)
    expect(await consent.allows(jonas, channel)).toBe(true)
    expect(await consent.choose(mira, channel, 'on', 'everywhere')).toMatch(/^You said no for another scope/)
    expect(await consent.allows(mira, channel)).toBe(false)
    await consent.choose(mira, channel, 'default', 'here')
    expect(await consent.allows(mira, channel)).toBe(true)
    await consent.choose(mira, dm, 'off', 'everywhere')
    expect(await consent.allows(mira, channel)).toBe(false)
  })

  it('is set otherwise for a workspace or a channel, the narrower one first', async () => {
    const places = new Map<string, LearningMode>([
      ['test:harbour', 'off'],
      ['test:harbour:general', 'ask'],
    ])
    const { consent } = aConsent('on', places)
    expect(await consent.allows(mira, dm)).toBe(true)
    expect(await consent.allows(mira, { ...channel, channel: 'other' })).toBe(false)
    expect(await consent.allows(mira, channel)).toBe(false)
    await consent.choose(mira, channel, 'on', 'everywhere')
    expect(await consent.allows(mira, { ...channel, thread: 'one' })).toBe(true)
  })

  it('introduces Aeries to each person once, also after a restart', async () => {
    const { store, consent } = aConsent('on')
    expect(await consent.introduction(mira, channel)).toEqual({
      note: expect.stringMatching(/is an AI and learns how people like to be talked to.*"aeries learning off"/),
      buttons: [],
    })
    await consent.introduced(mira, channel)
    const later = aConsent('on', undefined, store).consent
    expect(await later.introduction(mira, dm)).toBeUndefined()
    expect(await later.introduction(jonas, dm)).toBeDefined()
  })

  it('asks in a DM only, and heeds the button', async () => {
    const { consent } = aConsent('ask')
    expect(await consent.introduction(mira, channel)).toEqual({ note: 'Aeries is an AI.', buttons: [] })
    await consent.introduced(mira, channel)
    expect(await consent.introduction(mira, channel)).toBeUndefined()
    const asked = await consent.introduction(mira, dm)
    expect(asked?.note).toMatch(/May it learn/)
    await consent.introduced(mira, dm)
    expect(await consent.introduction(mira, dm)).toBeUndefined()
    const choices = asked?.buttons.map(({ action }) => consent.choiceOf(action))
    expect(choices).toEqual(['on', 'off'])
    expect(consent.choiceOf('answer:1')).toBeUndefined()
    await consent.choose(mira, dm, 'on', 'everywhere')
    expect(await consent.allows(mira, dm)).toBe(true)
  })

  it('says once that it is an AI where nobody is learnt from, and that it learns once somebody is', async () => {
    const { store, consent } = aConsent('off')
    expect(await consent.introduction(mira, dm)).toEqual({ note: 'Aeries is an AI.', buttons: [] })
    await consent.introduced(mira, dm)
    expect(await consent.introduction(mira, dm)).toBeUndefined()
    const learning = aConsent('on', undefined, store).consent
    expect((await learning.introduction(mira, dm))?.note).toMatch(/learns/)
    await learning.introduced(mira, dm)
    await consent.introduced(mira, dm)
    expect(await learning.introduction(mira, dm)).toBeUndefined()
  })
})
