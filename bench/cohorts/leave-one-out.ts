import type { Cohort, Taste } from '#src/core/cohorts.ts'
import { sortPeople } from '#src/observer/cohorts/sort-people.ts'

/** The cohorts of these people, at once. */
export function sorted(people: readonly (readonly Taste[])[]): readonly Cohort[] {
  const sorting = sortPeople(people)
  for (;;) {
    const { done, value } = sorting.next()
    if (done) return value
  }
}

/** The greatest change that the leaving of any of them brings to a published value, times the members it is of: at most 1 is allowed. */
export function greatestChange(people: readonly (readonly Taste[])[]): Readonly<{ change: number; values: number }> {
  const whole = sorted(people)
  let change = 0
  // Who likes the same leaves the same behind.
  const tried = new Set<string>()
  for (const [at, tastes] of people.entries()) {
    const likes = JSON.stringify(tastes)
    if (tried.has(likes)) continue
    tried.add(likes)
    const without = sorted(people.filter((_, other) => other !== at))
    for (const cohort of whole) change = Math.max(change, changeOf(cohort, without))
  }
  return { change, values: whole.reduce((sum, { values }) => sum + values.length, 0) }
}

function changeOf({ name, members, values }: Cohort, without: readonly Cohort[]): number {
  const its = without.find(cohort => cohort.name === name)
  const changes = values.map(({ slot, value, share }) => {
    const there = its?.values.find(other => other.slot === slot && other.value === value)
    return there === undefined ? 0 : Math.abs(there.share - share) * members
  })
  return Math.max(0, ...changes)
}
