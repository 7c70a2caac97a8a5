import type { Consent } from '#src/core/consent.ts'
import type { Feedback } from '#src/core/feedback.ts'
import type { Learning } from '#src/core/learning.ts'
import type { Place } from '#src/core/place.ts'
import { type Telemetry, untold } from '#src/core/telemetry.ts'
import { opinionCraft } from './weigh-opinions.ts'

export type FeedbackParts = Readonly<{
  learning: Pick<Learning, 'hearOpinion' | 'clearOpinions' | 'placeOfAnswer'>
  consent: Pick<Consent, 'mayLearn'>
  /** Who Aeries is in a place. */
  personaName(place: Place): string
  telemetry?: Telemetry | undefined
}>

/** Opinions on answers become evidence on how to answer: at once, for whoever has them, until they take them back. */
export function createFeedback({ learning, consent, personaName, telemetry = untold }: FeedbackParts): Feedback {
  return {
    async hear(opinion) {
      const { person, on, verdict } = opinion
      const place = await learning.placeOfAnswer(on)
      // What was learnt is taken back even from who may not be learnt from any more, and from an answer that is shown no more.
      if (verdict !== undefined) {
        if (place === undefined) return 'known'
        if (!(await consent.mayLearn(person.id, place))) return 'unwelcome'
      }
      const heard = await learning.hearOpinion(opinion, opinionCraft)
      if (heard === 'known' || place === undefined) return heard === 'known' ? 'known' : 'heard'
      const { platform } = place
      telemetry.tell({ type: 'feedback', platform, verdict: verdict ?? 'taken back', persona: personaName(place) })
      return 'heard'
    },
    async clear(message, sign, at) {
      await learning.clearOpinions(message, sign, at, opinionCraft)
    },
  }
}
