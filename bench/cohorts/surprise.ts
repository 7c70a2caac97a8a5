import { type Cohort, everybody, type Taste, tasteSlots } from '#src/core/cohorts.ts'
import { mixedShares } from '#src/observer/cohorts/lend.ts'
import { sorted } from './leave-one-out.ts'

const never = 0.01

/**
 * How much the length that newcomers like surprises whoever expects what cohorts lend, in nats each: knowing all else of them,
 * or nothing, beside whoever expects what is usual in the workspace.
 */
export function surprise(people: readonly (readonly Taste[])[], newcomers: readonly (readonly Taste[])[]) {
  const published = sorted(people)
  const all = published.filter(({ name }) => name === everybody)
  const lengths = newcomers.filter(tastes => tastes.some(({ slot }) => slot === tasteSlots[0]))
  const mean = (cohorts: readonly Cohort[], known: (tastes: readonly Taste[]) => readonly Taste[]) =>
    lengths.reduce((sum, tastes) => sum + lossOf(cohorts, known(tastes), tastes), 0) / lengths.length
  return {
    known: mean(published, tastes => tastes.filter(({ slot }) => slot !== tasteSlots[0])),
    stranger: mean(published, () => []),
    workspace: mean(all, () => []),
  }
}

function lossOf(cohorts: readonly Cohort[], known: readonly Taste[], tastes: readonly Taste[]): number {
  const its = mixedShares(cohorts, known).filter(({ slot }) => slot === tasteSlots[0])
  const all = its.reduce((sum, { share }) => sum + share, 0)
  const share = its.find(one => tastes.some(taste => taste.slot === one.slot && taste.value === one.value))?.share ?? 0
  return -Math.log(Math.max(never, share / all))
}
