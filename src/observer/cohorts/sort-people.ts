import { type Cohort, type CohortValue, everybody, type Taste, type TasteSlot, tasteSlots } from '#src/core/cohorts.ts'
import { leaningWords } from '#src/observer/phrases.ts'
import { fitMixture, type Pattern, unknown } from './fit-mixture.ts'
import { otherTaste } from './tastes-of.ts'

/** Fewer people are no cohort, and what fewer of them like is not lent: it could tell of one of them. */
const leastMembers = 20
const leastContributors = 10
/** So much doubt stands beside the members that each share falls a little towards what is usual. */
export const doubt = 4
/** A value that is rarer among the members is no default. */
export const lendFrom = 0.4
const mostGroups = 8
const seed = 20_260_302
/** Shares are sums in floating point. */
const rounding = 1e-9

/** Who likes the same, counted. */
type Like = Readonly<{ tastes: readonly Taste[]; count: number }>

/**
 * The cohorts of a workspace, by what each of its people likes, one list for each; the whole workspace is the first. Pure; the order of the
 * people makes no difference. Each of them who left would change no value by more than 1 / members: that is tried out, and what does not
 * hold is left out. Yields often.
 */
export function* sortPeople(people: readonly (readonly Taste[])[]): Generator<void, readonly Cohort[]> {
  const likes = countLikes(people)
  const found = yield* sortLikes(likes)
  const big = found.filter(({ members }) => members >= leastMembers)
  if (big.length === 0) return []
  const shaky = new Map<string, Set<string>>()
  for (const like of likes) {
    const rest = likes.flatMap(one => (one !== like ? one : one.count > 1 ? { ...one, count: one.count - 1 } : []))
    const without = yield* sortLikes(rest)
    for (const cohort of big) noteShaky(cohort, without, shaky)
  }
  return big.map(cohort => steady(cohort, shaky.get(cohort.name))).filter(({ values }) => values.length > 0)
}

function noteShaky(cohort: Cohort, without: readonly Cohort[], shaky: Map<string, Set<string>>): void {
  const its = without.find(({ name }) => name === cohort.name)
  for (const value of cohort.values) {
    const there = its?.values.find(other => isSame(other, value))
    if (there === undefined || Math.abs(there.share - value.share) <= 1 / cohort.members + rounding) continue
    const values = shaky.get(cohort.name) ?? new Set()
    shaky.set(cohort.name, values.add(nameOf(value)))
  }
}

/** Without what does not hold; nothing of it where that gave it its name. */
function steady(cohort: Cohort, shaky: ReadonlySet<string> = new Set()): Cohort {
  const isKept = (value: CohortValue) => value.contributors >= leastContributors && !shaky.has(nameOf(value))
  const isUnsound = cohort.name !== everybody && cohort.values.some(one => one.share >= lendFrom && !isKept(one))
  return { ...cohort, values: isUnsound ? [] : cohort.values.filter(isKept) }
}

/** In one order, whoever came first. */
function countLikes(people: readonly (readonly Taste[])[]): readonly Like[] {
  const known = people.filter(tastes => tastes.length > 0)
  const likes = Map.groupBy(known, tastes => tasteSlots.map(slot => valueIn(tastes, slot) ?? '').join(' '))
  return [...likes]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, of]) => ({ tastes: of[0] ?? [], count: of.length }))
}

/** All groups whatever their size, and the whole. */
function* sortLikes(likes: readonly Like[]): Generator<void, readonly Cohort[]> {
  const all = cohortOf(everybody, likes, undefined)
  const { patterns, sizes } = patternsOf(likes)
  const most = Math.min(mostGroups, Math.floor(all.members / leastMembers))
  const sorted = most < 2 ? [] : yield* fitMixture(patterns, { sizes, most, seed })
  yield
  const groups = [...Map.groupBy(likes, (_, at) => sorted[at]).values()]
  if (groups.length < 2) return [all]
  // Groups that would lend the same are one.
  const alike = Map.groupBy(groups, group => defaultsOf(cohortOf('', group, all)))
  const cohorts = [...alike].map(([name, of]) => cohortOf(name, of.flat(), all))
  return [all, ...cohorts.filter(({ name }) => name !== '').toSorted((one, other) => (one.name < other.name ? -1 : 1))]
}

function cohortOf(name: string, likes: readonly Like[], whole: Cohort | undefined): Cohort {
  const members = likes.reduce((sum, { count }) => sum + count, 0)
  const counts = new Map<string, Taste & { contributors: number }>()
  for (const { tastes, count } of likes) {
    for (const taste of tastes) {
      if (taste.value === otherTaste) continue
      const known = counts.get(nameOf(taste)) ?? { ...taste, contributors: 0 }
      counts.set(nameOf(taste), { ...known, contributors: known.contributors + count })
    }
  }
  const values = [...counts.values()].map(value => {
    const usual = whole?.values.find(other => isSame(other, value))?.share ?? 0
    return { ...value, share: (value.contributors + doubt * usual) / (members + doubt) }
  })
  return { name, members, values: values.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)) }
}

/** What a cohort would lend, in words. */
function defaultsOf({ values }: Cohort): string {
  const lent = tasteSlots.flatMap(slot => values.filter(value => value.slot === slot && value.share >= lendFrom))
  return lent.flatMap(({ slot, value }) => leaningWords(slot, value) ?? []).join(', ')
}

/** What few like plays no part, or every rare taste would be a group. */
function patternsOf(likes: readonly Like[]): Readonly<{ patterns: readonly Pattern[]; sizes: readonly number[] }> {
  const shared = cohortOf('', likes, undefined).values.filter(({ contributors }) => contributors >= leastContributors)
  const choices = tasteSlots.map(slot => shared.filter(value => value.slot === slot).map(({ value }) => value))
  const patterns = likes.map(({ tastes, count }) => ({
    count,
    values: tasteSlots.map((slot, at) => {
      const value = valueIn(tastes, slot)
      // Behind all that are shared stands one place for the rest of them.
      return value === undefined ? unknown : (choices[at] ?? []).indexOf(value) + 1
    }),
  }))
  return { patterns, sizes: choices.map(of => of.length + 1) }
}

function valueIn(tastes: readonly Taste[], slot: TasteSlot): string | undefined {
  return tastes.find(taste => taste.slot === slot)?.value
}

function isSame(one: Taste, other: Taste): boolean {
  return one.slot === other.slot && one.value === other.value
}

function nameOf({ slot, value }: Taste): string {
  return `${slot} ${value}`
}
