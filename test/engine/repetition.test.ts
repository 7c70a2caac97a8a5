import { describe, expect, it } from 'vitest'
import { repetition } from '#src/engine/repetition.ts'
import { nastyAnswer } from '#test/support/nasty-answer.ts'

describe('repetition', () => {
  it('finds a loop and the end of its first copy', () => {
    const loop = 'and the sea is a sailor, '
    for (const text of [`Once: ${loop.repeat(80)}`, `Once: ${loop.repeat(80)}and the`]) {
      const firstCopy = text.slice(0, repetition(text))
      expect(firstCopy.trim()).toBe(`Once: ${loop}`.trim())
    }
    expect(repetition(`${'A whole paragraph that comes again.\n'.repeat(3)}\n`.repeat(16))).toBeDefined()
  })

  it('leaves alone what repeats with reason', () => {
    const table = `| a | b |\n|---|---|\n${Array.from({ length: 40 }, (_, i) => `| ${i} | ${i * 7} |\n`).join('')}`
    const code = Array.from({ length: 40 }, (_, i) => `  const line${i} = compute(${i})\n`).join('')
    const zeros = JSON.stringify(
      Array.from({ length: 24 }, () => Array(16).fill(0)),
      undefined,
      1,
    )
    const penalty = Array.from({ length: 40 }, () => 'I will not talk in class.').join('\n')
    const rows = 'name,age,city\n'.repeat(60)
    for (const text of [zeros, penalty, rows]) expect(repetition(text)).toBeUndefined()
    for (const text of [
      table,
      code,
      '-'.repeat(1_200),
      '\n'.repeat(1_000),
      'ha '.repeat(60),
      'no, no, no. '.repeat(20),
    ]) {
      expect(repetition(text)).toBeUndefined()
    }
  })

  it('finds nothing in answers that only look odd', () => {
    const answers = Array.from({ length: 300 }, (_, seed) => nastyAnswer(seed, { maxLength: 4_000 }))
    // A flood of the same few characters repeats itself by its nature.
    const odd = answers.filter(text => !/(\S{1,12})\1{40}/u.test(text) && repetition(text) !== undefined)
    expect(odd.map(text => text.slice(-80))).toEqual([])
  })
})
