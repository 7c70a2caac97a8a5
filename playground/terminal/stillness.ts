import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerEvent } from '#playground/discord-server/control/server-event.ts'
import type { DiscordServer } from '#playground/discord-server/discord-server.ts'
import { channelType } from '#playground/discord-server/world/channel.ts'
import type { Message } from '#playground/discord-server/world/message.ts'
import type { Model } from '#playground/model.ts'
import type { Service } from '#playground/service.ts'
import type { SlackServer } from '#playground/slack-server/slack-server.ts'
import { OpenTurns } from './open-turns.ts'
import { SlackStirrings } from './slack-stirrings.ts'
import { Stirrings } from './stirrings.ts'

/**
 * No platform marks a message as finished. Where the service cannot be asked it counts as such after so long without an edit, sooner
 * after the model's last word.
 */
const finishedAfterMs = 3_000
const finishedIdleAfterMs = 500
/** Slack takes so few edits a minute that one may wait some seconds; an answer is without its buttons until then. */
const finishedWithoutButtonsAfterMs = 10_000
/** Longer than the service lets an answer take. */
const longestMs = 150_000
const lookEveryMs = 50
/** More than can have ended lately. */
const recentCalls = 100

type StillnessParts = Readonly<{ discord: DiscordServer; slack: SlackServer; model: Model; service: Service }>

/** Knows whether anything is going on: an answer that is expected, announced by typing, or growing. */
export class Stillness implements Disposable {
  readonly #discord: DiscordServer
  readonly #model: Model
  readonly #stirrings = new Stirrings()
  readonly #slack: SlackStirrings
  readonly #turns: OpenTurns
  readonly #stopListening: () => void

  constructor({ discord, slack, model, service }: StillnessParts) {
    this.#discord = discord
    this.#model = model
    this.#slack = new SlackStirrings(slack, this.#stirrings)
    this.#turns = new OpenTurns(service)
    this.#stopListening = discord.events.on(event => this.#take(event))
  }

  /** Whether a message that was touched last at that time is finished: while an answer is being given, none is. */
  isFinished(touchedAt: number): boolean {
    const agoMs = Date.now() - touchedAt
    const turns = this.#turns.since(touchedAt)
    if (turns === 'none') return true
    // The stand-in is there again before the service has found that out.
    const isResting = turns === 'resting' && this.#model.standIn?.state.door !== 'open'
    return agoMs >= (turns === 'untold' || isResting ? this.#patienceMs : longestMs)
  }

  /** Resolves once nothing goes on any more, or the longest answer would have ended. Rejects with the signal's reason. */
  async settled(signal: AbortSignal): Promise<void> {
    const since = Date.now()
    while (!this.#isStill() && Date.now() - since < longestMs) await sleep(lookEveryMs, undefined, { signal })
  }

  [Symbol.dispose](): void {
    this.#stopListening()
    this.#slack[Symbol.dispose]()
    this.#turns[Symbol.dispose]()
  }

  /** Only the stand-in tells when it is idle. */
  get #patienceMs(): number {
    const { standIn } = this.#model
    if (this.#slack.isGrowing(finishedWithoutButtonsAfterMs)) return finishedWithoutButtonsAfterMs
    if (standIn === undefined || standIn.running + standIn.waiting > 0) return finishedAfterMs
    const idleSince = Math.max(0, ...standIn.calls.slice(-recentCalls).map(({ endedAt = 0 }) => endedAt))
    return Date.now() - idleSince < finishedIdleAfterMs ? finishedAfterMs : finishedIdleAfterMs
  }

  #take(event: ServerEvent): void {
    const { botId } = this.#discord
    if (event.type === 'message' && event.message.authorId !== botId) {
      if (this.#isForAeries(event.message)) this.#stirrings.expect(event.message.channelId)
      return
    }
    if (event.type === 'typing' && event.personId === botId) this.#stirrings.touch(event.channelId)
    else if (event.type === 'message' || event.type === 'edited') this.#stirrings.touch(event.message.channelId)
  }

  #isStill(): boolean {
    const { lastAt } = this.#stirrings
    if (lastAt > Date.now() || !this.isFinished(lastAt)) return false
    // Typing may come after the words that it announced, and then stands for some seconds.
    return this.#turns.since(lastAt) === 'none' || !this.#isAnnounced
  }

  get #isAnnounced(): boolean {
    const { people, botId, world } = this.#discord
    return this.#slack.isAnnounced || [...world.channels.keys()].some(channel => people.isTyping(botId, channel))
  }

  /** May be wrong in a thread, where words can go to somebody else: then nothing comes in time. */
  #isForAeries({ channelId, mentions }: Message): boolean {
    const { world, botId } = this.#discord
    const channel = world.channels.get(channelId)
    return (
      channel?.type === channelType.dm || mentions.users.includes(botId) || !!channel?.thread?.memberIds.includes(botId)
    )
  }
}
