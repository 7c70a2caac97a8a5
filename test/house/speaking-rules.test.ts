import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { drawSpeakingRules } from '#test/speaking/speaking-rules.ts'

describe('README.md', () => {
  test('shows when Aeries speaks as it is played', () => {
    expect(readFileSync('README.md', 'utf8')).toContain(`${drawSpeakingRules()}\n`)
  })
})
