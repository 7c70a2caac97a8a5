import type { Interaction } from '#playground/discord-server/world/interaction.ts'
import type { Message } from '#playground/discord-server/world/message.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import type { Feed } from '#playground/stand-in/feed.ts'
import { findPlace } from './names.ts'
import type { ServerEvent } from './server-event.ts'

type Test = (message: Message) => boolean

/** Waits for what is to happen. Every wait rejects with the reason of its signal. */
export class Watch {
  readonly #world: World
  readonly #feed: Feed<ServerEvent>

  constructor(world: World, feed: Feed<ServerEvent>) {
    this.#world = world
    this.#feed = feed
  }

  /** The next message said in a place from now on that passes the test. */
  async nextMessage(place: string, test: Test = () => true, signal?: AbortSignal): Promise<Message> {
    const { id } = findPlace(this.#world, place)
    return await this.#feed.next(event => {
      if (event.type !== 'message' || event.message.channelId !== id) return undefined
      return test(event.message) ? event.message : undefined
    }, signal)
  }

  /** A message of a place that passes the test: one that stands there already, or the first that comes to pass it. */
  async until(place: string, test: Test, signal?: AbortSignal): Promise<Message> {
    const { id } = findPlace(this.#world, place)
    const standing = this.#world.messages.inChannel(id).find(test)
    if (standing) return standing
    return await this.#feed.next(event => {
      if ((event.type !== 'message' && event.type !== 'edited') || event.message.channelId !== id) return undefined
      return test(event.message) ? event.message : undefined
    }, signal)
  }

  /** The message once it has not been touched for `quietMs`. */
  async settled(messageId: string, quietMs = 500, signal?: AbortSignal): Promise<Message> {
    const isTouched = (event: ServerEvent) => {
      if (event.type === 'edited') return event.message.id === messageId
      return event.type === 'deleted' && event.messages.some(one => one.id === messageId)
    }
    while (!(await this.#feed.isQuiet(isTouched, quietMs, signal))) {}
    return this.#standing(messageId)
  }

  /** The interaction once it is acknowledged or has failed. */
  async answered(interactionId: string, signal?: AbortSignal): Promise<Interaction> {
    const known = this.#world.interactions.get(interactionId)
    if (known && known.state !== 'waiting') return known
    return await this.#feed.next(event => {
      const matches = event.type === 'interaction-changed' && event.interaction.id === interactionId
      return matches && event.interaction.state !== 'waiting' ? event.interaction : undefined
    }, signal)
  }

  #standing(messageId: string): Message {
    const message = this.#world.messages.find(messageId)
    if (!message) throw new Error(`There is no message "${messageId}"`)
    return message
  }
}
