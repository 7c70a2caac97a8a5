import type { ClaimKind, Slot } from './claim.ts'

/** One statement as the log keeps it. */
export type Testimony = Readonly<{
  /** The order among statements of one time. */
  id: number
  kind: ClaimKind
  slot: Slot
  value: string
  polarity: 1 | -1
  at: number
  weight: number
  halfLifeMs: number | undefined
  lastsMs: number | undefined
  head: readonly string[]
}>

/** Two statements share most of their words: they are about the same thing. */
export const nearLikeness = 0.6

/** Slots that are settled together: what somebody dislikes is what they do not like. */
export function groupOf(slot: Slot): Slot {
  return slot === 'dislikes' ? 'likes' : slot
}

/** Whether heads share so many words that statements with them may meet. Those that are not near change nothing for each other. */
export function areNear(one: readonly string[], other: readonly string[]): boolean {
  return likenessOf(one, other) >= nearLikeness
}

/** So many words of a head has another one that is near it, at the least. */
export function sharedByNear(head: readonly string[]): number {
  return Math.ceil(nearLikeness * new Set(head).size)
}

/** How many of all words of two heads are in both. */
export function likenessOf(one: readonly string[], other: readonly string[]): number {
  const both = new Set([...one, ...other])
  if (both.size === 0) return 0
  const known = new Set(other)
  return new Set(one.filter(word => known.has(word))).size / both.size
}
