import { DefectError, RefusedError } from '#src/core/errors.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Earlier, ReplySurface, Write, WriteOutcome, WritePhase } from '#src/core/surface.ts'
import type { Thread } from './agent-threads.ts'
import { type Answering, type SurfaceParts, threadOf } from './answering.ts'
import { attachFile } from './attach-file.ts'
import { ChannelCalls, written } from './channel-calls.ts'
import { contentOf, type Dialect, room } from './content.ts'
import { earlierInThread } from './earlier.ts'
import { NewMessages } from './new-messages.ts'
import { platform } from './platform-name.ts'
import { settledStreamText } from './stream-text.ts'
import { updateMessage } from './update-message.ts'

/** The answer to one Slack message: posted and updated, or streamed natively where it may be. */
export class SlackSurface implements ReplySurface {
  readonly #parts: SurfaceParts
  readonly #answering: Answering
  readonly #calls: ChannelCalls
  readonly #messages: NewMessages
  readonly #thread: Thread | undefined
  /** The same for all of the answer, also when a stream was refused: what is shown must not change its looks. */
  readonly #dialect: Dialect
  #attachInDoubt = false
  /** Stops that came before this answer began meant another one. */
  #stopsBefore: number | undefined

  constructor(parts: SurfaceParts, answering: Answering) {
    this.#parts = parts
    this.#answering = answering
    this.#calls = new ChannelCalls(parts.workspace, answering.place.channel)
    this.#messages = new NewMessages(parts, answering, this.#calls)
    this.#thread = threadOf(answering.place)
    this.#dialect = answering.native ? { allowed: answering.allowed } : undefined
  }

  measure(text: string, _phase: WritePhase): number {
    return contentOf(text, this.#dialect).length / room
  }

  /** A last write is never equal to one before: it brings the buttons, and ends a stream. */
  render(text: string, phase: WritePhase): string {
    if (phase === 'final') return `${contentOf(text, this.#dialect)}\n[buttons]`
    if (this.#dialect === undefined) return contentOf(text, undefined)
    if (phase === 'freeze') return `${contentOf(text, this.#dialect)}\n[end]`
    return settledStreamText(text, this.#dialect.allowed)
  }

  /** Slack counts by method and workspace, posts also by channel. */
  bucket({ phase, message, notice }: Pick<Write, 'phase' | 'message' | 'notice'>): string {
    const { team } = this.#parts.workspace
    if (message !== undefined) {
      return `${platform}:${this.#messages.stream(message)?.method(phase) ?? 'chat.update'}:${team}`
    }
    const method = this.#messages.method({ phase, ...(notice && { notice }) })
    const bucket = `${platform}:${method}:${team}`
    return method === 'chat.postMessage' ? `${bucket}:${this.#calls.channel}` : bucket
  }

  async write(write: Write, signal: AbortSignal): Promise<WriteOutcome> {
    signal.throwIfAborted()
    const content = contentOf(write.text, this.#dialect)
    if (content === '') return gone(new DefectError('a blank text was to be written to Slack'))
    this.#stopsBefore ??= this.#stops
    const isStopped = write.phase !== 'final' && this.#stops > this.#stopsBefore
    const outcome = isStopped
      ? gone(new RefusedError('the person stopped the answer'))
      : await this.#send(write, content, signal)
    this.#showState(write, outcome)
    return outcome
  }

  async find(write: Write, signal: AbortSignal): Promise<MessageId | undefined> {
    const found = await this.#messages.find(write, signal)
    return found.outcome === 'found' ? found.message : undefined
  }

  async attach(
    file: Readonly<{ name: string; content: string }>,
    key: string,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    signal.throwIfAborted()
    const known = this.#parts.workspace.ownMessages.find(key)
    if (known !== undefined) return { outcome: 'written', message: known }
    const { place, message: answering, mayStand } = this.#answering
    const { channel, thread } = place
    const target = { channel, thread, answering, key, mayStand: mayStand || this.#attachInDoubt }
    const outcome = await attachFile(this.#parts, target, file, signal)
    this.#attachInDoubt = outcome.outcome === 'unknown'
    return outcome
  }

  async remove(message: MessageId, signal: AbortSignal): Promise<WriteOutcome> {
    return written(await this.#calls.delete(message, signal))
  }

  /** A status needs a thread to stand in: a DM that is answered at its top level shows none. */
  async typing(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    this.#stopsBefore ??= this.#stops
    if (this.#thread) await this.#parts.workspace.agent.think(this.#thread, this.#isStoppable, signal)
  }

  async earlier(signal: AbortSignal): Promise<Earlier> {
    signal.throwIfAborted()
    if (this.#thread === undefined) return { quotes: [], unread: [] }
    return await earlierInThread(this.#parts.workspace, this.#thread, this.#answering.message, signal)
  }

  async #send(write: Write, content: string, signal: AbortSignal): Promise<WriteOutcome> {
    if (write.message === undefined) return await this.#messages.create(write, content, signal)
    const stream = this.#messages.stream(write.message)
    if (stream !== undefined) return await stream.write(write, signal)
    return await updateMessage(this.#calls, write.message, write, content, signal)
  }

  /** Words take the status away; the end of the answer takes the stop button away. */
  #showState({ phase }: Write, { outcome }: WriteOutcome): void {
    const { agent } = this.#parts.workspace
    if (this.#thread === undefined) return
    if (outcome === 'written') agent.answered(this.#thread)
    const isOver = outcome === 'gone' || (outcome === 'written' && phase === 'final')
    if (isOver && this.#answering.mayStand) agent.endUnknown(this.#thread, this.#isStoppable)
    else if (isOver) agent.end(this.#thread)
  }

  /** The agent view, whose sessions have a stop button, is one of DMs. */
  get #isStoppable(): boolean {
    return this.#answering.place.audience === 'dm'
  }

  get #stops(): number {
    return this.#thread === undefined ? 0 : this.#parts.workspace.agent.stopsIn(this.#thread)
  }
}

function gone(cause: Error): WriteOutcome {
  return { outcome: 'gone', cause }
}
