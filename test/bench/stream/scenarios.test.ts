import { describe, expect, it } from 'vitest'
import { endMs } from '#bench/stream/scenario.ts'
import { programme } from '#bench/stream/scenarios.ts'
import { createTrace, durationMs } from '#bench/stream/trace.ts'

const measure = { seconds: 12, spanSeconds: 62, repeats: 4, crowds: 4, phases: 20, channels: 100, inSlack: [1, 10, 50] }
const acts = programme(measure)
const scenarios = acts.flatMap(act => act.scenarios)
const scenario = (name: string) => scenarios.find(one => one.name === name)!

describe('programme', () => {
  it('is the same in every run', () => {
    expect(programme(measure)).toEqual(acts)
  })

  it('lets six answers end half a second apart, or in the same moment', () => {
    for (const { answers } of scenario('6 in a channel').channels) {
      const ends = answers.map(endMs)
      expect(ends.slice(1).map((end, index) => Math.round(end - ends[index]!))).toEqual([500, 500, 500, 500, 500])
    }
    for (const { answers } of scenario('6 ending at once').channels) {
      const ends = answers.map(endMs)
      expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(1)
    }
  })

  it('gives every answer words of its own', () => {
    const tags = scenarios.flatMap(({ channels }) => channels.flatMap(({ answers }) => answers))
    expect(new Set(tags.map(({ tag }) => tag)).size).toBe(tags.length)
    expect(tags.every(({ tag, trace }) => trace.tokens[0] === tag)).toBe(true)
  })
})

describe('an act', () => {
  it('leaves the limit over all routes alone, unless that is what it is about', () => {
    const onDiscord = acts.filter(({ scenarios: [first] }) => first?.platform === 'discord')
    for (const act of onDiscord.filter(({ sideBySide }) => sideBySide)) {
      // Every channel has a write a second for growing text, and half of one for what begins.
      const busy = act.scenarios.flatMap(({ channels }) =>
        channels.map(({ answers }) => ({
          from: Math.min(...answers.map(({ firstTokenMs }) => firstTokenMs)),
          to: Math.max(...answers.map(endMs)),
        })),
      )
      const most = Math.max(...busy.map(({ from }) => busy.filter(one => one.from <= from && one.to > from).length))
      expect(most * 1.5).toBeLessThan(40)
    }
  })
})

describe('in Slack', () => {
  it('has so many answers at once as are wanted, in a channel and in the agent view, each in an act of its own', () => {
    for (const count of [10, 50]) {
      for (const name of [`${count} in Slack`, `${count} in agent view`]) {
        const answers = scenario(name).channels.flatMap(channel => channel.answers)
        const lastStart = Math.max(...answers.map(({ firstTokenMs }) => firstTokenMs))
        expect(answers).toHaveLength(count)
        expect(Math.min(...answers.map(endMs))).toBeGreaterThan(lastStart)
        expect(acts.find(act => act.scenarios.includes(scenario(name)))?.scenarios).toHaveLength(1)
      }
    }
  })

  it('lets a single answer stream for about a minute in all, one after the other', () => {
    const answers = scenario('1 in Slack').channels.flatMap(channel => channel.answers)
    expect(answers.length).toBeGreaterThan(1)
    expect(answers.slice(1).every((next, index) => next.firstTokenMs > endMs(answers[index]!))).toBe(true)
    expect(endMs(answers.at(-1)!) - answers[0]!.firstTokenMs).toBeGreaterThan(50_000)
  })
})

describe('createTrace', () => {
  it('brings bursts at once', () => {
    const { gapsMs } = createTrace({ type: 'bursts', of: 8, perSecond: 80, seconds: 1 }, 'tag', 1)
    expect(gapsMs.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 0, 0, 100, 0])
  })

  it('stands still in a stall', () => {
    const trace = createTrace({ type: 'stalls', perSecond: 50, stallMs: 2_500, seconds: 12 }, 'tag', 1)
    expect(trace.gapsMs.filter(gap => gap === 2_500).length).toBeGreaterThan(1)
    expect(durationMs(trace)).toBeGreaterThan(11_000)
  })
})
