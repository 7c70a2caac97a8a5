import { describe, expect, it } from 'vitest'
import { planChaos } from '#bench/chaos/plan.ts'
import { modelWeather, platformWeather } from '#bench/chaos/weather.ts'

describe('planChaos', () => {
  const plan = planChaos(1, 600_000)

  it('plans the same for the same seed, and something else for another', () => {
    expect(planChaos(7, 60_000)).toEqual(planChaos(7, 60_000))
    expect(planChaos(8, 60_000)).not.toEqual(planChaos(7, 60_000))
  })

  it('plans as much for ten minutes as they are held against', () => {
    expect(plan.messages.length).toBeGreaterThanOrEqual(5_000)
    expect(plan.messages.filter(({ addressed }) => addressed).length).toBeGreaterThanOrEqual(2_000)
    expect(plan.places.length).toBeGreaterThanOrEqual(60)
    expect(plan.lives.filter(({ signal }) => signal === 'SIGKILL').length).toBeGreaterThanOrEqual(100)
  })

  it('plans weather of every kind and everything that may become of a message', () => {
    const kinds = new Set(plan.weather.map(({ kind }) => kind))
    expect([...modelWeather, ...platformWeather].filter(kind => !kinds.has(kind))).toEqual([])
    const touches = new Set(plan.touches.map(({ type }) => type))
    const changes = ['delete', 'delete answer', 'deliver again', 'edit', 'unfurl']
    const wishes = ['again', 'begin anew', 'go on', 'halt', 'react', 'say stop', 'stop', 'wipe']
    expect([...touches].toSorted()).toEqual([...changes, ...wishes].toSorted())
  })

  it('names every message once, and lets nobody go on under a message that is still to come', () => {
    const at = new Map(plan.messages.map(message => [message.name, message.at]))
    expect(at.size).toBe(plan.messages.length)
    const early = plan.messages.filter(({ root, at: said }) => root !== undefined && said < (at.get(root) ?? Infinity))
    expect(early).toEqual([])
  })

  it('says nothing in a place that is gone', () => {
    const gone = new Map(plan.removals.map(({ place, at }) => [place, at]))
    const late = plan.messages.filter(({ place, at }) => at > (gone.get(place) ?? Infinity) + 15_000)
    expect(late).toEqual([])
  })

  it('lets the house get to know every place before anything goes wrong', () => {
    const first = Math.min(...plan.weather.map(({ at }) => at))
    const known = plan.messages.filter(({ at, addressed }) => addressed && at < first).map(({ place }) => place)
    expect(plan.places.filter(({ name }) => !known.includes(name))).toEqual([])
  })
})
