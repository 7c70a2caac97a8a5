import type { ServerEvent } from '#playground/slack-server/control/server-event.ts'
import type { SlackServer } from '#playground/slack-server/slack-server.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import { threadOf } from './slack-names.ts'
import type { Stirrings } from './stirrings.ts'

/** What of Aeries is seen in Slack. */
export class SlackStirrings implements Disposable {
  readonly #world: SlackServer['world']
  readonly #stirrings: Stirrings
  readonly #stopListening: () => void
  /** Threads with a status line; and places of answers whose buttons, which come last, are not there yet, with the time. */
  readonly #statuses = new Set<string>()
  readonly #growing = new Map<string, number>()

  constructor({ world, events }: Pick<SlackServer, 'world' | 'events'>, stirrings: Stirrings) {
    this.#world = world
    this.#stirrings = stirrings
    this.#stopListening = events.on(event => this.#take(event))
  }

  /** Whether Aeries is said to think. */
  get isAnnounced(): boolean {
    return this.#statuses.size > 0
  }

  /** Whether an answer that was touched in the last `withinMs` is without its end. */
  isGrowing(withinMs: number): boolean {
    return [...this.#growing.values()].some(at => Date.now() - at < withinMs)
  }

  [Symbol.dispose](): void {
    this.#stopListening()
  }

  #take(event: ServerEvent): void {
    switch (event.type) {
      case 'message':
        if (event.message.botId !== undefined) this.#grow(event.message)
        else if (this.#isForAeries(event.message)) this.#stirrings.expect(event.message.channelId)
        break
      case 'changed':
      case 'streamed':
        if (event.message.botId !== undefined) this.#grow(event.message)
        break
      case 'status':
        this.#stirrings.touch(event.channelId)
        if (event.status === '') this.#statuses.delete(`${event.channelId}:${event.threadTs}`)
        else this.#statuses.add(`${event.channelId}:${event.threadTs}`)
        break
      default:
    }
  }

  /** Of an answer in several messages only the last one gets buttons. */
  #grow(message: Message): void {
    const where = `${message.channelId}:${threadOf(message)}`
    this.#stirrings.touch(message.channelId)
    if (message.blocks.some(({ type }) => type === 'context_actions')) this.#growing.delete(where)
    else this.#growing.set(where, Date.now())
  }

  /** May be wrong in a thread, where words can go to somebody else: then nothing comes in time. */
  #isForAeries(message: Message): boolean {
    const { channelId, versions } = message
    const isNamed = versions.some(({ pings }) => pings.some(({ id }) => id !== undefined && this.#world.isBotUser(id)))
    const thread = threadOf(message)
    const isInThread =
      thread !== undefined && this.#world.messages.replies(channelId, thread).some(one => one.botId !== undefined)
    return this.#world.channels.get(channelId)?.kind === 'im' || isNamed || isInThread
  }
}
