import type { Judged } from './judge.ts'
import type { Scenario } from './scenario.ts'
import type { Summary } from './summary.ts'

/** One scenario as one contender played it. */
export type Result = Readonly<{
  scenario: Scenario
  contender: string
  summary: Summary
  judged: readonly Judged[]
}>

/** Who loses text is listed, not compared. */
export function isComplete({ summary: { spoilt, unanswered, neverWhole } }: Result): boolean {
  return spoilt + unanswered + neverWhole === 0
}

/** From the last token to the complete text, in ms. One that is never complete is later than any. */
export function untilWhole({ finalMs }: Judged): number {
  return finalMs ?? Number.MAX_SAFE_INTEGER
}
