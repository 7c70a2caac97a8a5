import type { ClaimKind, Slot } from '#src/core/claim.ts'
import { type Trigger, trigger } from './triggers.ts'

/** Triggers of a slot whose value is in the words. */
export function about(
  slot: Slot,
  kind: ClaimKind,
  sources: readonly string[],
  more: Partial<Trigger> = {},
): readonly Trigger[] {
  return sources.map(source => {
    const sure = !passing.has(slot) || source.startsWith('my ')
    return trigger(slot, kind, source, { sure, ...more })
  })
}

/** Often said of the moment, or of what somebody is not ("I'm a bit tired", "I want to sort a list"): only with a model's hint. */
const passing: ReadonlySet<Slot> = new Set(['goal', 'current_project', 'schedule', 'open'])

/** The rest of the clause. */
export const rest = '(?<v>.+)'
export const day =
  '(?:mon|tues?|wed(?:nes)?|thurs?|fri|satur|sun)(?:day)?s?|weekends?|weekdays|week|month|year|day|mornings?|evenings?|afternoons?|nights?|noon|midnight|today|tonight|tomorrow|january|february|march|april|may|june|july|august|september|october|november|december|\\d{1,2}(?::\\d\\d)? ?(?:am|pm|uhr|h)?|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|morgen|abends?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|lunes|martes|miercoles|jueves|viernes|sabados?|domingos?'
