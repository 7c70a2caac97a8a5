import PQueue from 'p-queue'
import type { MessageEvent } from '#src/core/event.ts'
import type { PlatformAdapter } from '#src/core/platform.ts'
import type { Door } from './access/door.ts'
import type { Call } from './commands/call.ts'
import { callIn, lateCallIn } from './commands/call-in.ts'
import { isStop } from './controls/stop-words.ts'
import type { Heard } from './exchange.ts'
import type { LaneParts } from './lane-parts.ts'
import { type Lanes, laneOf } from './lanes.ts'
import { offerAnswer } from './offer-answer.ts'
import { namesAt } from './persona-of.ts'
import { isFresh } from './resting.ts'

type Platform = Pick<PlatformAdapter, 'platform' | 'missed'>

/** Where nobody has said anything for longer nobody waits for an answer either. */
const lookForMissedMs = 7 * 24 * 3_600_000
const mostPlaces = 200
/** What is read of one place comes at once, and gets one answer. */
const gatherMs = 200
/** A look back that failed, be it because the store took nothing, is tried again after so long. */
const lookAgainMs = 30_000

/** Does what somebody wanted done while nobody listened. */
export type Heed = (event: MessageEvent, call: Call) => Promise<void>

/** Asks platforms for what was said to Aeries while nobody listened. */
export class CatchUp {
  readonly #parts: LaneParts
  readonly #platforms: readonly Platform[]
  readonly #lanes: Lanes
  readonly #door: Door
  readonly #heed: Heed
  /** Since when words may be missing that no look back has begun to read. */
  readonly #unread = new Map<string, Date>()
  /** Of each platform one look back at a time: platforms grant few reads. */
  readonly #readings = new Map<string, PQueue>()

  constructor(parts: LaneParts, platforms: readonly Platform[], lanes: Lanes, door: Door, heed: Heed) {
    this.#parts = parts
    this.#platforms = platforms
    this.#lanes = lanes
    this.#door = door
    this.#heed = heed
  }

  /** Never rejects: resolves once all was read, or a first try has failed. */
  lookBack(name: string, since: Date): Promise<void> {
    const done = Promise.withResolvers<void>()
    const platform = this.#platforms.find(({ platform }) => platform === name)
    this.#miss(name, since)
    this.#lanes.own(async () => {
      try {
        if (platform) await this.#readUntilDone(platform, since, () => done.resolve())
      } finally {
        done.resolve()
      }
    })
    return done.promise
  }

  #miss(name: string, since: Date): void {
    const known = this.#unread.get(name)
    if (known === undefined || since < known) this.#unread.set(name, since)
  }

  async #readUntilDone(platform: Platform, since: Date, onFailed: () => void): Promise<void> {
    const { clock, stop, log } = this.#parts
    for (;;) {
      try {
        return await this.#read(platform, since)
      } catch (error) {
        stop.throwIfAborted()
        onFailed()
        log.error(
          { err: error, platform: platform.platform, againInMs: lookAgainMs },
          'what was missed could not be read',
        )
        await clock.sleep(lookAgainMs, stop)
      }
    }
  }

  async #read(platform: Platform, since: Date): Promise<void> {
    const name = platform.platform
    // Whoever dies in the middle leaves the gap to the next process.
    await this.#parts.store.turns.noteGap(name, since)
    const readings = this.#readings.get(name) ?? new PQueue({ concurrency: 1 })
    this.#readings.set(name, readings)
    await readings.add(() => this.#readUnread(platform))
  }

  async #readUnread(platform: Platform): Promise<void> {
    const name = platform.platform
    const since = this.#unread.get(name)
    this.#unread.delete(name)
    try {
      // A look back that began since this one was asked for has read it otherwise.
      if (since !== undefined) await this.#hearMissed(platform, since)
    } catch (error) {
      if (since !== undefined) this.#miss(name, since)
      throw error
    }
    // A gap that was found meanwhile is another's to fill.
    if (!this.#unread.has(name)) await this.#parts.store.turns.fillGap(name)
  }

  /** Notes a gap that nobody looks into yet. */
  async note(name: string, since: Date): Promise<void> {
    try {
      await this.#parts.store.turns.noteGap(name, since)
    } catch (error) {
      this.#parts.log.warn({ err: error, platform: name }, 'since when words may be missing could not be noted yet')
    }
  }

  async #hearMissed(platform: Platform, since: Date): Promise<void> {
    const { store, clock, stop, log, patienceMs } = this.#parts
    const lookedFor = new Date(clock.now().getTime() - lookForMissedMs)
    const places = await store.turns.placesSince(platform.platform, lookedFor, mostPlaces)
    const readUntil = await store.turns.readUntil(platform.platform)
    const stale: Heard[] = []
    const fresh: Heard[] = []
    let count = 0
    const hear = () => {
      for (const said of byAsker(fresh.splice(0))) this.#lanes.hear(said, false)
    }
    try {
      for await (const event of platform.missed({ since, places, readUntil }, stop)) {
        if (event.type === 'place read') {
          // All that was found there is written down: whoever goes on from here need not look for it.
          await store.turns.noteRead(platform.platform, event)
          continue
        }
        const call = lateCallIn(event.message, isFresh(event.at, clock.now(), patienceMs))
        if (call) {
          // What was said before it has its lane before it is done, as live words have.
          hear()
          await this.#heed(event, call)
        }
        // What else somebody wanted done then, they see that it was not.
        if (call || callIn(event.message) || isStop(event.message.text, namesAt(this.#parts, event.place))) continue
        const heard = event.message.addressed && (await this.#door.receive({ ...event, isMissed: true }))
        if (!heard) continue
        count += 1
        if (!isFresh(heard.at, clock.now(), patienceMs)) stale.push(heard)
        else if (fresh.push(heard) === 1) clock.after(gatherMs, hear)
      }
    } finally {
      // What was heard is nobody else's to hear again, whatever became of the rest; at a stop it is the next process's.
      if (!stop.aborted) {
        hear()
        for (const said of byAsker(stale)) this.#lanes.own(() => offerAnswer(this.#parts, undefined, said))
      }
    }
    if (count > 0)
      log.info({ platform: platform.platform, messages: count }, 'heard what was said while nobody listened')
  }
}

/** What each asker said in each conversation, in order. */
function byAsker(events: readonly Heard[]): readonly (readonly Heard[])[] {
  return [...Map.groupBy(events, laneOf).values()]
}
