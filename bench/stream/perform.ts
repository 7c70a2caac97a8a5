import { setTimeout as sleep } from 'node:timers/promises'
import type { VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { filmOf, messagesOf } from './film.ts'
import { lettersOf } from './letters.ts'
import { type AnswerPlan, endMs, type Scenario, ttftMs } from './scenario.ts'
import type { LoggedWrite, ShownMessage, Stage } from './stage.ts'
import { createTrace } from './trace.ts'

/** A scenario as one contender played it. */
export type Played = Readonly<{ scenario: Scenario; stage: Stage; channels: readonly PlayedChannel[] }>

export type PlayedChannel = Readonly<{ id: string; answers: readonly PlayedAnswer[] }>

export type PlayedAnswer = Readonly<{ plan: AnswerPlan; key: string; letters: string; askedAt: () => number }>

type Cue = Readonly<{ atMs: number; ask: () => void }>

const lookEveryMs = 500
/** From the question to one contender to the same question to the next: each finds the machine free. */
const apartMs = 120
const warmAnswers = 2
const warmWithinMs = 30_000
/** A contender that has not written for so long after an answer's end will not do it any more: windows last 5 s. */
const quietMs = 9_000
/** In bad weather it may wait for an answer that does not come, as long as its library does. */
const quietInWeatherMs = 25_000
/** Slack's windows last a minute: so long at the most does its Retry-After let a client wait. */
const quietInSlackMs = 70_000

/** Plays the scenarios on all stages side by side, and waits until everything is shown or nothing moves any more. */
export async function perform(
  stages: readonly Stage[],
  scenarios: readonly Scenario[],
  vllm: VllmServer,
  signal: AbortSignal,
): Promise<readonly Played[]> {
  const lost = AbortSignal.any([signal, ...stages.map(stage => stage.lost)])
  const cues: Cue[] = []
  await Promise.all(stages.map(stage => warmUp(stage, vllm, lost)))
  const played = stages.flatMap((stage, index) => {
    const own: Cue[] = []
    const prepared = scenarios.map(scenario => prepare(stage, scenario, vllm, own))
    cues.push(...own.map(({ atMs, ask }) => ({ atMs: atMs + index * apartMs, ask })))
    return prepared
  })
  cues.sort((one, other) => one.atMs - other.atMs)
  const begin = performance.now()
  for (const { atMs, ask } of cues) {
    const wait = begin + atMs - performance.now()
    if (wait > 0) await sleep(wait, undefined, { signal: lost })
    ask()
  }
  const last = Math.max(...scenarios.flatMap(({ channels }) => channels.flatMap(({ answers }) => answers.map(endMs))))
  await sleep(Math.max(0, begin + last - performance.now()), undefined, { signal: lost })
  const done = new Set<string>()
  const look = () => {
    const writes = new Map(stages.map(stage => [stage, stage.writes()]))
    return played.filter(one => !isOver(one, done, writes.get(one.stage) ?? [])).length === 0
  }
  while (!look()) await sleep(lookEveryMs, undefined, { signal: lost })
  return played
}

/** The first answer of a process opens connections and compiles code: that is told of a service that starts, not of one that runs. */
async function warmUp(stage: Stage, vllm: VllmServer, signal: AbortSignal): Promise<void> {
  const channel = stage.open(`warm-${stage.contender}`, 'channel', false)
  for (let answer = 0; answer < warmAnswers; answer += 1) {
    const trace = createTrace({ type: 'tokens', count: 20, perSecond: 60 }, `warm${answer}x`, answer)
    const plan = { tag: `warm${answer}x`, asker: answer, firstTokenMs: 0, trace }
    const key = `${stage.contender} ${plan.tag}`
    vllm.script({ name: key, match: { question: key }, tokens: trace.tokens, itlMs: trace.gapsMs })
    stage.ask(channel, plan.asker, key)
    const isDone = () => vllm.calls.some(({ script, outcome }) => script === key && outcome === 'finished')
    const within = AbortSignal.any([signal, AbortSignal.timeout(warmWithinMs)])
    while (!isDone()) await sleep(lookEveryMs, undefined, { signal: within })
  }
}

function prepare(stage: Stage, scenario: Scenario, vllm: VllmServer, cues: Cue[]): Played {
  const channels = scenario.channels.map(({ name, answers }) => {
    const id = stage.open(name, scenario.setting, scenario.situation === 'weather')
    return { id, answers: answers.map(plan => prepareAnswer(plan, id)) }
  })
  return { scenario, stage, channels }

  function prepareAnswer(plan: AnswerPlan, channel: string): PlayedAnswer {
    const { tokens, gapsMs } = plan.trace
    const key = `${stage.contender} ${plan.tag}`
    let askedAt = Number.NaN
    const ask = () => {
      vllm.script({ name: key, match: { question: key }, tokens, ttftMs, itlMs: gapsMs, finishCarriesText: true })
      askedAt = stage.ask(channel, plan.asker, key)
    }
    cues.push({ atMs: plan.firstTokenMs - ttftMs, ask })
    return { plan, key, letters: lettersOf(tokens.join('')), askedAt: () => askedAt }
  }
}

/** Everything is shown, or the contender has been quiet for so long that it will stay so. */
function isOver({ scenario, stage, channels }: Played, done: Set<string>, writes: readonly LoggedWrite[]): boolean {
  const patience = patienceFor(scenario)
  // The stages of Slack count their channels alike.
  const nameOf = (id: string) => `${stage.contender} ${id}`
  for (const { id, answers } of channels) {
    if (done.has(nameOf(id))) continue
    const ends = answers.map(({ plan, askedAt }) => askedAt() + endMs(plan) - plan.firstTokenMs + ttftMs)
    const lastWrite = writes.findLast(({ channel }) => channel === id)?.answeredAt ?? 0
    const isQuiet = Date.now() - Math.max(lastWrite, ...ends) > patience
    if (isQuiet || isShown(answers, stage.messages(id))) done.add(nameOf(id))
  }
  return channels.every(({ id }) => done.has(nameOf(id)))
}

function patienceFor({ platform, situation }: Scenario): number {
  if (platform === 'slack') return quietInSlackMs
  return situation === 'weather' ? quietInWeatherMs : quietMs
}

/** Looks at the last text of each message only: this is asked while others are still measured. */
function isShown(answers: readonly PlayedAnswer[], messages: readonly ShownMessage[]): boolean {
  const last = messages.map(message => ({ ...message, frames: message.frames.slice(-1) }))
  return answers.every(({ letters }) => filmOf(letters, messagesOf(letters, last)).at(-1)?.letters === letters.length)
}
