import type { Scene } from './film.ts'

/** A token as it came into being: when, and how many letters of the answer there were with it. */
export type Generated = Readonly<{ at: number; letters: number }>

const stepMs = 10

/**
 * How old what is shown is, every 10 ms from the first token until the end: 0 when all generated text is shown, else the
 * time since the first token that is not shown was generated. In ms.
 */
export function agesOf(generated: readonly Generated[], film: readonly Scene[], end: number): Float32Array {
  const begin = generated[0]?.at ?? end
  const ages = new Float32Array(Math.max(1, Math.ceil((end - begin) / stepMs)))
  let scene = 0
  let shown = 0
  let unshown = 0
  for (const step of ages.keys()) {
    const now = begin + step * stepMs
    for (; (film[scene]?.at ?? Number.POSITIVE_INFINITY) <= now; scene += 1) shown = film[scene]?.letters ?? 0
    // What is shown may shrink: a contender that loses text shows less than before.
    while (unshown > 0 && (generated[unshown - 1]?.letters ?? 0) > shown) unshown -= 1
    while ((generated[unshown]?.letters ?? Number.POSITIVE_INFINITY) <= shown) unshown += 1
    ages[step] = Math.max(0, now - (generated[unshown]?.at ?? now))
  }
  return ages
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < values.length; at += 1) sum += values[at] ?? 0
  return sum / Math.max(1, values.length)
}
