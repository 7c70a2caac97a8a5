import type { Clock } from '#src/core/clock.ts'
import { DefectError, RefusedError } from '#src/core/errors.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import type { Earlier, ReplySurface, Write, WriteOutcome, WritePhase } from '#src/core/surface.ts'
import type { Thread } from './agent-threads.ts'
import { attachFile } from './attach-file.ts'
import { ChannelCalls, type Recipient, written } from './channel-calls.ts'
import { blocksOf, contentOf, type Dialect, fallbackOf, room } from './content.ts'
import { earlierInThread } from './earlier.ts'
import type { Errands } from './errands.ts'
import { type Found, findWritten } from './lost-message.ts'
import { NativeStream } from './native-stream.ts'
import { isPlaceGone } from './place-gone.ts'
import { platform } from './platform-name.ts'
import { settledStreamText } from './stream-text.ts'
import type { Workspace } from './workspace.ts'

export type SurfaceParts = Readonly<{
  workspace: Workspace
  clock: Clock
  errands: Errands
  /** A native stream is ended after that long, before Slack lets it expire. */
  rotateAfterMs: number
}>

export type Answering = Readonly<{
  place: Place
  message: MessageId
  /** Native streams may be used here. */
  native: boolean
  /** Whom they are for; known for an asker who has just spoken. */
  recipient: Recipient | undefined
  /** The addresses that the asker wrote. */
  allowed: ReadonlySet<string>
  /** Some of the answer may stand there already: a restart has come in between. */
  mayStand: boolean
}>

const again: WriteOutcome = { outcome: 'rate-limited', retryAfterMs: 0 }
/** A stream that is still being ended takes no update. */
const endingMs = 2_000

/** The answer to one Slack message: posted and updated, or streamed natively where it may be. */
export class SlackSurface implements ReplySurface {
  readonly #parts: SurfaceParts
  readonly #answering: Answering
  readonly #calls: ChannelCalls
  readonly #dialect: Dialect
  readonly #stopsBefore: number
  readonly #streams = new Map<MessageId, NativeStream>()
  /** What streams were started with whose fate is open. */
  readonly #inDoubt = new Map<string, string | undefined>()
  /** How the next new message is begun. Decided once, since whoever waits for a slot waits in that method's budget. */
  #next: 'stream' | 'post' | undefined

  constructor(parts: SurfaceParts, answering: Answering) {
    this.#parts = parts
    this.#answering = answering
    this.#calls = new ChannelCalls(parts.workspace, answering.place.channel)
    this.#dialect = answering.native ? { allowed: answering.allowed } : undefined
    this.#stopsBefore = this.#stops
  }

