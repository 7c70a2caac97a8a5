import { describe, expect, it } from 'vitest'
import { everyone, everywhere, type Rule, type Subject, strangers } from '#src/core/access.ts'
import { judge } from '#src/engine/access/judge.ts'
import { aPerson, channel, dm } from '#test/support/an-event.ts'

const mira = { ...aPerson('Mira'), roles: ['crew', 'night'] }
const otto = { ...aPerson('Otto'), external: true }
const here = 'channel:test:harbour:general' as Subject
const harbour = 'workspace:test:harbour' as Subject
const herself = 'person:test:-:Mira' as Subject
const himself = 'person:test:-:Otto' as Subject
const crew = 'role:test:harbour:crew' as Subject
const night = 'role:test:harbour:night' as Subject

const allow = (...subjects: readonly Subject[]): Rule[] => subjects.map(subject => ({ subject, says: 'allow' }))
const deny = (...subjects: readonly Subject[]): Rule[] => subjects.map(subject => ({ subject, says: 'deny' }))

describe('judge', () => {
  it.each([
    ['anybody where there is no rule', mira, [], 'allowed'],
    ['a person who is denied', mira, deny(herself), 'denied'],
    ['a person whose role is denied', mira, deny(night), 'denied'],
    ['a person with one role that is allowed and one that is denied', mira, [...allow(crew), ...deny(night)], 'denied'],
    ['a person who is allowed although their role is denied', mira, [...allow(herself), ...deny(night)], 'allowed'],
    ['somebody else than who is denied', mira, deny(himself), 'allowed'],
    ['a channel that is denied', mira, deny(here), 'denied'],
    ['a workspace that is denied', mira, deny(harbour), 'denied'],
    ['the one channel that is allowed of it', mira, [...deny(harbour), ...allow(here)], 'allowed'],
    ['a place that is not on the list', mira, deny(everywhere), 'place not listed'],
    ['a place that is', mira, [...deny(everywhere), ...allow(harbour)], 'allowed'],
    ['a person who is not on the list', mira, deny(everyone), 'person not listed'],
    ['a person who is, by a role', mira, [...deny(everyone), ...allow(crew)], 'allowed'],
    ['a person on the list in a channel that is denied', mira, [...allow(herself), ...deny(here)], 'denied'],
    ['a stranger', otto, [], 'stranger'],
    ['a stranger where strangers are allowed', otto, allow(strangers), 'allowed'],
    ['a stranger who is allowed alone', otto, allow(himself), 'allowed'],
    ['a stranger who is allowed where strangers are denied', otto, [...allow(himself), ...deny(strangers)], 'allowed'],
    ['a stranger who is denied where strangers are allowed', otto, [...deny(himself), ...allow(strangers)], 'denied'],
    ['a stranger where nobody but strangers is allowed', otto, [...deny(everyone), ...allow(strangers)], 'allowed'],
  ])('of %s', (_, person, rules, judgement) => {
    expect(judge(person, channel, rules, [])).toBe(judgement)
    expect(judge(person, channel, [], rules)).toBe(judgement)
  })

  it('asks whoever runs Aeries and the admins of the place: one no is enough', () => {
    expect(judge(mira, channel, allow(here), deny(here))).toBe('denied')
    expect(judge(mira, channel, [...deny(everywhere), ...allow(harbour)], deny(everyone))).toBe('person not listed')
    expect(judge(otto, channel, [], allow(strangers))).toBe('allowed')
  })

  it('counts DMs that belong to no workspace as a place of their own', () => {
    const law = [...deny(everywhere), ...allow(harbour)]
    expect(judge(mira, dm, law)).toBe('place not listed')
    expect(judge(mira, dm, [...law, ...allow('workspace:test:-' as Subject)])).toBe('allowed')
  })
})
