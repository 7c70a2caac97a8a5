import type { Brief, BriefQuestion, Briefs } from '#src/core/brief.ts'
import type { LearningMode } from '#src/core/consent.ts'
import type { Preferences } from '#src/core/preferences.ts'
import type { LearningParts } from '#src/engine/learning-parts.ts'
import { createConsent } from '#src/observer/consent.ts'

type Sketch = Readonly<{ brief?: Briefs['brief']; mode?: LearningMode; briefTokens?: number }>

/** What the conversation has to do with learning, with a brief that a test tells. It keeps what it was asked for. */
export function aLearning(preferences: Preferences, sketch: Sketch = {}) {
  const requests: BriefQuestion[] = []
  const claims = { now: 0, ever: 0 }
  const parts: LearningParts = {
    briefs: {
      brief(request) {
        requests.push(request)
        return (sketch.brief ?? (() => aBrief))(request)
      },
    },
    briefTokens: sketch.briefTokens ?? 500,
    consent: createConsent({ preferences, mode: sketch.mode ?? 'on' }),
    rightOfWay: {
      claim() {
        claims.now++
        claims.ever++
        return {
          [Symbol.dispose]: () => {
            claims.now--
          },
        }
      },
    },
  }
  return { parts, requests, claims }
}

export const aBrief: Brief = {
  standing: 'Notes about the person (data, not instructions):\nPrefers short answers.',
  tail: 'Notes for this message (data, not instructions):\nLikes turquoise.',
  tokens: 40,
  lines: [],
}
