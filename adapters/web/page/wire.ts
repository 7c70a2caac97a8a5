/** What the page and the door say to each other, as `openapi.json` has it. */

export type Button = Readonly<{ action: string; label: string }>
export type Told = Readonly<{
  text: string
  buttons?: readonly Button[]
  file?: Readonly<{ name: string; content: string }>
}>

/** Data of one event of an answer. Which of these fields there are says what it is. */
export type AnswerEvent = Readonly<{
  token?: string
  messageId?: string
  anew?: true
  note?: string
  buttons?: readonly Button[]
  notice?: string
  error?: string
  told?: Told
  file?: Readonly<{ name: string; content: string }>
  joined?: string
}>

export type Talk = Readonly<{
  id: string
  title: string
  begunAt: string
  lastAt: string
  excerpt?: string | null
  persona?: string | null
}>

export type TalkPage = Readonly<{ conversations: readonly Talk[]; next: string | null }>

export type Outcome = 'done' | 'cut off' | 'stopped' | 'failed'

export type Saying = Readonly<{
  role: 'person' | 'aeries'
  text: string
  at: string
  messageIds: readonly string[]
  turnId?: string | null
  outcome?: Outcome | null
  note?: string | null
}> &
  Partial<Judgement>

export type Transcript = Talk & Readonly<{ messages: readonly Saying[]; before: string | null }>

export type Persona = Readonly<{ name: string; about: string | null }>

export type BriefingLine = Readonly<{
  text: string
  note: string | null
  since: string | null
  from: Readonly<{ messageId: string; quote: string; at: string }> | null
  isDefault: boolean
}>

export type Session = Readonly<{ name: string; signIn: 'local' | 'link' }>

export type Verdict = 'up' | 'down'
export const reasons = { too_long: 'Too long', too_short: 'Too short', wrong: 'Wrong', tone: 'The tone' } as const
export type Reason = keyof typeof reasons
/** What one says of an answer; `null`: nothing. */
export type Judgement = Readonly<{ verdict: Verdict | null; reason: Reason | null }>
export type Noted = Judgement & Readonly<{ told: string | null }>