  measure(text: string, _phase: WritePhase): number {
    return contentOf(text, this.#dialect).length / room
  }

  /** A last write is never equal to one before: it brings the buttons, and ends a stream. */
  render(text: string, phase: WritePhase): string {
    if (phase === 'final') return `${contentOf(text, this.#dialect)}\n[buttons]`
    if (this.#dialect === undefined) return contentOf(text, undefined)
    return phase === 'freeze'
      ? `${contentOf(text, this.#dialect)}\n[end]`
      : settledStreamText(text, this.#dialect.allowed)
  }

  /** Slack counts by method and workspace, posts also by channel. */
  bucket({ phase, message }: Pick<Write, 'phase' | 'message'>): string {
    const { team } = this.#parts.workspace
    const stream = message === undefined ? undefined : this.#running(message)
    if (stream !== undefined) return `${platform}:${stream.method(phase)}:${team}`
    if (message !== undefined) return `${platform}:chat.update:${team}`
    if (this.#begins(phase) === 'stream') return `${platform}:chat.startStream:${team}`
    return `${platform}:chat.postMessage:${team}:${this.#calls.channel}`
  }

  async write(write: Write, signal: AbortSignal): Promise<WriteOutcome> {
    signal.throwIfAborted()
    const content = contentOf(write.text, this.#dialect)
    if (content === '') return gone(new DefectError('a blank text was to be written to Slack'))
    if (write.phase !== 'final' && this.#stops > this.#stopsBefore) {
      return this.#ended(gone(new RefusedError('the person stopped the answer')))
    }
    const outcome = await this.#send(write, content, signal)
    if (outcome.outcome === 'written' && this.#thread) this.#parts.workspace.agent.answered(this.#thread)
    const isOver = outcome.outcome === 'gone' || (write.phase === 'final' && outcome.outcome === 'written')
    return isOver ? this.#ended(outcome) : outcome
  }

  async find(key: string, signal: AbortSignal): Promise<MessageId | undefined> {
    const found = await this.#look(key, signal)
    return found.outcome === 'found' ? found.message : undefined
  }

  async attach(
    file: Readonly<{ name: string; content: string }>,
    key: string,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const known = this.#parts.workspace.ownMessages.find(key)
    if (known !== undefined) return { outcome: 'written', message: known }
    const { channel, thread } = this.#answering.place
    return await attachFile(this.#parts, { channel, thread, key }, file, signal)
  }

  async remove(message: MessageId, signal: AbortSignal): Promise<WriteOutcome> {
    return written(await this.#calls.delete(message, signal))
  }

  /** A status needs a thread to stand in: a DM that is answered at its top level shows none. */
  async typing(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { place } = this.#answering
    if (this.#thread) await this.#parts.workspace.agent.think(this.#thread, place.audience === 'dm', signal)
  }

  async earlier(signal: AbortSignal): Promise<Earlier> {
    if (this.#thread === undefined) return { quotes: [], unread: [] }
    return await earlierInThread(this.#parts.workspace, this.#thread, this.#answering.message, signal)
  }

  async #send(write: Write, content: string, signal: AbortSignal): Promise<WriteOutcome> {
    if (write.message === undefined) return await this.#create(write, content, signal)
    const stream = this.#running(write.message)
    return stream === undefined
      ? await this.#update(write.message, write, content, signal)
      : await stream.write(write, signal)
  }

  /** Slack knows no key that makes a repeated post the same post: what may stand there is looked for first. */
  async #create(write: Write, content: string, signal: AbortSignal): Promise<WriteOutcome> {
    const { ownMessages } = this.#parts.workspace
    const mayStand = this.#answering.mayStand || this.#inDoubt.has(write.key)
    if (mayStand || ownMessages.find(write.key) !== undefined) {
      const found = await this.#look(write.key, signal)
      if (found.outcome === 'found') return await this.#adopt(found.message, write, content, signal)
      if (found.outcome === 'unreadable') return { outcome: 'unknown', cause: new RefusedError(cannotLook) }
      this.#inDoubt.delete(write.key)
    }
    const begins = this.#begins(write.phase)
    const settled = this.#dialect && settledStreamText(write.text, this.#dialect.allowed)
    // A stream cannot begin with nothing, and may have to hold back all that there is.
    if (begins === 'stream' && settled) return await this.#startStream(write, settled, signal)
    return await this.#post(write, content, signal)
  }

  async #post(write: Write, content: string, signal: AbortSignal): Promise<WriteOutcome> {
    const { thread } = this.#answering.place
    const body = { text: fallbackOf(write.text), blocks: blocksOf(content, write), thread, key: write.key }
    const called = await this.#calls.post(body, signal)
    if (called.outcome === 'unknown') this.#inDoubt.set(write.key, undefined)
    if (called.outcome === 'written') this.#made(write.key, called.message)
    return written(called)
  }

  async #startStream(write: Write, text: string, signal: AbortSignal): Promise<WriteOutcome> {
    const { place, recipient } = this.#answering
    const whom = place.audience === 'dm' ? undefined : recipient
    const called = await this.#calls.startStream({ text, thread: place.thread ?? '', recipient: whom }, signal)
    if (called.outcome === 'written') this.#grows(called.message, write.key, text)
    else if (called.outcome === 'unknown') this.#inDoubt.set(write.key, text)
    else if (called.outcome === 'rate-limited' || !isPlaceGone(called.word)) {
      // A stream is a nicer way of showing an answer, never the only one.
      if (called.outcome === 'gone') this.#parts.workspace.withoutStreams.add(this.#calls.channel)
      this.#next = 'post'
      return again
    }
    return written(called)
  }

  async #update(message: MessageId, write: Write, content: string, signal: AbortSignal): Promise<WriteOutcome> {
    const body = { text: fallbackOf(write.text), blocks: blocksOf(content, write) }
    const called = await this.#calls.update(message, body, signal)
    const isEnding = called.outcome === 'gone' && called.word === 'streaming_state_conflict'
    return isEnding ? { outcome: 'rate-limited', retryAfterMs: endingMs } : written(called)
  }

  /** A message that stands there already is put right. A stream of this answer goes on as it is. */
  async #adopt(message: MessageId, write: Write, content: string, signal: AbortSignal): Promise<WriteOutcome> {
    const sent = this.#inDoubt.get(write.key)
    if (sent !== undefined) {
      this.#grows(message, write.key, sent)
      return { outcome: 'written', message }
    }
    const updated = await this.#update(message, write, content, signal)
    if (updated.outcome !== 'written') return updated
    this.#made(write.key, message)
    // What an update learnt of its limit is nothing about that of posts.
    return { outcome: 'written', message }
  }

  #grows(message: MessageId, key: string, sent: string): void {
    const { workspace, clock, errands, rotateAfterMs } = this.#parts
    const at = this.#thread ?? { channel: this.#calls.channel, thread: '' }
    const allowed = this.#answering.allowed
    const stream = { workspace, calls: this.#calls, clock, errands, at, message, sent, allowed, rotateAfterMs }
    this.#streams.set(message, new NativeStream(stream))
    this.#made(key, message)
  }

  #made(key: string, message: MessageId): void {
    this.#next = undefined
    this.#inDoubt.delete(key)
    this.#parts.workspace.ownMessages.remember(key, message)
    if (this.#thread) this.#parts.workspace.threads.join(this.#thread.channel, this.#thread.thread)
  }

  async #look(key: string, signal: AbortSignal): Promise<Found> {
    const { channel, thread } = this.#answering.place
    const search = { channel, thread, after: this.#answering.message, key, sent: this.#inDoubt.get(key) }
    return await findWritten(this.#parts.workspace, search, signal)
  }

  /** An answer that is whole at once is posted: a stream would take two calls for it. */
  #begins(phase: WritePhase): 'stream' | 'post' {
    if (phase !== 'first' || this.#next === 'post') return 'post'
    this.#next ??= this.#mayStream() ? 'stream' : 'post'
    return this.#next
  }

  #mayStream(): boolean {
    const { limits, withoutStreams } = this.#parts.workspace
    if (!this.#answering.native || withoutStreams.has(this.#calls.channel)) return false
    return limits.take('chat.startStream', this.#calls.channel) === 0
  }

  #running(message: MessageId): NativeStream | undefined {
    const stream = this.#streams.get(message)
    return stream?.isOver === false ? stream : undefined
  }

  #ended(outcome: WriteOutcome): WriteOutcome {
    if (this.#thread) this.#parts.workspace.agent.end(this.#thread)
    return outcome
  }

  get #thread(): Thread | undefined {
    const { channel, thread } = this.#answering.place
    return thread === undefined ? undefined : { channel, thread }
  }

  get #stops(): number {
    return this.#thread === undefined ? 0 : this.#parts.workspace.agent.stopsIn(this.#thread)
  }
}

const cannotLook = 'whether the answer stands there already cannot be read now'

function gone(cause: Error): WriteOutcome {
  return { outcome: 'gone', cause }
}
