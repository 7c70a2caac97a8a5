import type { EventKey, MessageId, TurnId } from './ids.ts'
import type { Person } from './person.ts'
import type { Place } from './place.ts'

/** What somebody thinks of one answer. The last four name a reason, which weighs more than a guess at it. */
export const verdicts = [
  'loved',
  'good',
  'thanks',
  'bad',
  'awful',
  'unclear',
  'too long',
  'too short',
  'wrong',
  'tone',
] as const
export type Verdict = (typeof verdicts)[number]

/** One person's word on one answer, given or taken back. */
export type Opinion = Readonly<{
  /** The event that tells it; told twice it counts once. */
  key: EventKey
  person: Person
  place: Place
  turn: TurnId
  /** The message of the answer that it was given on. */
  message: MessageId
  /** What it was given by: a reaction's emoji as the platform writes it, or `tap`. Of each a person has one on a message. */
  sign: string
  verdict: Verdict
  change: 'added' | 'removed'
  /** By the platform's clock: of two words that contradict each other the later one holds, in whatever order they come. */
  at: Date
}>

/** Learns from what people think of answers. */
export interface Feedback {
  /** Whose opinion it is alone learns from it, if they may be learnt from; taken back, it is as if it had never been. */
  hear(opinion: Opinion): Promise<void>
  /** All reactions on a message were taken away, or all with one of these signs, whoever's they were. */
  clear(message: MessageId, signs: readonly string[] | undefined, at: Date): Promise<void>
}
