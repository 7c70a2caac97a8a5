import { durationMs, type Trace } from './trace.ts'

/** Answers in places that stand for one situation. All times are in ms from the begin of the run. */
export type Scenario = Readonly<{
  name: string
  platform: 'discord' | 'slack'
  channels: readonly ChannelPlan[]
  /** A fifth of the requests in its channels fails, in four ways. */
  weather: boolean
}>

export type ChannelPlan = Readonly<{ name: string; answers: readonly AnswerPlan[] }>

export type AnswerPlan = Readonly<{
  /** Stands in the question and begins the answer. */
  tag: string
  /** Which of the people in the channel asks. */
  asker: number
  firstTokenMs: number
  trace: Trace
}>

/** What a person waits for a model's first token at the least, as on an H100. */
export const ttftMs = 90

export function endMs({ firstTokenMs, trace }: AnswerPlan): number {
  return firstTokenMs + durationMs(trace)
}
