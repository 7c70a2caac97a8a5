import { durationMs, type Trace } from './trace.ts'

/** Answers in places that stand for one situation. All times are in ms from the begin of the run. */
export type Scenario = Readonly<{
  name: string
  platform: Platform
  setting: Setting
  situation: Situation
  channels: readonly ChannelPlan[]
}>

export type Platform = 'discord' | 'slack'

/** Where people ask: by a mention in a channel, or in the app's own tab in Slack, where every question has a thread. */
export type Setting = 'channel' | 'agent view'

/** What a scenario is measured for. */
export type Situation =
  | 'one' // one answer in a channel
  | 'crowd' // several in a channel, their ends apart
  | 'at once' // several in a channel that end together
  | 'many' // more answers than a platform has writes for
  | 'too long' // an answer of so many words that a contender may do with it what it likes, but lose none
  | 'weather' // a fifth of the requests in its channels fails, in four ways

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
