import type { Verdict } from './feedback.ts'
import type { Usage } from './model.ts'
import type { WriteOutcome, WritePhase } from './surface.ts'
import type { TurnOutcome } from './turn.ts'

/**
 * What the house tells whoever counts: times in milliseconds, and few fixed words. Never what people wrote, and never who or
 * where: a platform's name is all that is told of a place.
 */
export type Telling =
  /** A question came, and so long after it its asker saw that Aeries is writing. */
  | Readonly<{ type: 'typing'; platform: string; sinceAcceptMs: number }>
  /** The first words of an answer stand on the platform. Of a question that was heard late nobody knows when it was accepted. */
  | Readonly<{ type: 'first text'; platform: string; sinceAcceptMs: number | undefined; sinceTokenMs: number }>
  /** The answer stands there as it stays, so long after its last words were generated. */
  | Readonly<{ type: 'last text'; platform: string; sinceTokenMs: number }>
  /** One write came back; `ageMs`: how old the oldest of its new words was when it stood there, if it has new ones. */
  | Readonly<{
      type: 'write'
      platform: string
      phase: WritePhase
      outcome: WriteOutcome['outcome']
      ageMs: number | undefined
    }>
  /** The model ended an answer. */
  | Readonly<{ type: 'generated'; usage: Usage }>
  /** An answer ended without the model, which tells no usage then; so many tokens were asked and said, as far as can be estimated. */
  | Readonly<{ type: 'left off'; tokens: number }>
  /** A turn was begun, or taken up, and is over: closed, or left to another try of its asker. */
  | Readonly<{ type: 'turn begun' }>
  | Readonly<{ type: 'turn over' }>
  | Readonly<{ type: 'turn closed'; platform: string; outcome: TurnOutcome }>
  /** A job of the observer came to this; `reason`: in few fixed words, why it was not more. */
  | Readonly<{ type: 'observed'; outcome: 'learnt' | 'nothing' | 'put back' | 'given up'; reason: string }>
  /** What is known of an asker was put into words for one reply; without tokens there is nothing to tell. */
  | Readonly<{ type: 'brief'; outcome: 'whole' | 'without tail' | 'failed'; ms: number; tokens: number }>
  /** Somebody said what they think of an answer, which Aeries gave as that persona, or took it back. */
  | Readonly<{ type: 'feedback'; platform: string; verdict: Verdict | 'taken back'; persona: string }>
  /** Something that an operator has to look at, although all goes on. */
  | Readonly<{ type: 'alarm'; name: AlarmName; platform: string; cause: string; cure: string }>

export const alarmNames = ['second speaker'] as const
/** `second speaker`: another process speaks with our token. */
export type AlarmName = (typeof alarmNames)[number]

/** Told while answers are written: it returns at once and never throws. */
export interface Telemetry {
  tell(telling: Telling): void
}

/** For whoever counts nothing. */
export const untold: Telemetry = { tell: () => {} }
