import { hash } from 'node:crypto'

/**
 * The names in an order that a key alone decides. When one leaves, only the keys that it was first for move, each to the next in its
 * own order; when it returns, they move back (Thaler and Ravishankar's highest random weight).
 */
export function rendezvous<Named extends Readonly<{ name: string }>>(
  all: readonly Named[],
  key: string,
): readonly Named[] {
  if (all.length < 2) return all
  const weighed = all.map(one => ({ one, weight: hash('sha1', `${one.name}\0${key}`, 'hex') }))
  return weighed.sort((a, b) => (a.weight < b.weight ? 1 : -1)).map(({ one }) => one)
}
