import type { Clock } from '#src/core/clock.ts'
import type { Place } from '#src/core/place.ts'
import type { PlaceRead } from '#src/core/platform.ts'
import { incomingMessage, type ToldMessage } from './incoming.ts'
import { type Joined, joinedChannels, type Kinds } from './joined-channels.ts'
import { learnAbout } from './learning.ts'
import type { LookBack } from './look-back.ts'
import { mentionsIn } from './plain-text.ts'
import type { ReadSoFar } from './read-so-far.ts'
import { compareTs, timeOf } from './timestamp.ts'
import type { SlackMessage } from './wire.ts'
import type { Workspace } from './workspace.ts'

type Parts = Readonly<{ workspace: Workspace; clock: Clock; back: LookBack; after: string; soFar: ReadSoFar }>

type Spot = Readonly<{ channel: string; type: 'im' | 'mpim' | undefined; threads: Set<string> }>
type Strange = Readonly<{ spot: Spot; thread: string }>
type Told = ToldMessage | PlaceRead

/** A call each: of more places without a turn than these nobody looks, and of none where Slack grants few calls. */
const mostDms = 100
const mostChannels = 20
const mostThreads = 20

/**
 * What was said to Aeries in one workspace, the places where somebody is known to talk with it first. Where somebody looked already who
 * did not come to the end comes last: a house that dies over and over gets to the end of its places all the same.
 */
export class MissedWords {
  readonly #parts: Parts
  readonly #spots = new Map<string, Spot>()
  readonly #strange: Strange[] = []
  readonly #again: Spot[] = []

