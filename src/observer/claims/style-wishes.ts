import type { Slot } from '#src/core/claim.ts'
import { type Trigger, trigger } from './triggers.ts'

/** What people call what they are given. */
export const answers =
  '(?:answers?|replies|reply|responses?|messages?|explanations?|style answers|ones|sentences|words)'
/** How a wish begins, and how its opposite. */
export const wants =
  "(?:i OFTEN(?:prefer|like|love|want|need|appreciate|enjoy)|i'?d (?:rather have|like|prefer|love|appreciate)|i would (?:like|prefer|appreciate)|OFTENappreciate|give me|send me|OFTENprefer)"
export const shuns =
  "(?:i (?:really |just )?(?:hate|dislike|can'?t stand|cannot stand|don'?t (?:really )?(?:like|want|need|enjoy)|do not (?:like|want|need)|'?m not a fan of)|IM not a fan of)"

/** Triggers of one meaning, whatever else the words say. */
export function style(slot: Slot, value: string, sources: readonly string[], polarity: 1 | -1 = 1): readonly Trigger[] {
  return sources.map(source => trigger(slot, 'instruction', source, { value, polarity }))
}
