import type { Write, WritePhase } from '#src/core/surface.ts'
import { looksEqual } from './looks-equal.ts'
import type { Shown } from './standing.ts'
import type { Under } from './under-reply.ts'
import type { ViewParts } from './view-parts.ts'

/** What one part of a reply should show. */
export type DuePart = Readonly<{
  part: number
  text: string
  /** Its words are all there: more of them go into the next part. */
  isFrozen: boolean
  /** It is the last one, and nothing more comes. */
  isEnd: boolean
  /** It is a word of Aeries in place of the reply. */
  isNotice: boolean
  under: Under
}>

/** The write that makes a part show that; `undefined`: it does already, or there is nothing to show. */
export function dueWrite(
  { turn, surface }: Pick<ViewParts, 'turn' | 'surface'>,
  due: DuePart,
  shown: Shown | undefined,
): Write | undefined {
  const { part, text, isNotice, under } = due
  if (text.trim() === '') return undefined
  const { note, buttons } = under
  const write: Write = {
    key: `${turn}:${part}`,
    part,
    phase: phaseOf(due, shown !== undefined),
    text,
    ...(isNotice && { notice: true }),
    ...(buttons.length > 0 && { buttons }),
    ...(note !== undefined && { note }),
    ...(shown && { message: shown.message }),
  }
  return shown && looksEqual(surface, shown, write) ? undefined : write
}

function phaseOf({ isEnd, isFrozen }: DuePart, isShown: boolean): WritePhase {
  if (isEnd) return 'final'
  if (isFrozen) return 'freeze'
  return isShown ? 'interim' : 'first'
}
