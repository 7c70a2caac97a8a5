import { UnavailableError } from '#src/core/errors.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Write, WriteOutcome } from '#src/core/surface.ts'
import { type Answering, type SurfaceParts, threadOf } from './answering.ts'
import { hasButtons } from './buttons.ts'
import { type ChannelCalls, written } from './channel-calls.ts'
import { blocksOf, fallbackOf } from './content.ts'
import { type Found, findWritten } from './lost-message.ts'
import { NativeStream } from './native-stream.ts'
import { isPlaceGone } from './place-gone.ts'
import { settledStreamText } from './stream-text.ts'
import { updateMessage } from './update-message.ts'

const again: WriteOutcome = { outcome: 'rate-limited', retryAfterMs: 0 }

/** Begins the messages of one answer, each of them once: as native streams where that may be, else as posts. */
export class NewMessages {
  readonly #parts: SurfaceParts
  readonly #answering: Answering
  readonly #calls: ChannelCalls
  /** Writes whose fate is open; of a stream what it was started with. */
  readonly #inDoubt = new Map<string, string | undefined>()
  /** Keys that were looked for: nothing was written under them before, so a read is not spent on them again. */
  readonly #notThere = new Set<string>()
  readonly #streams = new Map<MessageId, NativeStream>()
  /** How the next one is begun. Decided once, since whoever waits for a slot waits in that method's budget. */
  #next: 'stream' | 'post' | undefined

  constructor(parts: SurfaceParts, answering: Answering, calls: ChannelCalls) {
    this.#parts = parts
    this.#answering = answering
    this.#calls = calls
  }

  /** The stream that shows the message, as long as it runs. */
  stream(message: MessageId): NativeStream | undefined {
    const stream = this.#streams.get(message)
    return stream?.isOver === false ? stream : undefined
  }

  /** An answer that is whole at once is posted: a stream would take two calls for it. So is a notice, which gives way to words. */
  method({ phase, notice }: Pick<Write, 'phase' | 'notice'>): 'chat.startStream' | 'chat.postMessage' {
    if (phase !== 'first' || notice === true) return 'chat.postMessage'
    this.#next ??= this.#mayStream() ? 'stream' : 'post'
    return this.#next === 'stream' ? 'chat.startStream' : 'chat.postMessage'
  }

  /** Slack knows no key that makes a repeated post the same post: what may stand there is looked for first. */
  async create(write: Write, content: string, signal: AbortSignal): Promise<WriteOutcome> {
    const { ownMessages } = this.#parts.workspace
    const mayStand = this.#inDoubt.has(write.key) || (this.#answering.mayStand && !this.#notThere.has(write.key))
    if (mayStand || ownMessages.find(write.key) !== undefined) {
      const found = await this.find(write, signal)
      if (found.outcome === 'found') return await this.#adopt(found.message, write, content, signal)
      if (found.outcome === 'unreadable') return { outcome: 'unknown', cause: new UnavailableError(cannotLook) }
    }
    if (this.method(write) === 'chat.postMessage') return await this.#post(write, content, signal)
    const settled = settledStreamText(write.text, this.#answering.allowed)
    if (settled !== '' && !hasButtons(write)) return await this.#start(write, settled, signal)
    // A stream cannot begin with nothing, and may have to hold back all that there is; and it shows buttons at its end only.
    this.#next = 'post'
    return again
  }

  /**
   * A message that is found is ours from then on: a stream of this process goes on as it is; one of a process before it shows
   * nobody knows how much, and is ended before it is put right.
   */
  async find(write: Write, signal: AbortSignal): Promise<Found> {
    const { place, message: after } = this.#answering
    const { key } = write
    const sent = this.#inDoubt.get(key)
    const isAlone = place.audience === 'dm'
    const search = { channel: place.channel, thread: place.thread, after, write, sent, isAlone }
    const found = await findWritten(this.#parts.workspace, search, signal)
    if (found.outcome === 'found' && found.stream) this.#grows(found.message, key, sent)
    if (found.outcome === 'none') {
      this.#inDoubt.delete(key)
      this.#notThere.add(key)
    }
    return found
  }

  async #post(write: Write, content: string, signal: AbortSignal): Promise<WriteOutcome> {
    const { thread } = this.#answering.place
    const body = { text: fallbackOf(write.text), blocks: blocksOf(content, write), thread, key: write.key }
    const called = await this.#calls.post(body, signal)
    if (called.outcome === 'unknown') this.#inDoubt.set(write.key, undefined)
    if (called.outcome === 'written') this.#made(write.key, called.message)
    return written(called)
  }

  async #start(write: Write, text: string, signal: AbortSignal): Promise<WriteOutcome> {
    const { place, recipient } = this.#answering
    const whom = place.audience === 'dm' ? undefined : recipient
    const called = await this.#calls.startStream({ text, thread: place.thread ?? '', recipient: whom }, signal)
    if (called.outcome === 'written') this.#grows(called.message, write.key, text)
    if (called.outcome === 'written' || isPlaceGone(called.word)) return written(called)
    // A stream is a nicer way of showing an answer, never the only one. And what is tried again, or in its place when the
    // answer has ended meanwhile, has to wait in one and the same budget.
    this.#next = 'post'
    if (called.outcome === 'unknown') {
      this.#inDoubt.set(write.key, text)
      return written(called)
    }
    if (called.outcome === 'gone') this.#parts.workspace.withoutStreams.add(this.#calls.channel)
    return again
  }

  /** A message that stands there already is put right, but for our own stream, which shows what it was started with. */
  async #adopt(message: MessageId, write: Write, content: string, signal: AbortSignal): Promise<WriteOutcome> {
    const stream = this.stream(message)
    if (stream?.isSound === true) return { outcome: 'written', message }
    if (stream !== undefined) return await stream.write(write, signal)
    const updated = await updateMessage(this.#calls, message, write, content, signal)
    if (updated.outcome !== 'written') return updated
    this.#made(write.key, message)
    // What an update learnt of its limit is nothing about that of posts.
    return { outcome: 'written', message }
  }

  #grows(message: MessageId, key: string, sent: string | undefined): void {
    const { place, allowed } = this.#answering
    const at = threadOf(place) ?? { channel: place.channel, thread: '' }
    this.#streams.set(message, new NativeStream({ ...this.#parts, calls: this.#calls, at, message, sent, allowed }))
    this.#made(key, message)
  }

  #made(key: string, message: MessageId): void {
    const { workspace } = this.#parts
    const thread = threadOf(this.#answering.place)
    this.#next = undefined
    this.#inDoubt.delete(key)
    workspace.ownMessages.remember(key, message)
    if (thread) workspace.threads.join(thread.channel, thread.thread, nativeMessageId(message))
  }

  #mayStream(): boolean {
    const { limits, withoutStreams } = this.#parts.workspace
    const { channel } = this.#calls
    if (!this.#answering.native || withoutStreams.has(channel)) return false
    return limits.take('chat.startStream', channel) === 0
  }
}

const cannotLook = 'whether the answer stands there already cannot be read now'
