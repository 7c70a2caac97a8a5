import type { CommandContext } from './command.ts'
import { tellTime } from './tell-date.ts'

/** Whether Aeries learns from that person there just now, in one sentence. */
export async function learningState({ learning, person, place, timeZone }: CommandContext): Promise<string> {
  if (learning === undefined) return 'I learn from nobody here.'
  const { consent } = learning
  if (!(await consent.allows(person.id, place))) return 'I do not learn from you here, and use none of it here.'
  const until = await consent.pausedUntil(person.id)
  return until === undefined
    ? 'I learn from what you say to me.'
    : `I learn nothing until ${tellTime(until, timeZone)}.`
}
