import type { Channel } from './channel.ts'
import type { Json } from './json.ts'
import type { Message, StreamState } from './message.ts'
import { postMessage } from './post-message.ts'
import { Refusal } from './refusal.ts'
import { versionOf } from './version.ts'
import type { World } from './world.ts'

const longestTimerMs = 2 ** 31 - 1 // a longer one fires at once

export type StreamStart = Readonly<{
  channel: Channel
  threadTs: string
  recipientId: string | undefined
  botId: string
  botUserId: string
  text: string
}>

/** Native streams: they grow by appends, show others only their first chunk, and expire when nobody tends to them. */
export class Streams {
  readonly #world: World
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor(world: World) {
    this.#world = world
  }

  start({ channel, threadTs, recipientId, botId, botUserId, text }: StreamStart): Message {
    const at = this.#world.now()
    const message = postMessage(this.#world, channel, {
      channelId: channel.id,
      authorId: botUserId,
      botId,
      threadTs,
      text,
      markdown: text,
      stream: { state: 'in_progress', recipientId, firstChunk: text, startedAt: at, touchedAt: at },
    })
    this.#watch(message)
    return message
  }

  /** Throws `Refusal` when the stream takes no more. */
  append(before: Message, text: string): Message {
    this.#demandRunning(before)
    const message = this.#grow(before, text, {})
    this.#world.emit({ type: 'streamed', message })
    this.#watch(message)
    return message
  }

  /** Ends a stream. One that the person stopped is closed without the words that came after. */
  stop(before: Message, text: string, rest: Readonly<{ blocks?: readonly Json[]; metadata?: Json }>): Message {
    const stopped = before.stream?.state === 'stopped'
    if (!stopped) this.#demandRunning(before)
    return this.#end(before, 'completed', stopped ? '' : text, rest)
  }

  /** The stop button: appends are refused from now on. */
  stoppedByPerson(before: Message): void {
    this.#world.putMessage(this.#withState(before, 'stopped'))
  }

  /** Lets a running stream expire now. */
  expire(before: Message): Message {
    return this.#end(before, 'errored', '', {})
  }

  /** The running streams of a thread. */
  running(channelId: string, threadTs: string): readonly Message[] {
    return this.#world.messages.replies(channelId, threadTs).filter(message => message.stream?.state === 'in_progress')
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  #demandRunning({ stream }: Message): void {
    if (stream?.state === 'stopped') throw new Refusal('stopped_by_user')
    if (stream?.state !== 'in_progress') throw new Refusal('message_not_in_streaming_state')
  }

  #end(before: Message, state: StreamState, text: string, rest: Partial<Message>): Message {
    clearTimeout(this.#timers.get(key(before)))
    const message = this.#grow(this.#withState(before, state), text, rest)
    this.#world.emit({ type: 'changed', message, previous: before })
    return message
  }

  #withState(message: Message, state: StreamState): Message {
    return message.stream ? { ...message, stream: { ...message.stream, state } } : message
  }

  #grow(before: Message, text: string, rest: Partial<Message>): Message {
    const { stream, channelId, markdown = '' } = before
    const channel = this.#world.channels.get(channelId)
    if (!stream || !channel) throw new Refusal('channel_not_found')
    const whole = markdown + text
    if (whole.length > this.#world.rules.stream.charLimit) throw new Refusal('msg_blocks_too_long')
    const at = this.#world.now()
    const next: Message = {
      ...before,
      ...rest,
      text: whole,
      markdown: whole,
      stream: { ...stream, firstChunk: stream.firstChunk === '' ? text : stream.firstChunk, touchedAt: at },
    }
    const version = versionOf(this.#world, channel, next, { at, by: 'stream', before: before.versions })
    return this.#world.putMessage({ ...next, versions: [...before.versions, version] })
  }

  /** Expires after the idle time, or at the end of its life, whichever comes first. */
  #watch(message: Message): void {
    const { idleMs, lifeMs } = this.#world.rules.stream
    const age = this.#world.now() - (message.stream?.startedAt ?? 0)
    clearTimeout(this.#timers.get(key(message)))
    const left = Math.max(0, Math.min(idleMs, lifeMs - age, longestTimerMs))
    const timer = setTimeout(() => this.#expireIfRunning(message), left)
    this.#timers.set(key(message), timer.unref())
  }

  #expireIfRunning({ channelId, ts }: Message): void {
    const message = this.#world.messages.find(channelId, ts)
    const running = message?.stream?.state === 'in_progress' || message?.stream?.state === 'stopped'
    if (message && running && message.deletedAt === undefined) this.expire(message)
  }
}

function key({ channelId, ts }: Message): string {
  return `${channelId}:${ts}`
}
