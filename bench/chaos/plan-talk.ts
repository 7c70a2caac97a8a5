import { nameOf } from './checker/answer-of.ts'
import type { Place } from './places.ts'
import type { Random } from './random.ts'

export type Style =
  | 'dm'
  | 'slack dm'
  | 'mention'
  /** In a thread that Aeries is in, without naming it. */
  | 'follow-up'
  /** Discord's reply to what Aeries said last in the place. */
  | 'reply'
  /** Not said to Aeries. */
  | 'chatter'
  /** Said to somebody else in a thread that Aeries is in. */
  | 'to another'

/** One message that somebody is going to say. */
export type Message = Readonly<{
  at: number
  name: string
  place: string
  /** Number of the person in the cast. */
  who: number
  style: Style
  addressed: boolean
  hasLink: boolean
  /** Name of the message in whose thread it is said, of Slack. */
  root: string | undefined
}>

type Parts = Readonly<{
  places: readonly Place[]
  removals: readonly Readonly<{ at: number; place: string }>[]
  calmMs: number
  ms: number
  slackDm: 'flat' | 'threads'
}>

const addressedPerMinute = 240
const chatterPerMinute = 320
const minute = 60_000

/** Who says what where when: first everybody one thing in every place, then as it comes. */
export function planTalk(random: Random, parts: Parts): readonly Message[] {
  const { places, removals, calmMs, ms } = parts
  const talk = new Talk(random, parts)
  for (const place of places) talk.ask(place, random.between(0, calmMs * 0.7), false)
  const goneAt = new Map(removals.map(({ at, place }) => [place, at]))
  const isThere = (place: Place, at: number) => at < (goneAt.get(place.name) ?? Number.POSITIVE_INFINITY) - 4_000
  const shared = places.filter(({ kind }) => kind !== 'dm')
  const weights = places.map(place => [place.kind === 'channel' ? 1.5 : 1, place] as const)
  while (talk.addressed < (addressedPerMinute * ms) / minute) {
    const [place, at] = [random.weighed(weights), random.between(calmMs, ms)]
    if (isThere(place, at)) talk.ask(place, at, true)
  }
  while (talk.chatter < (chatterPerMinute * ms) / minute) {
    const [place, at] = [random.pick(shared), random.between(calmMs, ms)]
    if (isThere(place, at)) talk.chat(place, at)
  }
  return talk.messages.toSorted((a, b) => a.at - b.at)
}

class Talk {
  readonly messages: Message[] = []
  addressed = 0
  chatter = 0
  readonly #random: Random
  readonly #parts: Parts
  #count = 0

  constructor(random: Random, parts: Parts) {
    this.#random = random
    this.#parts = parts
  }

  /** One question; with `more` at times a burst of them, words added to it before or during the answer, a follow-up. */
  ask(place: Place, at: number, more: boolean): void {
    const random = this.#random
    const who = random.pick(place.people)
    const style = more ? this.#styleIn(place) : firstStyle(place)
    const first = this.#say({ at, place, who, style })
    if (!more) return
    const root = place.platform === 'slack' && this.#opensThread(place) ? first.name : undefined
    const added = { place, who, root, style: root === undefined ? first.style : this.#inThread(place) }
    const draw = random.next()
    if (draw < 0.15) this.#burst(added, at, random.whole(1, 3))
    else if (draw < 0.3) this.#say({ ...added, at: at + random.between(200, 900) })
    else if (draw < 0.45) this.#say({ ...added, at: at + random.between(900, 4_000) })
    else if (draw < 0.55) this.#say({ ...added, at: at + random.between(4_000, 15_000) })
    // Another person in the same thread has a lane of their own.
    if (root !== undefined && place.kind === 'channel' && random.chance(0.15)) {
      this.#say({ place, who: random.pick(place.people), root, style: 'mention', at: at + random.between(300, 5_000) })
    }
    if (root !== undefined && place.kind === 'channel' && random.chance(0.2)) {
      this.#say({ place, who, root, style: 'to another', at: at + random.between(300, 5_000) })
    }
  }

  chat(place: Place, at: number): void {
    const style = place.kind === 'thread' ? 'to another' : 'chatter'
    this.#say({ at, place, who: this.#random.pick(place.people), style })
  }

  #burst(added: Omit<Saying, 'at'>, at: number, count: number): void {
    for (let i = 1, next = at; i <= count; i++) {
      next += this.#random.between(5, 250)
      this.#say({ ...added, at: next })
    }
  }

  #styleIn(place: Place): Style {
    if (place.platform === 'slack' || place.kind === 'dm') return firstStyle(place)
    if (place.kind === 'thread') return this.#random.pick(['mention', 'follow-up', 'follow-up'])
    return this.#random.pick(['mention', 'mention', 'reply'])
  }

  /** In Slack a mention opens a thread in a channel; a DM does so in the agent view. */
  #opensThread({ kind }: Place): boolean {
    return kind === 'channel' || this.#parts.slackDm === 'threads'
  }

  #inThread({ kind }: Place): Style {
    return kind === 'dm' ? 'slack dm' : this.#random.pick(['mention', 'follow-up'])
  }

  #say({ at, place, who, style, root }: Saying): Message {
    this.#count += 1
    const addressed = style !== 'chatter' && style !== 'to another'
    const name = nameOf(this.#count)
    const hasLink = this.#random.chance(0.12)
    const message = { at: Math.min(at, this.#parts.ms), name, place: place.name, who, style, addressed, hasLink, root }
    this.messages.push(message)
    if (addressed) this.addressed += 1
    else this.chatter += 1
    return message
  }
}

type Saying = Readonly<{ at: number; place: Place; who: number; style: Style; root?: string | undefined }>

function firstStyle({ kind, platform }: Place): Style {
  if (kind !== 'dm') return 'mention'
  return platform === 'slack' ? 'slack dm' : 'dm'
}
