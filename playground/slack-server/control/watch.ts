import type { Deliveries } from '#playground/slack-server/events/deliveries.ts'
import type { Delivery } from '#playground/slack-server/events/delivery.ts'
import type { SocketHub } from '#playground/slack-server/events/socket-hub.ts'
import type { LogEntry } from '#playground/slack-server/web-api/log-entry.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import type { Feed } from '#playground/stand-in/feed.ts'
import { findPlace } from './names.ts'
import type { ServerEvent } from './server-event.ts'

type Test = (message: Message) => boolean

type Parts = Readonly<{ world: World; feed: Feed<ServerEvent>; deliveries: Deliveries; sockets: SocketHub }>

/** Waits for what is to happen. Every wait rejects with the reason of its signal. */
export class Watch {
  readonly #world: World
  readonly #feed: Feed<ServerEvent>
  readonly #deliveries: Deliveries
  readonly #sockets: SocketHub

  constructor({ world, feed, deliveries, sockets }: Parts) {
    this.#world = world
    this.#feed = feed
    this.#deliveries = deliveries
    this.#sockets = sockets
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
      const message = touched(event)
      return message?.channelId === id && test(message) ? message : undefined
    }, signal)
  }

  /** The message once it has not been touched for `quietMs`. */
  async settled(place: string, ts: string, quietMs = 500, signal?: AbortSignal): Promise<Message> {
    const { id } = findPlace(this.#world, place)
    const isTouched = (event: ServerEvent) => {
      const message = touched(event)
      return message?.channelId === id && message.ts === ts
    }
    for (;;) {
      const isQuiet = await this.#feed.isQuiet(isTouched, quietMs, signal)
      const message = this.#world.messages.find(id, ts)
      if (!message) throw new Error(`There is no message "${ts}" in "${place}"`)
      if (isQuiet) return message
    }
  }

  /** The next call of a method from now on that passes the test. */
  async nextCall(
    method: string,
    test: (entry: LogEntry) => boolean = () => true,
    signal?: AbortSignal,
  ): Promise<LogEntry> {
    return await this.#feed.next(event => {
      return event.type === 'request' && event.entry.method === method && test(event.entry) ? event.entry : undefined
    }, signal)
  }

  /** Until so many sockets are greeted and open. */
  async connected(sockets = 1, signal?: AbortSignal): Promise<void> {
    if (this.#sockets.open.length >= sockets) return
    await this.#feed.next(event => (event.type === 'socket' && event.open >= sockets ? true : undefined), signal)
  }

  /** The delivery of an event about this message, once it was acknowledged or given up. */
  async delivered(
    name: string,
    test: (one: Delivery) => boolean = () => true,
    signal?: AbortSignal,
  ): Promise<Delivery> {
    const done = (one: Delivery) => one.name === name && one.state !== 'waiting' && test(one)
    const known = this.#deliveries.all().find(done)
    if (known) return known
    return await this.#feed.next(event => {
      return event.type === 'delivery' && done(event.delivery) ? event.delivery : undefined
    }, signal)
  }

  /** Until nothing waits for an acknowledgement any more. */
  async acknowledged(): Promise<void> {
    await this.#deliveries.idle()
  }
}

function touched(event: ServerEvent): Message | undefined {
  switch (event.type) {
    case 'message':
    case 'changed':
    case 'streamed':
    case 'deleted':
      return event.message
    default:
      return undefined
  }
}
