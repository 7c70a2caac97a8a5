/** What speaks for a value and what speaks against it, as of a time in ms. Both only fade: nothing is cut off at a write. */
export type Mass = Readonly<{ positive: number; negative: number; at: number }>

/** So much evidence in doubt stands beside all that was heard: a single mild reaction decides nothing. */
const doubt = 2
/** The evidence after which two thirds of all doubt are gone. */
const convincing = 3

/** What is left of 1 after so many ms; all of it without a half-life. */
export function remaining(ms: number, halfLifeMs: number | undefined): number {
  return halfLifeMs === undefined ? 1 : 2 ** (-ms / halfLifeMs)
}

/**
 * The mass with one more event. An event from before the mass' time is added as far as it has faded since, so that the
 * order of arrival makes no difference. The same event with the opposite sign of `times` takes it back exactly.
 */
export function withEvent(
  mass: Mass | undefined,
  event: Readonly<{ weight: number; at: number }>,
  halfLifeMs: number | undefined,
  times: 1 | -1 = 1,
): Mass {
  const before = mass ?? { positive: 0, negative: 0, at: event.at }
  const at = Math.max(before.at, event.at)
  const kept = remaining(at - before.at, halfLifeMs)
  const added = times * Math.abs(event.weight) * remaining(at - event.at, halfLifeMs)
  const [positive, negative] = event.weight >= 0 ? [added, 0] : [0, added]
  return { positive: before.positive * kept + positive, negative: before.negative * kept + negative, at }
}

/** The mass as it is at a time; at one before its own it is as it was. */
export function massAt(mass: Mass, at: number, halfLifeMs: number | undefined): Mass {
  const kept = remaining(Math.max(0, at - mass.at), halfLifeMs)
  // What a retraction leaves of nothing may lie a rounding error below zero.
  return { positive: Math.max(0, mass.positive * kept), negative: Math.max(0, mass.negative * kept), at }
}

/** In (-1, 1). */
export function preferenceOf({ positive, negative }: Pick<Mass, 'positive' | 'negative'>): number {
  return (positive - negative) / (positive + negative + doubt)
}

/** In [0, 1). */
export function confidenceOf({ positive, negative }: Pick<Mass, 'positive' | 'negative'>): number {
  return 1 - Math.exp(-(positive + negative) / convincing)
}
