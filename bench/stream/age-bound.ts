/** From the first token of an answer to its last. */
type Life = Readonly<{ from: number; to: number }>

/** So many writes in so long; `held`: of these so many are not for growing text. */
type Rate = Readonly<{ writes: number; windowMs: number; held: number }>

/** Discord's limits as the stand-in has them: a channel's edits, and all requests of a bot. */
const bucketRate: Rate = { writes: 5, windowMs: 5_000, held: 1 }
const globalRate: Rate = { writes: 50, windowMs: 1_000, held: 1 }

/**
 * The least mean age that the limits allow: an even schedule at their sustained rate with one slot a window held back,
 * shared by all that stream in the bucket, and by all that stream at all where that is less. Between two even writes the
 * age grows from 0 to their distance, half of it in the mean.
 */
export function ageBound(channels: readonly (readonly Life[])[]): number {
  const all = channels.flat()
  const moments = [...new Set(all.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  let weighted = 0
  let lived = 0
  for (const [index, from] of moments.entries()) {
    const to = moments[index + 1] ?? from
    const isLive = (life: Life) => life.from <= from && life.to >= to && to > from
    const everywhere = all.filter(isLive).length
    for (const channel of channels) {
      const here = channel.filter(isLive).length
      if (here === 0) continue
      const between = Math.max(betweenWrites(bucketRate, here), betweenWrites(globalRate, everywhere))
      weighted += ((to - from) * here * between) / 2
      lived += (to - from) * here
    }
  }
  return lived === 0 ? 0 : weighted / lived
}

function betweenWrites({ writes, windowMs, held }: Rate, sharers: number): number {
  return (sharers * windowMs) / (writes - held)
}
