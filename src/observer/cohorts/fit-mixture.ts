/** The values of several slots as numbers from 0; `unknown`: nothing is known. `count` people have just these. */
export type Pattern = Readonly<{ values: readonly number[]; count: number }>

export const unknown = -1

/** How many values each slot has, and how many groups to look for at most. */
export type MixtureParts = Readonly<{ sizes: readonly number[]; most: number; seed: number }>

/** For each pattern the group that it fits best. */
export type Sorted = readonly number[]

/** So much evidence that a group is like everybody stands beside its members: what is small is believed less. */
const doubt = 4
const maxRounds = 60
/** A fit that grows by less for each person is done. */
const least = 1e-5
/** After so many numbers of groups that explain less than a smaller one, no greater one is tried. */
const maxWorse = 2
/** Where groups start is drawn: the best of so many draws is taken. */
const starts = 4

/** All values of all slots stand in one row: `at` says where those of a pattern do, without the slots that are not known. */
type Table = Readonly<{ at: readonly (readonly number[])[]; counts: readonly number[]; people: number; prior: Prior }>
/** How usual each value is among all, times the doubt; and in which slot it is. */
type Prior = Readonly<{ pull: Float64Array; slotOf: readonly number[]; slots: number }>
/** The logarithms of the chances of all values, group by group, and of the groups' own shares. */
type Groups = Readonly<{ logs: Float64Array; shares: Float64Array }>
/** How much each pattern belongs to each group; of one pattern they sum to 1. */
type Weights = Float64Array
type Fit = Readonly<{ weights: Weights; logLikelihood: number }>

/**
 * Finds groups of people with like values: a mixture of independent categories, by expectation and maximisation, of as many groups as
 * explain the people best (BIC). The same patterns in the same order give the same groups. Yields after each step of some
 * microseconds to a millisecond, so that whoever runs it can pause.
 */
export function* fitMixture(patterns: readonly Pattern[], parts: MixtureParts): Generator<void, Sorted> {
  const { most, seed, sizes } = parts
  const table = tableOf(patterns, sizes)
  const freedoms = sizes.reduce((sum, size) => sum + Math.max(0, size - 1), 0)
  const random = createRandom(seed)
  let best: Readonly<{ weights: Weights; cost: number; groups: number }> | undefined
  for (let groups = 1; groups <= most; groups += 1) {
    if (best !== undefined && groups > best.groups + maxWorse) break
    for (let start = 0; start < (groups === 1 ? 1 : starts); start += 1) {
      const { weights, logLikelihood } = yield* improve(table, drawn(patterns, groups, random), groups)
      const cost = (groups * freedoms + groups - 1) * Math.log(table.people) - 2 * logLikelihood
      if (best === undefined || cost < best.cost) best = { weights, cost, groups }
    }
  }
  const { weights = new Float64Array(), groups = 1 } = best ?? {}
  return patterns.map((_, at) => highest(weights.subarray(at * groups, (at + 1) * groups)))
}

function* improve(table: Table, from: Weights, groups: number): Generator<void, Fit> {
  let fit: Fit = { weights: from, logLikelihood: Number.NEGATIVE_INFINITY }
  for (let round = 0; round < maxRounds; round += 1) {
    yield
    const next = expect(table, maximise(table, fit.weights, groups), groups)
    if (next.logLikelihood - fit.logLikelihood < least * table.people) return next
    fit = next
  }
  return fit
}

/** Spreads the starts out: each next one is drawn among those that are far from all before. */
function drawn(patterns: readonly Pattern[], groups: number, random: () => number): Weights {
  const centres: Pattern[] = []
  while (centres.length < groups) {
    const chances = patterns.map(pattern => {
      const nearest = Math.min(...centres.map(centre => distance(pattern, centre)), 1)
      return pattern.count * nearest ** 2
    })
    const all = chances.reduce((sum, chance) => sum + chance, 0)
    let rest = random() * all
    const at = chances.findIndex(chance => {
      rest -= chance
      return rest < 0
    })
    const centre = patterns[Math.max(0, at)]
    if (centre === undefined) break
    centres.push(centre)
  }
  const weights = new Float64Array(patterns.length * groups)
  for (const [at, pattern] of patterns.entries()) {
    weights[at * groups + highest(centres.map(centre => -distance(pattern, centre)))] = 1
  }
  return weights
}

