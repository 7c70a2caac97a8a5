import type { Limits, Rate } from './limits.ts'

/** From the first token of an answer to its last. */
type Life = Readonly<{ from: number; to: number }>

/**
 * The least mean age that the limits allow: an even schedule at their sustained rate with one slot a window held back,
 * shared by all that stream in the bucket, and by all that stream at all where that is less. Between two even writes the
 * age grows from 0 to their distance, half of it in the mean.
 */
export function ageBound(buckets: readonly (readonly Life[])[], { bucket, overall }: Limits): number {
  const all = buckets.flat()
  const moments = [...new Set(all.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  let weighted = 0
  let lived = 0
  for (const [index, from] of moments.entries()) {
    const to = moments[index + 1] ?? from
    const isLive = (life: Life) => life.from <= from && life.to >= to && to > from
    const everywhere = all.filter(isLive).length
    for (const lives of buckets) {
      const here = lives.filter(isLive).length
      if (here === 0) continue
      const between = Math.max(betweenWrites(bucket, here), overall ? betweenWrites(overall, everywhere) : 0)
      weighted += ((to - from) * here * between) / 2
      lived += (to - from) * here
    }
  }
  return lived === 0 ? 0 : weighted / lived
}

function betweenWrites({ writes, windowMs, held }: Rate, sharers: number): number {
  return (sharers * windowMs) / (writes - held)
}
