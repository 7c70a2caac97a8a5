import type { EventKey, MessageId, TurnId } from './ids.ts'
import type { Person } from './person.ts'
import type { Signal, SignalSource } from './signal.ts'

/** What somebody thinks of one answer. */
export const verdicts = [
  'loved',
  'good',
  'thanks',
  'bad',
  'awful',
  'unclear',
  'wrong',
  'too long',
  'too short',
  'tone',
] as const
export type Verdict = (typeof verdicts)[number]

/** An answer, by a message that shows it, or by its turn. */
export type AnswerRef = Readonly<{ message: MessageId }> | Readonly<{ turn: TurnId }>

/** One person's word on one answer, given or taken back. */
export type Opinion = Readonly<{
  /** The event that tells it; told twice it counts once. */
  key: EventKey
  person: Person
  on: AnswerRef
  /** What it was given by: a reaction's emoji, or `tap`. Of each a person has one on a message. */
  sign: string
  /** `undefined`: it is taken back. */
  verdict: Verdict | undefined
  /** By the platform's clock: of two words that contradict each other the later one holds, in whatever order they come. */
  at: Date
}>

/** The sign of what was said by a button. A message has one such word of a person; it goes with the reaction that it explains. */
export const tapSign = 'tap'

/** An answer, as far as its style is to be judged. */
export type Answer = Readonly<{
  text: string
  /** What it answers. */
  question: string
  /** What the same person was answered before in that conversation, newest first. */
  before: readonly string[]
}>

/** A word on an answer that is not taken back. */
export type Given = Readonly<{
  message: MessageId
  sign: string
  verdict: Verdict
  at: Date
  /** What stood out in the answer when it was given, in few fixed words. */
  facets: readonly string[]
}>

/** On what all that one person says of one answer is. `source`: of every signal that comes of it. */
export type Rated = Readonly<{ turn: TurnId; source: SignalSource; isAsker: boolean }>

/** What opinions are evidence of. Pure, so that taking one back leaves what would be there without it. */
export interface OpinionCraft {
  facetsOf(answer: Answer): readonly string[]
  weigh(given: readonly Given[], rated: Rated): readonly Signal[]
}

/** Learns from what people think of answers. */
export interface Feedback {
  /**
   * Whose opinion it is, of them alone is learnt, if that may be (or else it is `unwelcome`); taken back, it is as if it had never
   * been. `known`: nothing changes by it.
   */
  hear(opinion: Opinion): Promise<'heard' | 'known' | 'unwelcome'>
  /** All reactions on a message were taken away, or all by one sign, whoever's they were. */
  clear(message: MessageId, sign: string | undefined, at: Date): Promise<void>
}