/** The part of the slots known of both that differ; half when none is. */
function distance(one: Pattern, other: Pattern): number {
  let [known, different] = [0, 0]
  for (const [slot, value] of one.values.entries()) {
    const its = other.values[slot] ?? unknown
    if (value === unknown || its === unknown) continue
    known += 1
    if (value !== its) different += 1
  }
  return known === 0 ? 0.5 : different / known
}

function tableOf(patterns: readonly Pattern[], sizes: readonly number[]): Table {
  const begins = sizes.map((_, slot) => sizes.slice(0, slot).reduce((sum, size) => sum + size, 0))
  const slotOf = sizes.flatMap((size, slot) => Array.from({ length: size }, () => slot))
  const at = patterns.map(({ values }) =>
    values.flatMap((value, slot) => (value === unknown ? [] : (begins[slot] ?? 0) + value)),
  )
  const counts = patterns.map(({ count }) => count)
  const everywhere = new Float64Array(slotOf.length).fill(1)
  for (const [pattern, its] of at.entries()) for (const value of its) add(everywhere, value, counts[pattern] ?? 0)
  const all = new Float64Array(sizes.length)
  for (const [value, slot] of slotOf.entries()) add(all, slot, everywhere[value] ?? 0)
  const pull = everywhere.map((count, value) => (doubt * count) / (all[slotOf[value] ?? 0] ?? 1))
  const people = counts.reduce((sum, count) => sum + count, 0)
  return { at, counts, people, prior: { pull, slotOf, slots: sizes.length } }
}

/** The groups that these weights make. */
function maximise({ at, counts, people, prior }: Table, weights: Weights, groups: number): Groups {
  const { pull, slotOf, slots } = prior
  const width = pull.length
  const logs = new Float64Array(groups * width)
  const shares = new Float64Array(groups)
  for (let group = 0; group < groups; group += 1) {
    const [of, sums] = [logs.subarray(group * width, (group + 1) * width), new Float64Array(slots).fill(doubt)]
    let members = 0
    for (const [pattern, values] of at.entries()) {
      const weight = (weights[pattern * groups + group] ?? 0) * (counts[pattern] ?? 0)
      members += weight
      for (const value of values) {
        add(of, value, weight)
        add(sums, slotOf[value] ?? 0, weight)
      }
    }
    for (let value = 0; value < width; value += 1) {
      of[value] = Math.log(((of[value] ?? 0) + (pull[value] ?? 0)) / (sums[slotOf[value] ?? 0] ?? 1))
    }
    shares[group] = Math.log((members + 1) / (people + groups))
  }
  return { logs, shares }
}

/** How well each pattern fits each of the groups. */
function expect({ at, counts, prior }: Table, { logs, shares }: Groups, groups: number): Fit {
  const width = prior.pull.length
  const weights = new Float64Array(at.length * groups)
  let logLikelihood = 0
  for (const [pattern, values] of at.entries()) {
    const its = weights.subarray(pattern * groups, (pattern + 1) * groups)
    for (let group = 0; group < groups; group += 1) {
      its[group] = shares[group] ?? 0
      for (const value of values) add(its, group, logs[group * width + value] ?? 0)
    }
    const top = its.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY)
    let all = 0
    for (let group = 0; group < groups; group += 1) {
      its[group] = Math.exp((its[group] ?? 0) - top)
      all += its[group] ?? 0
    }
    for (let group = 0; group < groups; group += 1) its[group] = (its[group] ?? 0) / all
    logLikelihood += (counts[pattern] ?? 0) * (top + Math.log(all))
  }
  return { weights, logLikelihood }
}

function add(to: Float64Array, at: number, what: number): void {
  to[at] = (to[at] ?? 0) + what
}

/** Where the greatest stands, the first of several. */
function highest(values: ArrayLike<number>): number {
  let best = 0
  for (let at = 1; at < values.length; at += 1) if ((values[at] ?? 0) > (values[best] ?? 0)) best = at
  return best
}

/** Numbers in [0, 1), the same ones for the same seed: a linear congruential generator modulo 2^32 (Numerical Recipes). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
