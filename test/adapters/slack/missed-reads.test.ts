import { describe, expect, it } from 'vitest'
import type { Place } from '#src/core/place.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { all, textsOf, throughTime } from './missed-house.ts'
import { anOpenHouse, never } from './slack-house.ts'
import { heard } from './writing.ts'

describe('what was missed on Slack, where reads are few,', () => {
  it('is read beyond one page, and of a very loud place to the newest five pages', async () => {
    await using house = await anOpenHouse()
    const { place } = await heard(house, 'dm', 'hello')
    await house.adapter.closeDoor()
    const since = new Date()
    const words = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `word ${from + at}`)
    for (const word of words(0, 450)) house.server.people.say('mira', 'dm', word)
    const missed = await all(house.adapter.missed({ since, places: [place] }, never))
    expect(textsOf(missed).filter(text => text !== 'hello')).toEqual(words(0, 450))
    for (const word of words(450, 1_200)) house.server.people.say('mira', 'dm', word)
    const newest = await all(house.adapter.missed({ since, places: [place] }, never))
    expect(textsOf(newest)).toEqual(words(200, 1_200))
    expect(house.log.lines.map(({ event }) => event)).toContain('more was missed in a place than is read')
  })

  it('waits for limits, tries again what a proxy answers, and gives up what stays broken', async () => {
    const clock = new ManualClock(new Date())
    await using house = await anOpenHouse({ parts: { clock, dmStyle: 'flat' } })
    const { faults } = house.server
    const { place } = await heard(house, 'dm', 'hello')
    const read = () => throughTime(clock, all(house.adapter.missed({ since: new Date(0), places: [place] }, never)))
    faults.add({ kind: 'rate-limit', retryAfterS: 30, method: 'conversations.history', times: 1 })
    faults.add({ kind: 'error', status: 503, method: 'conversations.history', times: 1 })
    expect(textsOf(await read())).toEqual(['hello'])
    const storm = faults.add({ kind: 'error', status: 502, method: 'conversations.*' })
    expect(await read()).toEqual([])
    faults.remove(storm)
    expect(textsOf(await read())).toEqual(['hello'])
  })

  it('leaves a third of the reads to answers, and reads for some minutes only', async () => {
    const clock = new ManualClock(new Date())
    await using house = await anOpenHouse({ parts: { clock, dmStyle: 'flat' } })
    house.server.rules.limitsOn = false
    const talks: Place[] = []
    for (let at = 0; at < 165; at += 1) {
      house.server.scene.createPerson({ name: `person${at}` })
      house.server.people.say(`person${at}`, 'dm', 'hello')
      talks.push((await house.inbox.next('message')).place)
    }
    house.server.clearLog()
    const missed = await throughTime(clock, all(house.adapter.missed({ since: new Date(), places: talks }, never)))
    expect(missed.length).toBeGreaterThanOrEqual(120)
    expect(missed.length).toBeLessThanOrEqual(150)
    expect(missed.map(({ place }) => place.channel)).toEqual(
      talks.slice(0, missed.length).map(({ channel }) => channel),
    )
    const [told] = house.log.lines.filter(({ event }) => event === 'places were left out of what was missed')
    expect(Number(told?.fields['left'])).toBeGreaterThanOrEqual(165 - missed.length)
  })
})
