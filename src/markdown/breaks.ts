/** A place to cut, and what it costs the reader: 1 to 3 between lines, 4 after a sentence, 5 at a space, more where something is torn. */
export type Break = Readonly<{ at: number; cost: number }>

/** The cheapest place from `from` on, among equals the one that fills the message most. */
export function cheapest(breaks: readonly Break[], from: number, mostCost = Number.MAX_VALUE): Break | undefined {
  let found: Break | undefined
  for (const place of breaks) {
    if (place.at < from || place.cost > mostCost) continue
    if (!found || place.cost < found.cost || (place.cost === found.cost && place.at > found.at)) found = place
  }
  return found
}

/** The place that fills the message most, among those from `from` on that cost no more. */
export function furthest(breaks: readonly Break[], from: number, mostCost: number): Break | undefined {
  let found: Break | undefined
  for (const place of breaks) {
    if (place.at >= from && place.cost <= mostCost && place.at > (found?.at ?? 0)) found = place
  }
  return found
}
