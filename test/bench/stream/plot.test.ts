import { expect, it } from 'vitest'
import type { Judged } from '#bench/stream/judge.ts'
import { plotOf } from '#bench/stream/plot.ts'
import type { Result } from '#bench/stream/result.ts'
import { programme } from '#bench/stream/scenarios.ts'

const [act] = programme({ seconds: 2, spanSeconds: 3, repeats: 1, crowds: 1, phases: 1, channels: 1, inSlack: [1] })
const [steady] = act!.scenarios

it('draws what was generated and what each contender showed of it', () => {
  const generated = [
    { at: 5_000, letters: 10 },
    { at: 7_000, letters: 20 },
  ]
  const judged = { channel: '1', generated, film: [{ at: 6_000, letters: 10 }], endedAt: 7_000 } as unknown as Judged
  const result = (contender: string) =>
    ({ scenario: steady, contender, summary: {}, judged: [judged] }) as unknown as Result
  const svg = plotOf([result('aeries'), result('loop-500')])
  expect(svg.match(/<svg /g)).toHaveLength(1)
  expect(svg.match(/fill="none"/g)).toHaveLength(3)
  for (const name of ['generated', 'aeries', 'loop-500']) expect(svg).toContain(`>${name}</text>`)
  expect(svg).not.toMatch(/NaN|undefined|Infinity/)
})
