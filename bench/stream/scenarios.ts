import { Planner } from './planner.ts'
import type { Scenario, Setting } from './scenario.ts'
import type { Shape } from './trace.ts'

export type Measure = Readonly<{
  /** How long an ordinary answer is generated. */
  seconds: number
  /** How long the run of all but the hundred channels takes about. */
  spanSeconds: number
  /** How often each kind of answer comes, and each crowd. */
  repeats: number
  crowds: number
  phases: number
  channels: number
  /** Answers at once in one workspace of Slack. */
  inSlack: readonly number[]
}>

/**
 * Scenarios that are played at the same time, in channels of their own: few enough that the limit over all routes of a bot
 * is none to them. Slack counts over the whole workspace, and each act has a workspace of its own for each contender.
 * `sideBySide`: all contenders at once; else one after the other. `isListed`: played by those that are only listed, too.
 */
export type Act = Readonly<{ scenarios: readonly Scenario[]; sideBySide: boolean; isListed: boolean }>

/** All situations of one run: the same for every contender, the same in every run of the same measure. */
export function programme(measure: Measure): readonly Act[] {
  const { seconds, spanSeconds, repeats, crowds, phases, channels, inSlack } = measure
  const plan = new Planner(spanSeconds)
  const single = (name: string, shape: Shape, count: number) => plan.singles('one', name, shape, count)
  const ones = [
    single('steady 20/s', { type: 'steady', perSecond: 20, seconds }, repeats),
    single('steady 60/s', { type: 'steady', perSecond: 60, seconds }, repeats),
    // Half as long: more would not fit into five messages, which is all that a channel is asked to bear.
    single('steady 150/s', { type: 'steady', perSecond: 150, seconds: seconds / 2 }, repeats),
    single('bursts of 8', { type: 'bursts', of: 8, perSecond: 60, seconds }, repeats),
    single('stalls', { type: 'stalls', perSecond: 60, stallMs: 2_500, seconds }, repeats),
    single('long answers', { type: 'steady', perSecond: 20, seconds: spanSeconds - 6 }, Math.min(2, repeats)),
    single('5 tokens', { type: 'tokens', count: 5, perSecond: 60 }, repeats * 2),
  ]
  const shared = [
    plan.crowds('3 in a channel', 3, crowds, seconds),
    plan.crowds('6 in a channel', 6, crowds, seconds),
    plan.singles('too long', 'longer than 5 messages', { type: 'tokens', count: 2_400, perSecond: 240 }, 1),
    plan.singles('weather', 'bad weather', { type: 'steady', perSecond: 60, seconds }, repeats * 2),
  ]
  const apart = { sideBySide: true, isListed: false }
  return [
    { scenarios: [...ones, ...shared], sideBySide: true, isListed: true },
    { ...apart, scenarios: [plan.endingAtOnce('6 ending at once', phases, seconds)] },
    { ...apart, scenarios: [plan.many(`${channels} channels`, channels, seconds)], sideBySide: false },
    ...inSlack.flatMap(count => [
      { ...apart, scenarios: [slackOf(plan, count, 'channel', seconds)], isListed: true },
      { ...apart, scenarios: [slackOf(plan, count, 'agent view', seconds)] },
    ]),
    {
      ...apart,
      scenarios: [
        plan.weatherInSlack('bad weather in Slack', 'channel', repeats, seconds),
        plan.weatherInSlack('bad weather in agent view', 'agent view', repeats, seconds),
      ],
    },
  ]
}

function slackOf(plan: Planner, count: number, setting: Setting, seconds: number): Scenario {
  const name = `${count} in ${setting === 'channel' ? 'Slack' : setting}`
  return count === 1 ? plan.inTurn(name, setting, seconds) : plan.inWorkspace(name, setting, count, seconds)
}
