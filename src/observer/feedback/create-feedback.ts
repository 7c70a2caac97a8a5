import type { Consent } from '#src/core/consent.ts'
import type { Feedback } from '#src/core/feedback.ts'
import type { Learning } from '#src/core/learning.ts'
import { type Telemetry, untold } from '#src/core/telemetry.ts'
import { opinionCraft } from './weigh-opinions.ts'

export type FeedbackParts = Readonly<{
  learning: Pick<Learning, 'hearOpinion' | 'clearOpinions' | 'findAnswer'>
  consent: Pick<Consent, 'mayLearn'>
  telemetry?: Telemetry | undefined
}>

/** Opinions on answers become evidence on how to answer: at once, for whoever has them, until they take them back. */
export function createFeedback({ learning, consent, telemetry = untold }: FeedbackParts): Feedback {
  return {
    async hear(opinion) {
      const { person, on, verdict } = opinion
      const answer = await learning.findAnswer(on)
      // What was learnt is taken back even from who may not be learnt from any more, and from an answer that is shown no more.
      if (verdict !== undefined) {
        if (answer === undefined) return 'known'
        if (!(await consent.mayLearn(person.id, answer.place))) return 'unwelcome'
      }
      if ((await learning.hearOpinion(opinion, opinionCraft)) === 'known') return 'known'
      if (answer !== undefined) {
        const { place, persona = 'unknown' } = answer
        telemetry.tell({ type: 'feedback', platform: place.platform, verdict: verdict ?? 'taken back', persona })
      }
      return 'heard'
    },
    async clear(message, sign, at) {
      await learning.clearOpinions(message, sign, at, opinionCraft)
    },
  }
}
