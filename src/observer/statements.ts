import { type Claim, type ClaimKind, type Slot, slotValues } from '#src/core/claim.ts'
import type { Statement } from '#src/core/lesson.ts'
import { stems } from './stems.ts'

const dayMs = 24 * 3_600_000

type Weight = Readonly<{ weight: number; halfLifeMs: number | undefined }>

const stated: Weight = { weight: 2.5, halfLifeMs: 180 * dayMs }
/** How much a statement weighs and how fast that fades. An instruction holds until another one takes its place. */
const weights: Readonly<Record<ClaimKind, Weight>> = {
  instruction: { weight: 4, halfLifeMs: undefined },
  correction: { weight: 3, halfLifeMs: 365 * dayMs },
  preference: stated,
  dislike: stated,
  fact: stated,
  goal: stated,
  temporary: stated,
}

/** Words by which a message may ask for a slot without saying any of its value. */
const cues: Partial<Readonly<Record<Slot, string>>> = {
  location: 'live city town weather local near nearby home travel timezone',
  workplace: 'work job company employer office',
  role: 'work job',
  team: 'team colleague coworker work',
  education: 'study school university course exam degree',
  working_hours: 'meeting schedule available hours time call',
  schedule: 'meeting schedule calendar available plan week day',
  current_project: 'project build building work progress release',
  code_language: 'code program script function bug',
  tools: 'tool editor software setup use',
  expertise: 'skill experience background explain',
  goal: 'goal plan learn improve progress',
  likes: 'favourite favorite recommend suggest enjoy love',
  dislikes: 'favourite favorite recommend suggest avoid hate',
}

/** A validated claim, weighed, with the words that find it again. Pure. */
export function statementOf(claim: Claim, at: Date): Statement {
  const isWordOfOurs = Object.hasOwn(slotValues, claim.slot)
  const head = isWordOfOurs ? [claim.value] : unique(stems(claim.value))
  const terms = unique([...stems(claim.value), ...stems(claim.quote), ...stems(cues[claim.slot] ?? '')])
  return { claim, at, ...weights[claim.kind], head: head.length > 0 ? head : [claim.value.toLowerCase()], terms }
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)]
}
