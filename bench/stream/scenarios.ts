import { createRandom } from '#bench/history/random.ts'
import type { AnswerPlan, ChannelPlan, Scenario, Situation } from './scenario.ts'
import { createTrace, type Shape } from './trace.ts'

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
}>

/**
 * Scenarios that are played at the same time, in channels of their own: few enough that the limit over all routes of a bot
 * is none to them. `sideBySide`: all contenders at once, each on a Discord of its own; else one after the other.
 */
export type Act = Readonly<{ scenarios: readonly Scenario[]; sideBySide: boolean }>

/** POSTs of a channel are limited, too: answers that begin so far apart find a slot for their first text. */
const betweenStartsMs = 1_300
const betweenEndsMs = 500
/** Slow enough that no answer needs a second message: what is compared is the sharing of one channel. */
const crowdPerSecond = 12
/** Everybody is connected by then. */
const settleMs = 1_000
const windowMs = 5_000
/** Its multiples lie evenly between the whole numbers, however many there are. */
const goldenRatio = (Math.sqrt(5) - 1) / 2

/** All situations of one run: the same for every contender, the same in every run of the same measure. */
export function programme(measure: Measure): readonly Act[] {
  const { seconds, spanSeconds, repeats, crowds, phases, channels } = measure
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
  return [
    { scenarios: [...ones, ...shared], sideBySide: true },
    { scenarios: [plan.endingAtOnce('6 ending at once', phases, seconds)], sideBySide: true },
    { scenarios: [plan.many(`${channels} channels`, channels, seconds)], sideBySide: false },
  ]
}

class Planner {
  readonly #spanMs: number
  readonly #random = createRandom(7)
  #answers = 0
  #phases = 0
  #channels = 0

  constructor(spanSeconds: number) {
    this.#spanMs = spanSeconds * 1_000
  }

  /** One answer in each channel, anywhere in the span. */
  singles(situation: Situation, name: string, shape: Shape, count: number): Scenario {
    const channels = Array.from({ length: count }, (_, index) => {
      const sized = 'seconds' in shape ? { ...shape, seconds: shape.seconds + this.#phase() } : shape
      const lengthMs = 'seconds' in sized ? sized.seconds * 1_000 : 0
      const from = ((index + this.#random()) / count) * Math.max(0, this.#spanMs - lengthMs)
      return this.#channel([this.#answer(0, settleMs + from, sized)])
    })
    return { name, platform: 'discord', situation, channels }
  }

  /** Several answers in one channel that end one after the other. */
  crowds(name: string, size: number, count: number, seconds: number): Scenario {
    const channels = Array.from({ length: count }, (_, index) =>
      this.#crowd(size, this.#startOf(index, count, seconds), seconds * 1_000, betweenEndsMs),
    )
    return { name, platform: 'discord', situation: 'crowd', channels }
  }

  /** Six answers in one channel that end in the same moment, which lies elsewhere in the window each time. */
  endingAtOnce(name: string, phases: number, seconds: number): Scenario {
    const channels = Array.from({ length: phases }, (_, phase) => {
      const lengthMs = seconds * 1_000 + (phase * windowMs) / phases
      return this.#crowd(6, this.#startOf(phase, phases, seconds + windowMs / 1_000), lengthMs, 0)
    })
    return { name, platform: 'discord', situation: 'at once', channels }
  }

  /** One answer in each of many channels at once: more than all writes that a bot has in a second. */
  many(name: string, count: number, seconds: number): Scenario {
    const arrivalsMs = Math.min(5_000, seconds * 500)
    const channels = Array.from({ length: count }, (_, index) => {
      const at = settleMs + ((index + this.#random()) / count) * arrivalsMs
      return this.#channel([this.#answer(0, at, { type: 'steady', perSecond: 20, seconds })])
    })
    return { name, platform: 'discord', situation: 'many', channels }
  }

  /** `lengthMs`: from the last start to the first end. */
  #crowd(size: number, startMs: number, lengthMs: number, endsApartMs: number): ChannelPlan {
    const lastStart = startMs + (size - 1) * betweenStartsMs
    const answers = Array.from({ length: size }, (_, index) => {
      const at = startMs + index * betweenStartsMs
      const end = lastStart + lengthMs + index * endsApartMs
      return this.#answer(index, at, { type: 'steady', perSecond: crowdPerSecond, seconds: (end - at) / 1_000 })
    })
    return this.#channel(answers)
  }

  /** Seconds up to a window's length, spread evenly: that an end falls where a window is spent is a matter of luck. */
  #phase(): number {
    this.#phases += goldenRatio
    return ((this.#phases % 1) * windowMs) / 1_000
  }

  #startOf(index: number, count: number, seconds: number): number {
    const longestMs = seconds * 1_000 + 6 * (betweenStartsMs + betweenEndsMs)
    return settleMs + ((index + this.#random()) / count) * Math.max(0, this.#spanMs - longestMs)
  }

  #channel(answers: readonly AnswerPlan[]): ChannelPlan {
    this.#channels += 1
    return { name: `room-${this.#channels}`, answers }
  }

  #answer(asker: number, firstTokenMs: number, shape: Shape): AnswerPlan {
    this.#answers += 1
    const tag = `tale${this.#answers}x`
    return { tag, asker, firstTokenMs, trace: createTrace(shape, tag, this.#answers) }
  }
}
