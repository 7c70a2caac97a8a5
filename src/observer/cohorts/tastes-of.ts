import { type KnownStyle, type Taste, type TasteSlot, tasteSlots } from '#src/core/cohorts.ts'
import type { BriefData } from '#src/core/learning.ts'
import { mannerOf } from '#src/observer/claims/manner.ts'

/** What somebody does not like says little of what they do like. */
export const otherTaste = 'other'

/** What is known of a person's style, one value for each slot: what they said before what feedback and habits lean to. Pure. */
export function tastesOf({ slots, dials, spoken }: KnownStyle): readonly Taste[] {
  return tasteSlots.flatMap(slot => {
    const said = slots.filter(trait => trait.slot === slot)
    const liked = said.find(({ polarity }) => polarity === 1)?.value ?? leaning(slot, dials)
    if (liked !== undefined) return { slot, value: liked }
    return said.length > 0 || spoken.includes(slot) ? { slot, value: otherTaste } : []
  })
}

/** What a message shows of its writer's taste by the way it is written. Pure. */
export function tastesIn(text: string): readonly Taste[] {
  const { formality, emojiRate } = mannerOf(text)
  const tone: readonly Taste[] = formality === undefined ? [] : [{ slot: 'tone', value: formality }]
  return emojiRate > 0 ? [...tone, { slot: 'emoji_use', value: 'more' }] : tone
}

function leaning(slot: TasteSlot, dials: BriefData['dials']): string | undefined {
  const [strongest] = dials
    .filter(({ key, isOn }) => key === slot && isOn)
    .toSorted((one, other) => other.preference - one.preference || (one.value < other.value ? -1 : 1))
  return strongest?.value
}
