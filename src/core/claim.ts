import type { MessageId } from './ids.ts'

/** What a claim is about. Each person has at most one live value in a `single` slot; `open` is for what fits no other. */
export const slots = {
  call_me: { holds: 'single', sensitivity: 'S1' },
  pronouns: { holds: 'single', sensitivity: 'S1' },
  language: { holds: 'single', sensitivity: 'S0' },
  timezone: { holds: 'single', sensitivity: 'S1' },
  units: { holds: 'single', sensitivity: 'S0' },
  reply_length: { holds: 'single', sensitivity: 'S0' },
  reply_format: { holds: 'many', sensitivity: 'S0' },
  tone: { holds: 'single', sensitivity: 'S0' },
  emoji_use: { holds: 'single', sensitivity: 'S0' },
  explanation: { holds: 'single', sensitivity: 'S0' },
  code_language: { holds: 'single', sensitivity: 'S2' },
  expertise: { holds: 'many', sensitivity: 'S2' },
  role: { holds: 'single', sensitivity: 'S1' },
  team: { holds: 'single', sensitivity: 'S2' },
  workplace: { holds: 'single', sensitivity: 'S2' },
  education: { holds: 'single', sensitivity: 'S2' },
  working_hours: { holds: 'single', sensitivity: 'S2' },
  location: { holds: 'single', sensitivity: 'S2' },
  current_project: { holds: 'single', sensitivity: 'S2' },
  schedule: { holds: 'many', sensitivity: 'S2' },
  tools: { holds: 'many', sensitivity: 'S2' },
  likes: { holds: 'many', sensitivity: 'S2' },
  dislikes: { holds: 'many', sensitivity: 'S2' },
  goal: { holds: 'many', sensitivity: 'S2' },
  open: { holds: 'many', sensitivity: 'S2' },
} as const satisfies Readonly<Record<string, Readonly<{ holds: 'single' | 'many'; sensitivity: Sensitivity }>>>

export type Slot = keyof typeof slots

/** `S0`: style, tells nothing about the person. `S1`: who they are. `S2`: what they told. What is more sensitive is never a claim. */
export type Sensitivity = 'S0' | 'S1' | 'S2'

export const claimKinds = ['instruction', 'preference', 'dislike', 'fact', 'correction', 'goal', 'temporary'] as const
export type ClaimKind = (typeof claimKinds)[number]

/**
 * The whole set of values of the slots that are normalised to words of ours. Beside them: `language` holds an ISO 639-1 code,
 * `timezone` an IANA name or `UTC+02:00`, `pronouns` a form such as `they/them`; the other slots hold words of the quote.
 */
export const slotValues = {
  reply_length: ['short', 'long'],
  reply_format: ['prose', 'bullets', 'code', 'table', 'headings', 'numbered', 'steps', 'bold'],
  tone: ['casual', 'formal', 'warm', 'direct', 'playful', 'serious'],
  emoji_use: ['none', 'few', 'more'],
  explanation: ['simple', 'technical', 'examples', 'step_by_step', 'sources', 'conclusion_first', 'no_small_talk'],
  units: ['metric', 'imperial'],
} as const satisfies Partial<Readonly<Record<Slot, readonly string[]>>>

/** Something that a person said about themself, or about how they want to be answered, proven by their own words. */
export type Claim = Readonly<{
  kind: ClaimKind
  slot: Slot
  /** Normalised: one of `slotValues`, or at most 80 plain characters, all words of the quote. Letters, digits and simple punctuation only. */
  value: string
  /** `-1`: they do not want it, or it is not so ("no bullets": `reply_format`, `bullets`, -1). */
  polarity: 1 | -1
  /** The person's own words: `text.slice(start, start + length)` of that message, as it was received. */
  quote: string
  start: number
  length: number
  message: MessageId
  sensitivity: Sensitivity
  /** From the time of the message on, in milliseconds; `undefined`: until further notice. */
  lastsMs: number | undefined
  /** A claim of the detector was found by patterns, without a model. */
  source: 'model' | 'detector'
}>

export const topics = [
  'programming',
  'data',
  'operations',
  'design',
  'writing',
  'translation',
  'mathematics',
  'science',
  'learning',
  'planning',
  'business',
  'work',
  'travel',
  'food',
  'sport',
  'games',
  'music',
  'film_and_books',
  'home',
  'animals',
  'technology',
  'small_talk',
  'other',
] as const
export const userTones = ['neutral', 'warm', 'playful', 'formal', 'frustrated', 'rushed'] as const
export const requestTypes = ['question', 'task', 'chat', 'feedback', 'correction', 'command'] as const
export const replyVerdicts = ['none', 'satisfied', 'dissatisfied', 'corrected', 'asked_again'] as const
export const lengthWishes = ['none', 'shorter', 'longer'] as const
export const formatWishes = ['none', 'prose', 'bullets', 'code', 'table', 'no_emoji', 'more_emoji'] as const

/** What an exchange was like. Guessed by the model from fixed words: weak evidence, never a claim, and nothing of it is free text. */
export type Observation = Readonly<{
  tone: (typeof userTones)[number]
  requestType: (typeof requestTypes)[number]
  /** `other` as well when the words touch on what is never kept. */
  topic: (typeof topics)[number]
  /** What they made of the reply before. */
  lastReply: (typeof replyVerdicts)[number]
  wantLength: (typeof lengthWishes)[number]
  wantFormat: (typeof formatWishes)[number]
}>
