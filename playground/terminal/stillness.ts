import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerEvent } from '#playground/discord-server/control/server-event.ts'
import type { DiscordServer } from '#playground/discord-server/discord-server.ts'
import { channelType } from '#playground/discord-server/world/channel.ts'
import type { Message } from '#playground/discord-server/world/message.ts'
import type { Model } from '#playground/model.ts'

/** Discord marks no message as finished: it counts as such after so long without an edit, sooner after the model's last word. */
const finishedAfterMs = 3_000
const finishedIdleAfterMs = 500
/** Aeries shows within that time that it has heard; otherwise it will not answer. */
const hearsWithinMs = 5_000
/** Longer than the service lets an answer take. */
const longestMs = 150_000
const lookEveryMs = 50
/** More than can have ended lately. */
const recentCalls = 100

/** Knows whether anything is going on: an answer that is expected, announced by typing, or growing. */
export class Stillness implements Disposable {
  readonly #discord: DiscordServer
  readonly #model: Model
  readonly #stopListening: () => void
  /** Channels where somebody spoke to Aeries and saw nothing of it since, with the time. */
  readonly #expected = new Map<string, number>()
  #touchedAt = 0

  constructor({ discord, model }: Readonly<{ discord: DiscordServer; model: Model }>) {
    this.#discord = discord
    this.#model = model
    this.#stopListening = discord.events.on(event => this.#take(event))
  }

  /** After so long without an edit a message counts as finished. Only the stand-in tells when it is idle. */
  get patienceMs(): number {
    const { standIn } = this.#model
    if (standIn === undefined || standIn.running + standIn.waiting > 0) return finishedAfterMs
    const idleSince = Math.max(0, ...standIn.calls.slice(-recentCalls).map(({ endedAt = 0 }) => endedAt))
    return Date.now() - idleSince < finishedIdleAfterMs ? finishedAfterMs : finishedIdleAfterMs
  }

  /** Resolves once nothing goes on any more, or the longest answer would have ended. Rejects with the signal's reason. */
  async settled(signal: AbortSignal): Promise<void> {
    const since = Date.now()
    while (!this.#isStill() && Date.now() - since < longestMs) await sleep(lookEveryMs, undefined, { signal })
  }

  [Symbol.dispose](): void {
    this.#stopListening()
  }

  #take(event: ServerEvent): void {
    const { botId } = this.#discord
    if (event.type === 'message' && event.message.authorId !== botId) {
      if (this.#isForAeries(event.message)) this.#expected.set(event.message.channelId, Date.now())
      return
    }
    if (event.type === 'typing' && event.personId === botId) this.#touched(event.channelId)
    else if (event.type === 'message' || event.type === 'edited') this.#touched(event.message.channelId)
  }

  #touched(channelId: string): void {
    this.#touchedAt = Date.now()
    this.#expected.delete(channelId)
  }

  #isStill(): boolean {
    const { people, botId, world } = this.#discord
    const now = Date.now()
    if ([...this.#expected.values()].some(since => now - since < hearsWithinMs)) return false
    if ([...world.channels.keys()].some(channel => people.isTyping(botId, channel))) return false
    return now - this.#touchedAt >= this.patienceMs
  }

  /** May be wrong in a thread, where words can go to somebody else: then nothing comes within `hearsWithinMs`. */
  #isForAeries({ channelId, mentions }: Message): boolean {
    const { world, botId } = this.#discord
    const channel = world.channels.get(channelId)
    return (
      channel?.type === channelType.dm || mentions.users.includes(botId) || !!channel?.thread?.memberIds.includes(botId)
    )
  }
}