  constructor(parts: Parts, places: readonly Place[]) {
    this.#parts = parts
    for (const { channel, thread, audience } of places) {
      const spot = this.#spots.get(channel) ?? {
        channel,
        type: audience === 'dm' ? 'im' : undefined,
        threads: new Set(),
      }
      this.#spots.set(channel, spot)
      if (thread !== undefined) spot.threads.add(thread)
    }
  }

  async *read(signal: AbortSignal): AsyncGenerator<Told> {
    const { workspace, back, soFar } = this.#parts
    for (const spot of this.#spots.values()) yield* this.#firstIn(spot, signal)
    yield* this.#inOthers('im', signal)
    yield* this.#inOthers('mpim', signal)
    yield* this.#inOthers('public_channel,private_channel', signal)
    yield* this.#inStrange(0, signal)
    const looked = Math.min(this.#strange.length, mostThreads)
    const at = ({ channel }: Spot) => soFar.channelAt(channel)
    for (const spot of this.#again.toSorted((one, other) => at(one) - at(other))) yield* this.#inSpot(spot, signal)
    yield* this.#inStrange(looked, signal)
    const left = back.left + Math.max(0, this.#strange.length - mostThreads)
    const why = 'Slack lets nobody read more of them in time'
    if (left > 0) workspace.log.warn({ team: workspace.team, left, why }, 'places were left out of what was missed')
  }

  async *#inStrange(from: number, signal: AbortSignal): AsyncGenerator<Told> {
    const { isScarce } = this.#parts.workspace.reader.budget
    for (const { spot, thread } of this.#strange.slice(from, isScarce ? 0 : mostThreads)) {
      yield* this.#inThread(spot, thread, signal)
    }
  }

  /** Now, if nobody looked there yet. */
  async *#firstIn(spot: Spot, signal: AbortSignal): AsyncGenerator<Told> {
    if (this.#parts.soFar.channelAt(spot.channel) > 0) this.#again.push(spot)
    else yield* this.#inSpot(spot, signal)
  }

  /** Where Aeries is and has had no turn lately: whoever wrote for the first time while nobody listened. */
  async *#inOthers(kinds: Kinds, signal: AbortSignal): AsyncGenerator<Told> {
    const { workspace, clock } = this.#parts
    const { isScarce } = workspace.reader.budget
    if (isScarce && kinds !== 'im') return
    const others = (await joinedChannels({ workspace, clock }, kinds, signal)).filter(({ id }) => !this.#spots.has(id))
    const looked = others.filter(one => !isScarce || this.#isNew(one)).slice(0, kinds === 'im' ? mostDms : mostChannels)
    const left = others.length - looked.length
    if (left > 0) workspace.log.info({ kinds, left }, 'places without a turn were not looked into for what was missed')
    const type = kinds === 'im' || kinds === 'mpim' ? kinds : undefined
    for (const { id: channel } of looked) yield* this.#firstIn({ channel, type, threads: new Set() }, signal)
  }

  #isNew({ changedAt }: Joined): boolean {
    return changedAt >= timeOf(this.#parts.after).getTime()
  }

  /** The top level first: it tells which threads go on. */
  async *#inSpot(spot: Spot, signal: AbortSignal): AsyncGenerator<Told> {
    const { workspace, clock, back, soFar } = this.#parts
    const [begunAt, leftBefore] = [clock.now(), back.left]
    const read = await back.history(spot.channel, spot.threads, signal)
    if (spot.type === 'im') workspace.dmStyles.conclude(spot.channel, read)
    yield* this.#toldOf(spot, read.toReversed(), signal)
    const roots = new Map(read.map(message => [message.ts, message]))
    for (const thread of spot.threads) {
      const root = roots.get(thread)
      const isQuiet = root !== undefined && !this.#goesOn(spot, root)
      if (!isQuiet) yield* this.#inThread(spot, thread, signal)
    }
    for (const root of read.toReversed()) {
      if (spot.threads.has(root.ts) || !this.#goesOn(spot, root)) continue
      if (spot.type === 'im' || this.#isOurs(root)) yield* this.#inThread(spot, root.ts, signal)
      else this.#strange.push({ spot, thread: root.ts })
    }
    if (back.left === leftBefore) yield soFar.mark(begunAt, spot.channel)
  }

  /** Something was said in the thread that nobody has read. */
  #goesOn({ channel }: Spot, { ts, latest_reply: latest }: SlackMessage): boolean {
    const { after, soFar } = this.#parts
    const until = soFar.threadUntil(channel, ts)
    return isBehind(latest, after) && (until === undefined || isBehind(latest, until))
  }

  async *#inThread(spot: Spot, thread: string, signal: AbortSignal): AsyncGenerator<Told> {
    const { workspace, clock, back, after, soFar } = this.#parts
    const { channel } = spot
    const [begunAt, leftBefore] = [clock.now(), back.left]
    // The turn that is known of it was before what was missed.
    if (spot.threads.has(thread) && !workspace.threads.isKnown(channel, thread)) {
      workspace.threads.join(channel, thread, after)
    }
    const whole = !workspace.threads.isKnown(channel, thread)
    const read = await back.thread(channel, thread, whole, signal)
    if (whole && read.length > 0) workspace.threads.conclude(channel, thread, read)
    const answers = read.filter(({ ts }) => ts !== thread)
    yield* this.#toldOf(spot, answers, signal)
    if (back.left === leftBefore) yield soFar.mark(begunAt, channel, thread)
  }

  async *#toldOf(
    { channel, type }: Spot,
    read: readonly SlackMessage[],
    signal: AbortSignal,
  ): AsyncGenerator<ToldMessage> {
    const { workspace, after } = this.#parts
    for (const message of read.filter(({ ts }) => isBehind(ts, after))) {
      if (message.user == null || message.user === workspace.self || message.bot_id != null) continue
      // A root tells that it is one, which it could not know when it was said.
      const thread = message.thread_ts === message.ts ? undefined : message.thread_ts
      const said = { ...message, thread_ts: thread, channel, channel_type: type, external: false }
      await learnAbout(said, workspace, signal)
      signal.throwIfAborted()
      const told = incomingMessage(said, workspace)
      if (told?.message.addressed !== true) continue
      if (told.place.thread !== undefined) workspace.threads.join(channel, told.place.thread, message.ts)
      yield told
    }
  }

  /** Aeries is in the thread, as far as its root tells. */
  #isOurs({ user, text, reply_users: people }: SlackMessage): boolean {
    const { self } = this.#parts.workspace
    return user === self || people?.includes(self) === true || mentionsIn(text ?? '').people.includes(self)
  }
}

function isBehind(ts: string | null | undefined, after: string): boolean {
  return ts != null && compareTs(ts, after) > 0
}
