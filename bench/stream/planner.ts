import { createRandom } from '#bench/history/random.ts'
import type { AnswerPlan, ChannelPlan, Scenario, Setting, Situation } from './scenario.ts'
import { createTrace, type Shape } from './trace.ts'

/** POSTs of a channel are limited, too: answers that begin so far apart find a slot for their first text. */
const betweenStartsMs = 1_300
const betweenEndsMs = 500
const betweenTurnsMs = 2_000
/** Slow enough that no answer needs a second message: what is compared is the sharing of one channel. */
const crowdPerSecond = 12
/** Everybody is connected by then. */
const settleMs = 1_000
const windowMs = 5_000
/** Its multiples lie evenly between the whole numbers, however many there are. */
const goldenRatio = (Math.sqrt(5) - 1) / 2

const onDiscord = { platform: 'discord', setting: 'channel' } as const

/** Plans answers one by one, so that each has words and a tag of its own. */
export class Planner {
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
    return { name, ...onDiscord, situation, channels }
  }

  /** Several answers in one channel that end one after the other. */
  crowds(name: string, size: number, count: number, seconds: number): Scenario {
    const channels = Array.from({ length: count }, (_, index) =>
      this.#crowd(size, this.#startOf(index, count, seconds), seconds * 1_000, betweenEndsMs),
    )
    return { name, ...onDiscord, situation: 'crowd', channels }
  }

  /** Six answers in one channel that end in the same moment, which lies elsewhere in the window each time. */
  endingAtOnce(name: string, phases: number, seconds: number): Scenario {
    const channels = Array.from({ length: phases }, (_, phase) => {
      const lengthMs = seconds * 1_000 + (phase * windowMs) / phases
      return this.#crowd(6, this.#startOf(phase, phases, seconds + windowMs / 1_000), lengthMs, 0)
    })
    return { name, ...onDiscord, situation: 'at once', channels }
  }

  /** One answer in each of many channels at once: more than all writes that a bot has in a second. */
  many(name: string, count: number, seconds: number): Scenario {
    const channels = Array.from({ length: count }, (_, index) => {
      const at = settleMs + ((index + this.#random()) / count) * arrivalsMs(seconds)
      return this.#channel([this.#answer(0, at, { type: 'steady', perSecond: 20, seconds })])
    })
    return { name, ...onDiscord, situation: 'many', channels }
  }

  /** One answer after the other in one workspace of Slack, for as long as its limits count. */
  inTurn(name: string, setting: Setting, seconds: number): Scenario {
    const channels: ChannelPlan[] = []
    let at = settleMs
    while (channels.length === 0 || at + seconds * 1_000 < this.#spanMs) {
      const lengthMs = seconds * 1_000 + this.#phase() * 1_000
      channels.push(this.#channel([this.#answer(0, at, { type: 'steady', perSecond: 20, seconds: lengthMs / 1_000 })]))
      at += lengthMs + betweenTurnsMs
    }
    return { name, platform: 'slack', setting, situation: 'one', channels }
  }

  /** So many answers at once in one workspace of Slack, each in a place of its own. */
  inWorkspace(name: string, setting: Setting, count: number, seconds: number): Scenario {
    const channels = Array.from({ length: count }, (_, index) => {
      const at = settleMs + ((index + this.#random()) / count) * arrivalsMs(seconds)
      const shape: Shape = { type: 'steady', perSecond: crowdPerSecond, seconds: 2 * seconds + this.#phase() }
      return this.#channel([this.#answer(0, at, shape)])
    })
    return { name, platform: 'slack', setting, situation: 'many', channels }
  }

  weatherInSlack(name: string, setting: Setting, count: number, seconds: number): Scenario {
    const channels = Array.from({ length: count }, (_, index) => {
      const from = ((index + this.#random()) / count) * Math.max(0, this.#spanMs - 2 * seconds * 1_000)
      return this.#channel([this.#answer(0, settleMs + from, { type: 'steady', perSecond: 20, seconds })])
    })
    return { name, platform: 'slack', setting, situation: 'weather', channels }
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

/** Within which many answers begin. */
function arrivalsMs(seconds: number): number {
  return Math.min(5_000, seconds * 500)
}
