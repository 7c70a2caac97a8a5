import type { Message } from './plan-talk.ts'
import type { Random } from './random.ts'

/** What happens to a message after it was said, or to its answer. */
export type Touch = Readonly<{
  at: number
  type:
    | 'deliver again'
    | 'unfurl'
    | 'edit'
    | 'delete'
    | 'delete answer'
    | 'stop'
    | 'react'
    /** Its asker wants another answer, or takes that back. */
    | 'again'
    /** Its asker takes the answer away. */
    | 'wipe'
    /** Its asker puts a stop sign under the answer. */
    | 'halt'
    /** Its asker wants more of the answer. */
    | 'go on'
    /** Its asker says "stop" where it was said. */
    | 'say stop'
    /** Its asker begins a new conversation there. */
    | 'begin anew'
  /** Name of the message. */
  of: string
}>

type Touching = (type: Touch['type'], afterMs: number) => void

/** What becomes of messages: what platforms do, what people change, what they want of answers. */
export function planTouches(random: Random, messages: readonly Message[]): readonly Touch[] {
  const touches = messages.flatMap((message): Touch[] => {
    const made: Touch[] = []
    const touch: Touching = (type, afterMs) => made.push({ at: message.at + afterMs, type, of: message.name })
    planTellings(random, message, touch)
    planChanges(random, message, touch)
    if (message.addressed) planWishes(random, message, touch)
    return made
  })
  return touches.toSorted((a, b) => a.at - b.at)
}

/** Platforms tell more than once. */
function planTellings(random: Random, { hasLink }: Message, touch: Touching): void {
  if (hasLink) touch('unfurl', 100)
  if (random.chance(0.12)) {
    touch('deliver again', random.between(0, 300))
    touch('deliver again', random.between(300, 2_500))
  }
  if (random.chance(0.06)) touch('deliver again', random.between(8_000, 30_000))
}

function planChanges(random: Random, { addressed }: Message, touch: Touching): void {
  if (random.chance(0.06)) touch('edit', random.between(50, 3_000))
  if (random.chance(0.03)) touch('edit', random.between(3_000, 12_000))
  if (addressed && random.chance(0.015)) touch('delete', random.between(100, 4_000))
  if (addressed && random.chance(0.015)) touch('delete answer', random.between(500, 5_000))
}

function planWishes(random: Random, { style }: Message, touch: Touching): void {
  // Under an answer a thumb comes and goes.
  if (random.chance(0.3)) comeAndGo(random, 'react', touch)
  // So does the sign for another answer, while one grows or long after.
  if (random.chance(0.15)) comeAndGo(random, 'again', touch)
  if (style === 'slack dm' && random.chance(0.06)) touch('stop', random.between(500, 3_000))
  if (random.chance(0.03)) touch('halt', random.between(500, 4_000))
  if (random.chance(0.015)) touch('say stop', random.between(300, 4_000))
  if (random.chance(0.08)) touch('go on', random.between(1_500, 10_000))
  if (random.chance(0.03)) touch('wipe', random.between(500, 8_000))
  if (random.chance(0.02)) touch('begin anew', random.between(100, 6_000))
}

function comeAndGo(random: Random, type: 'react' | 'again', touch: Touching): void {
  for (let at = random.between(500, 3_000); at < 12_000; at += random.between(200, 4_000)) touch(type, at)
}
