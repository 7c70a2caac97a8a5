import { describe, expect, it } from 'vitest'
import { greatestChange, sorted } from '#bench/cohorts/leave-one-out.ts'
import { brisk, type Style, someTastes, terse, thorough } from '#bench/cohorts/plant-people.ts'
import { createRandom } from '#bench/history/random.ts'
import type { Taste } from '#src/core/cohorts.ts'

const short: Taste = { slot: 'reply_length', value: 'short' }
const casual: Taste = { slot: 'tone', value: 'casual' }
const long: Taste = { slot: 'reply_length', value: 'long' }
const formal: Taste = { slot: 'tone', value: 'formal' }

describe('people who like to be talked to alike', () => {
  it('are a cohort from twenty on, which lends what ten of them like', () => {
    expect(sorted(times(19, [short]))).toEqual([])
    expect(sorted(times(20, [short]))).toMatchObject([
      { name: 'everybody', members: 20, values: [{ ...short, contributors: 20, share: 20 / 24 }] },
    ])
    expect(sorted([...times(9, [short, casual]), ...times(11, [short])])[0]?.values).toMatchObject([short])
    expect(sorted([...times(10, [short, casual]), ...times(10, [short])])[0]?.values).toMatchObject([short, casual])
  })

  it('count nobody of whom nothing is known, and no value that is none', () => {
    expect(sorted([...times(19, [short]), ...times(50, [])])).toEqual([])
    const refusing = times(20, [{ slot: 'reply_format', value: 'other' }] as const)
    expect(sorted(refusing)).toEqual([])
  })

  it('are told apart when they are mixed, and are the same in whatever order they come', () => {
    const people = peopleOf([brisk, thorough, terse], 40, 1)
    const cohorts = sorted(people)
    expect(cohorts.map(({ name }) => name)).toEqual([
      'everybody',
      'long, thorough answers, headings, a formal tone, answers without emoji, sources',
      'short answers, bullet points, a casual tone, emoji',
      'short answers, code, a direct tone, answers without emoji, technical answers',
    ])
    for (const { members } of cohorts.slice(1)) expect(Math.abs(members - 40)).toBeLessThanOrEqual(3)
    const random = createRandom(2)
    expect(sorted(people.toSorted(() => random() - 0.5))).toEqual(cohorts)
  })

  it('are no cohort of their own where nineteen of them live among others', () => {
    const people = [...times(19, [long, formal]), ...times(60, [short, casual])]
    const lent = sorted(people).flatMap(({ name, values }) => (name === 'everybody' ? [] : values))
    expect(lent.filter(({ value }) => value === 'long' || value === 'formal')).toEqual([])
  })

  it.each([
    ['one style', [brisk], 20],
    ['one style that is hardly shared', [{ reply_length: ['short', 0.6, 'long'] } satisfies Style], 36],
    ['two styles', [brisk, thorough], 24],
    ['three styles', [brisk, thorough, terse], 22],
  ] as const)('lend values that none of them can change by more than 1 / members: %s', (_, styles, each) => {
    for (const seed of [1, 2]) {
      const { change, values } = greatestChange(peopleOf(styles, each, seed))
      expect(values).toBeGreaterThan(0)
      expect(change).toBeLessThanOrEqual(1 + 1e-9)
    }
  })
})

function times(count: number, tastes: readonly Taste[]): readonly (readonly Taste[])[] {
  return Array.from({ length: count }, () => tastes)
}

function peopleOf(styles: readonly Style[], each: number, seed: number): readonly (readonly Taste[])[] {
  const random = createRandom(seed)
  return styles.flatMap(style => Array.from({ length: each }, () => someTastes(style, random)))
}
