import type { Briefs } from '#src/core/brief.ts'
import type { Consent } from '#src/core/consent.ts'
import type { Feedback } from '#src/core/feedback.ts'
import type { Notebook } from '#src/core/notebook.ts'
import type { RightOfWay } from '#src/core/right-of-way.ts'

/** What the conversation has to do with learning: it reads briefs, asks for consent, and goes first. It waits for nothing else. */
export type LearningParts = Readonly<{
  briefs: Briefs
  /** Tokens of a brief, at most. */
  briefTokens: number
  consent: Consent
  rightOfWay: RightOfWay
  /** Without it notes are told by their bare values, and cannot be corrected. */
  notebook?: Notebook | undefined
  /** Without it reactions teach nothing. */
  feedback?: Feedback | undefined
}>
