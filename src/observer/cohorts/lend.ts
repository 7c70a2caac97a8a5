import { type Cohort, everybody, type KnownStyle, type Lent, type Taste, tasteSlots } from '#src/core/cohorts.ts'
import { doubt, lendFrom } from './sort-people.ts'
import { tastesOf } from './tastes-of.ts'

/** What a cohort does not lend at all may still be so of some of its members. */
const seldom = 0.05
/** What speaks against a default ends it, but for a habit that was noticed just once. */
const contrary = 0.25

/**
 * The defaults of style for somebody, in slots where they said and showed nothing yet: of the cohorts that fit what is known of them,
 * or of everybody in the workspace. `shown`: what the message shows by the way it is written. Pure.
 */
export function lend(style: KnownStyle, published: readonly Cohort[], shown: readonly Taste[] = []): readonly Lent[] {
  const own = tastesOf(style)
  const known = [...own, ...shown.filter(({ slot }) => !own.some(taste => taste.slot === slot))]
  const usual = mixedShares(published, known)
  return tasteSlots.flatMap(slot => {
    if (own.some(taste => taste.slot === slot)) return []
    const [best] = usual
      .filter(lent => lent.slot === slot)
      .flatMap(lent => weighed(lent, style.dials))
      .toSorted((one, other) => other.share - one.share || (one.value < other.value ? -1 : 1))
    const isOtherwise = shown.some(taste => taste.slot === slot && taste.value !== best?.value)
    return best !== undefined && best.share >= lendFrom && !isOtherwise ? best : []
  })
}

/** The shares that somebody with these tastes may expect. */
export function mixedShares(published: readonly Cohort[], known: readonly Taste[]): readonly Lent[] {
  const all = published.find(({ name }) => name === everybody)
  const cohorts = published.filter(cohort => cohort !== all)
  const fits = cohorts.map(cohort => ({ cohort, fit: fitOf(cohort, known) }))
  const isPoor = all !== undefined && fits.every(({ fit }) => fit <= fitOf(all, known))
  if (known.length === 0 || fits.length === 0 || isPoor) return all?.values ?? []
  const weights = fits.map(({ cohort, fit }) => ({ cohort, weight: cohort.members * fit }))
  const sum = weights.reduce((whole, { weight }) => whole + weight, 0)
  const shares = new Map<string, Lent>()
  for (const { cohort, weight } of weights) {
    for (const { slot, value, share } of cohort.values) {
      const before = shares.get(`${slot} ${value}`)?.share ?? 0
      shares.set(`${slot} ${value}`, { slot, value, share: before + (share * weight) / sum })
    }
  }
  return [...shares.values()]
}

function fitOf({ values }: Cohort, known: readonly Taste[]): number {
  return known.reduce((fit, { slot, value }) => {
    const share = values.find(one => one.slot === slot && one.value === value)?.share ?? seldom
    return fit * Math.max(share, seldom)
  }, 1)
}

/** Together with what they showed themselves; nothing when that speaks against it. */
function weighed(lent: Lent, dials: KnownStyle['dials']): readonly Lent[] {
  const its = dials.filter(({ key }) => key === lent.slot)
  const [same, others] = [
    its.filter(({ value }) => value === lent.value),
    its.filter(({ value }) => value !== lent.value),
  ]
  const speaksFor = same.reduce((sum, { positive }) => sum + positive, 0)
  const against =
    same.reduce((sum, { negative }) => sum + negative, 0) + others.reduce((sum, one) => sum + one.positive, 0)
  if (against >= contrary) return []
  return [{ ...lent, share: (speaksFor + doubt * lent.share) / (speaksFor + against + doubt) }]
}
