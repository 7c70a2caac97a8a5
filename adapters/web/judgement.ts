import type { Verdict } from '#src/core/feedback.ts'

export const reasons = ['too_long', 'too_short', 'wrong', 'tone'] as const
type Reason = (typeof reasons)[number]

/** What somebody says of an answer, as the wire tells it. */
export type Judgement = Readonly<{ verdict: 'up' | 'down' | null; reason: Reason | null }>

const reasonOf: Readonly<Partial<Record<Verdict, Reason>>> = {
  'too long': 'too_long',
  'too short': 'too_short',
  wrong: 'wrong',
  tone: 'tone',
}
const praise: readonly Verdict[] = ['loved', 'good', 'thanks']

export function judgementOf(verdict: Verdict | undefined): Judgement {
  if (verdict === undefined) return { verdict: null, reason: null }
  return { verdict: praise.includes(verdict) ? 'up' : 'down', reason: reasonOf[verdict] ?? null }
}
