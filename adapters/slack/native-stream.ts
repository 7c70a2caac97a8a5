import type { Clock } from '#src/core/clock.ts'
import { RefusedError } from '#src/core/errors.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Write, WriteOutcome, WritePhase } from '#src/core/surface.ts'
import type { Thread } from './agent-threads.ts'
import { hasButtons } from './buttons.ts'
import { type Called, type ChannelCalls, written } from './channel-calls.ts'
import { type Block, blocksBelow, contentOf, escaped } from './content.ts'
import { endStream } from './end-stream.ts'
import type { Errands } from './errands.ts'
import { isPlaceGone } from './place-gone.ts'
import { settledStreamText } from './stream-text.ts'
import type { Workspace } from './workspace.ts'

export type NativeStreamParts = Readonly<{
  workspace: Workspace
  calls: ChannelCalls
  clock: Clock
  errands: Errands
  at: Thread
  message: MessageId
  /** What the stream was started with, as sent; `undefined`: by a process before this one. */
  sent: string | undefined
  allowed: ReadonlySet<string>
  rotateAfterMs: number
}>

/** Nothing was written and nothing is full: the write is asked for again, and then goes another way. */
const again: WriteOutcome = { outcome: 'rate-limited', retryAfterMs: 0 }

const expired = 'message_not_in_streaming_state'

/**
 * One message that grows as a native stream. A stream takes nothing back, so what is appended is the difference to what
 * stands there for sure, and when that is in doubt the stream is ended and the message put right by an update: no
 * character is lost and none doubled.
 */
export class NativeStream {
  readonly #parts: NativeStreamParts
  readonly #startedAt: number
  #sent: string
  /** `old`: to be ended before Slack does. `broken`: nobody knows what it shows. */
  #state: 'running' | 'old' | 'broken' = 'running'
  #ending: 'stop' | 'append' | undefined
  #over = false

  constructor(parts: NativeStreamParts) {
    this.#parts = parts
    this.#sent = parts.sent ?? ''
    if (parts.sent === undefined) this.#state = 'broken'
    this.#startedAt = parts.clock.now().getTime()
  }

  /** The stream has ended: the message goes on by updates. */
  get isOver(): boolean {
    return this.#over
  }

  /** What it shows is known, and it can grow. */
  get isSound(): boolean {
    return !this.#over && this.#state !== 'broken'
  }

  /** The method of the next write. It changes by writes alone, so that whoever waits for a slot waits in the right place. */
  method(phase: WritePhase): 'chat.appendStream' | 'chat.stopStream' {
    if (this.#state !== 'running') return 'chat.stopStream'
    if (phase === 'interim' || phase === 'first') return 'chat.appendStream'
    const { workspace, calls } = this.#parts
    // Stops are as scarce as starts. Without a place for one the last words are appended, and the stream is ended later.
    this.#ending ??= workspace.limits.take('chat.stopStream', calls.channel) === 0 ? 'stop' : 'append'
    return this.#ending === 'stop' ? 'chat.stopStream' : 'chat.appendStream'
  }

  async write(write: Write, signal: AbortSignal): Promise<WriteOutcome> {
    if (this.#state === 'broken') return await this.#endBroken(signal)
    const isEnd = write.phase === 'final' || write.phase === 'freeze'
    // A stream takes no words back, and shows buttons at its end only.
    if (write.notice === true || (!isEnd && hasButtons(write))) return this.#goOnByUpdate()
    const { allowed } = this.#parts
    const text = isEnd ? contentOf(write.text, { allowed }) : settledStreamText(write.text, allowed)
    if (!text.startsWith(this.#sent)) return this.#goOnByUpdate()
    if (this.method(write.phase) === 'chat.stopStream') return await this.#stop(write, text, isEnd, signal)
    return isEnd ? await this.#endByAppend(write, text, signal) : await this.#append(text, signal)
  }

  async #append(text: string, signal: AbortSignal): Promise<WriteOutcome> {
    const suffix = text.slice(this.#sent.length)
    const { message, calls, workspace, clock, rotateAfterMs } = this.#parts
    if (suffix === '') return { outcome: 'written', message }
    const called = await calls.appendStream(message, suffix, signal)
    if (called.outcome !== 'written') return this.#failed(called)
    this.#sent = text
    const age = clock.now().getTime() - this.#startedAt
    if (age >= rotateAfterMs && workspace.limits.take('chat.stopStream', calls.channel) === 0) this.#state = 'old'
    return written(called)
  }

  /** The last words, and what stands below them; the stop has its place in the limits. */
  async #stop(write: Write, text: string, isEnd: boolean, signal: AbortSignal): Promise<WriteOutcome> {
    const { message, calls, workspace, at } = this.#parts
    const endsSession = write.phase === 'final' && workspace.agent.isProcessing(at)
    const blocks = isEnd ? blocksBelow(write) : []
    const end = { text: text.slice(this.#sent.length), blocks, key: write.key, endsSession, taken: true }
    const called = await calls.stopStream(message, end, signal)
    if (called.outcome === 'rate-limited' && isEnd) {
      this.#ending = 'append'
      this.#state = 'running'
      return again
    }
    if (called.outcome !== 'written') return this.#failed(called)
    this.#over = true
    if (endsSession) workspace.agent.ended(at)
    return written(called)
  }

  async #endByAppend(write: Write, text: string, signal: AbortSignal): Promise<WriteOutcome> {
    const { message, calls } = this.#parts
    const note = write.note === undefined ? '' : `\n\n_${escaped(write.note.replace(/\s+/g, ' ').trim())}_`
    const suffix = text.slice(this.#sent.length) + note
    const called: Called | undefined = suffix === '' ? undefined : await calls.appendStream(message, suffix, signal)
    if (called !== undefined && called.outcome !== 'written') return this.#failed(called)
    this.#over = true
    const { note: _, ...below } = write
    this.#closeLater(blocksBelow(below))
    return called === undefined ? { outcome: 'written', message } : written(called)
  }

  async #endBroken(signal: AbortSignal): Promise<WriteOutcome> {
    const end = { text: '', blocks: [], endsSession: false, taken: false }
    const called = await this.#parts.calls.stopStream(this.#parts.message, end, signal)
    // Should it run on in spite of a refusal, the update that follows says so.
    const ended = called.outcome === 'written' || (called.word !== undefined && !isNoneThere(called.word))
    if (!ended) return written(called)
    this.#over = true
    return again
  }

  #failed(called: Exclude<Called, { outcome: 'written' }>): WriteOutcome {
    const { word } = called
    if (word === expired) {
      this.#over = true
      return again
    }
    if (word === 'stopped_by_user') {
      this.#closeLater([])
      return { outcome: 'gone', cause: new RefusedError('the person stopped the answer', { cause: called }) }
    }
    // Slack takes no more of this stream; the message and the place are there.
    if (word !== undefined && !isNoneThere(word)) return this.#goOnByUpdate()
    // Whether these words stand there nobody knows: to append them again could double them.
    if (called.outcome === 'unknown') this.#state = 'broken'
    return written(called)
  }

  #goOnByUpdate(): WriteOutcome {
    this.#state = 'broken'
    return again
  }

  /** All words are there; what is left is to end the stream when there is room for it. */
  #closeLater(blocks: readonly Block[]): void {
    const { workspace, calls, clock, errands, message } = this.#parts
    void errands.run('end a stream', signal => endStream({ workspace, calls, clock }, message, blocks, signal))
  }
}

/** Nothing can be written there, by a stream or otherwise. */
function isNoneThere(word: string): boolean {
  return word === 'message_not_found' || isPlaceGone(word)
}
