/** Words that stand in the examples of the prompt and nowhere else: a claim with one of them comes from there. */
const canaries = ['zyblorf', 'vostrumel', 'quenvarid'] as const

/** Whatever stands between its letters. `folded`: as `fold` leaves it. */
export function hasCanary(folded: string): boolean {
  const letters = folded.replace(/[^\p{L}]/gu, '')
  return canaries.some(canary => letters.includes(canary))
}
