import { describe, expect, it } from 'vitest'
import { figuresOf } from '#bench/stream/figures.ts'
import type { Judged } from '#bench/stream/judge.ts'
import type { Result } from '#bench/stream/result.ts'
import type { Platform, Situation } from '#bench/stream/scenario.ts'

type Given = Readonly<{ contender?: string; platform?: Platform; situation?: Situation; name?: string; more?: object }>

function aResult({ contender = 'aeries', platform = 'discord', situation = 'one', name, more }: Given): Result {
  const judged = { untilRequestMs: 5, firstTextMs: 50, hadSlot: true, finalMs: 20 } as Judged
  const summary = {
    spoilt: 0,
    unanswered: 0,
    neverWhole: 0,
    meanAgeMs: 600,
    boundMs: 600,
    unfairness: 1,
    refused429: 0,
    identicalWrites: 0,
    scantBegins: 0,
    lostLetters: 0,
    doubledLetters: 0,
    beyondLimitMs: 0,
    ...more,
  }
  const scenario = { name: name ?? `${situation} ${platform}`, platform, situation, setting: 'channel', channels: [] }
  return { contender, scenario, summary, judged: [judged] } as unknown as Result
}

function broken(...results: readonly Result[]): readonly string[] {
  return figuresOf(results, 2).flatMap(({ holds, name }) => (holds ? [] : [name]))
}

describe('figuresOf', () => {
  it('says nothing of what was not played', () => {
    expect(figuresOf([], 2)).toEqual([])
    const names = figuresOf([aResult({ platform: 'slack' })], 2).map(({ name }) => name)
    expect(names).toContain('Slack: mean age / bound, 1 answer')
    expect(names).not.toContain('mean age / bound, 1 answer')
  })

  it('keeps the platforms apart', () => {
    const old = aResult({ platform: 'slack', more: { meanAgeMs: 900, refused429: 1 } })
    expect(broken(aResult({}), old)).toEqual(['Slack: mean age / bound, 1 answer', 'Slack: answers 429'])
  })

  it('compares with whoever keeps all text, and not with another pace of our own', () => {
    const young = { meanAgeMs: 100 }
    expect(broken(aResult({}), aResult({ contender: 'aeries-calm', more: young }))).toEqual([])
    expect(broken(aResult({}), aResult({ contender: 'loop-500', more: { ...young, neverWhole: 1 } }))).toEqual([])
    const rival = aResult({ contender: 'loop-500', more: young })
    expect(broken(aResult({}), rival)).toEqual(['mean age above the best other', 'mean age above the best in time'])
  })

  it('takes a lost letter at any pace, on any platform and in any weather for one', () => {
    const lossy = aResult({
      contender: 'aeries-off',
      platform: 'slack',
      situation: 'weather',
      more: { lostLetters: 1, spoilt: 1 },
    })
    expect(broken(aResult({}), lossy)).toEqual(['letters lost', 'spoilt answers'])
  })
})
