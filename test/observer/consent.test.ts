import { describe, expect, it } from 'vitest'
import { type LearningMode, placeModePreference } from '#src/core/consent.ts'
import { turnId } from '#src/core/ids.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { createConsent } from '#src/observer/consent.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aPerson, channel, dm } from '#test/support/an-event.ts'

const mira = aPerson('Mira').id
const [turn, next] = [turnId('1'), turnId('2')]
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
    expect(await consent.introduction(mira, channel, turn)).toEqual({
      note: expect.stringMatching(/is an AI and learns how people like to be talked to.*"aeries learning off"/),
      buttons: [],
    })
    await consent.introduced(mira, channel, turn)
    const later = aConsent('on', undefined, store).consent
    expect(await later.introduction(mira, dm, next)).toBeUndefined()
    expect(await later.introduction(jonas, dm, turn)).toBeDefined()
  })

  it('introduces it under another answer of the same turn as well, with what still applies', async () => {
    const { consent } = aConsent('ask')
    await consent.introduced(mira, dm, turn)
    expect(await consent.introduction(mira, dm, turn)).toEqual({
      note: expect.stringContaining('May it learn'),
      buttons: [expect.anything(), expect.anything()],
    })
    expect(await consent.introduction(mira, dm, next)).toBeUndefined()
    await consent.choose(mira, dm, 'on', 'everywhere')
    expect(await consent.introduction(mira, dm, turn)).toEqual({
      note: expect.stringContaining('learns how people like'),
      buttons: [],
    })
    await consent.choose(mira, dm, 'off', 'everywhere')
    expect(await consent.introduction(mira, dm, turn)).toEqual({ note: 'Aeries is an AI.', buttons: [] })
  })

  it('asks in a DM only, and heeds the button', async () => {
    const { consent } = aConsent('ask')
    expect(await consent.introduction(mira, channel, turn)).toEqual({ note: 'Aeries is an AI.', buttons: [] })
    await consent.introduced(mira, channel, turn)
    expect(await consent.introduction(mira, channel, next)).toBeUndefined()
    const asked = await consent.introduction(mira, dm, turn)
    expect(asked?.note).toMatch(/May it learn/)
    await consent.introduced(mira, dm, turn)
    expect(await consent.introduction(mira, dm, next)).toBeUndefined()
    const choices = asked?.buttons.map(({ action }) => consent.choiceOf(action))
    expect(choices).toEqual(['on', 'off'])
    expect(consent.choiceOf('answer:1')).toBeUndefined()
    await consent.choose(mira, dm, 'on', 'everywhere')
    expect(await consent.allows(mira, dm)).toBe(true)
  })

  it('says once that it is an AI where nobody is learnt from, and that it learns once somebody is', async () => {
    const { store, consent } = aConsent('off')
    expect(await consent.introduction(mira, dm, turn)).toEqual({ note: 'Aeries is an AI.', buttons: [] })
    await consent.introduced(mira, dm, turn)
    expect(await consent.introduction(mira, dm, next)).toBeUndefined()
    const learning = aConsent('on', undefined, store).consent
    expect((await learning.introduction(mira, dm, turn))?.note).toMatch(/learns/)
    await learning.introduced(mira, dm, turn)
    await consent.introduced(mira, dm, turn)
    expect(await learning.introduction(mira, dm, next)).toBeUndefined()
  })
})
