import { expect, it } from 'vitest'
import { showProgress } from '#bench/chaos/progress.ts'

function shown(isTTY: boolean): readonly string[] {
  const written: string[] = []
  const progress = showProgress({ isTTY, write: (text: string) => written.push(text) > 0 })
  for (let i = 0; i <= 100; i++) progress(i / 100, 'going on')
  progress(1, 'judging')
  return written
}

it('draws a bar in place in a terminal', () => {
  const [first = '', ...rest] = shown(true)
  expect(first).toBe(`\r\x1b[K${'░'.repeat(30)} 0 %  going on`)
  expect(rest.at(-1)).toBe(`\r\x1b[K${'█'.repeat(30)} 100 %  judging`)
  expect(rest.join('')).not.toContain('\n')
})

it('writes a line for each tenth into a pipe, and what comes after', () => {
  const lines = shown(false)
  expect(lines).toHaveLength(12)
  expect(lines.at(-1)).toBe('100 %  judging\n')
})
