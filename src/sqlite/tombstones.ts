import type { Slot } from '#src/core/claim.ts'
import type { PersonId } from '#src/core/ids.ts'
import { groupOf } from '#src/core/testimony.ts'

/**
 * What stands for something that a person had forgotten, in the list of the forgotten, which keeps nothing but hashes: by its
 * value, and by its stems, so that other words for it do not bring it back either.
 */
export function traitTombstones(
  person: PersonId,
  { slot, value, head }: Readonly<{ slot: Slot; value: string; head: readonly string[] }>,
): readonly string[] {
  const about = `${person}\0${groupOf(slot)}`
  const byValue = `${about}\0value\0${value.normalize('NFKC').toLowerCase()}`
  return head.length === 0 ? [byValue] : [byValue, `${about}\0head\0${[...new Set(head)].sort().join(' ')}`]
}

export function keyTombstone(person: PersonId, key: string): string {
  return `${person}\0key\0${key}`
}
