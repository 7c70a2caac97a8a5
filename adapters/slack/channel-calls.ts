import { type MessageId, messageId, nativeMessageId } from '#src/core/ids.ts'
import type { Limit, WriteOutcome } from '#src/core/surface.ts'
import type { Block } from './content.ts'
import { type Fault, faultOf } from './faults.ts'
import type { Limited } from './method-limits.ts'
import { outcomeOf } from './outcomes.ts'
import { platform } from './platform-name.ts'
import type { Answer } from './slack-api.ts'
import { madeSchema } from './wire.ts'
import type { Workspace } from './workspace.ts'

type NotWritten = Exclude<WriteOutcome, { outcome: 'written' }>

/** How a call ended; a refusal keeps Slack's word, since some of them have another way out. */
export type Called =
  | Readonly<{ outcome: 'written'; message: MessageId; limit: Limit | undefined }>
  | (NotWritten & Readonly<{ word?: string | undefined }>)

/** What bears a write's key, so that a message of unknown fate is known when it is met again. */
export const keyedEvent = 'aeries_reply'

export type Recipient = Readonly<{ user: string; team: string }>
type Thread = string | undefined

/** The messages of one channel, as single calls with our outcomes, within what the methods' limits leave. */
export class ChannelCalls {
  readonly channel: string
  readonly #workspace: Workspace

  constructor(workspace: Workspace, channel: string) {
    this.#workspace = workspace
    this.channel = channel
  }

  /** `text` is the notification, the blocks are the message. Nothing in it is expanded, linked or called. */
  async post(
    { text, blocks, thread, key }: Readonly<{ text: string; blocks: readonly Block[]; thread: Thread; key: string }>,
    signal: AbortSignal,
  ): Promise<Called> {
    const quiet = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' }
    const args = { text, blocks, ...inThread(thread), ...quiet, metadata: keyed(key) }
    this.#workspace.ownMessages.sends(key)
    return await this.#call('chat.postMessage', args, signal)
  }

  async update(
    message: MessageId,
    { text, blocks, key }: Readonly<{ text: string; blocks: readonly Block[]; key: string }>,
    signal: AbortSignal,
  ): Promise<Called> {
    const said = { ts: nativeMessageId(message), text, blocks, link_names: false, parse: 'none' }
    // What began as a stream bears no key yet.
    return await this.#call('chat.update', { ...said, metadata: keyed(key) }, signal)
  }

  /** Outside of a DM Slack wants to be told whom a stream is for. A start has its place in the limits already. */
  async startStream(
    { text, thread, recipient }: Readonly<{ text: string; thread: string; recipient: Recipient | undefined }>,
    signal: AbortSignal,
  ): Promise<Called> {
    const whom = recipient && { recipient_user_id: recipient.user, recipient_team_id: recipient.team }
    const args = { ...inThread(thread), markdown_text: text, ...whom }
    using _ = this.#workspace.ownMessages.starts(this.channel)
    return await this.#send('chat.startStream', args, signal)
  }

  async appendStream(message: MessageId, text: string, signal: AbortSignal): Promise<Called> {
    return await this.#call('chat.appendStream', { ts: nativeMessageId(message), markdown_text: text }, signal)
  }

  /** `taken`: the stop has its place in the limits already. */
  async stopStream(
    message: MessageId,
    end: Readonly<{ text: string; blocks: readonly Block[]; key?: string; endsSession: boolean; taken: boolean }>,
    signal: AbortSignal,
  ): Promise<Called> {
    const args = {
      ts: nativeMessageId(message),
      ...(end.text !== '' && { markdown_text: end.text }),
      ...(end.blocks.length > 0 && { blocks: end.blocks }),
      ...(end.key !== undefined && { metadata: keyed(end.key) }),
      ...(end.endsSession && { session_status: 'active' }),
    }
    return end.taken
      ? await this.#send('chat.stopStream', args, signal)
      : await this.#call('chat.stopStream', args, signal)
  }

  async delete(message: MessageId, signal: AbortSignal): Promise<Called> {
    return await this.#send('chat.delete', { ts: nativeMessageId(message) }, signal)
  }

  /** A call that finds no room in its budget is not made. */
  async #call(method: Limited, args: object, signal: AbortSignal): Promise<Called> {
    const wait = this.#workspace.limits.take(method, this.channel)
    return wait > 0 ? { outcome: 'rate-limited', retryAfterMs: wait } : await this.#send(method, args, signal)
  }

  async #send(method: Limited | 'chat.delete', args: object, signal: AbortSignal): Promise<Called> {
    const { limits, api, team } = this.#workspace
    try {
      const answer = await api.call(method, { channel: this.channel, ...args }, signal)
      const message = messageId(platform, team, this.channel, tsOf(answer, args))
      return {
        outcome: 'written',
        message,
        limit: method === 'chat.delete' ? undefined : limits.limit(method, this.channel),
      }
    } catch (error) {
      signal.throwIfAborted()
      const fault = faultOf(error)
      if (fault.retryAfterMs !== undefined && method !== 'chat.delete') {
        limits.refused(method, this.channel, fault.retryAfterMs)
      }
      return failed(method, fault)
    }
  }
}

/** The outcome as the port has it. */
export function written(called: Called): WriteOutcome {
  if (called.outcome !== 'written') {
    const { word: _, ...outcome } = called
    return outcome
  }
  const { message, limit } = called
  return limit === undefined ? { outcome: 'written', message } : { outcome: 'written', message, limit }
}

function failed(method: string, fault: Fault): Called {
  return { ...outcomeOf(method, fault), word: fault.refused ? fault.error : undefined }
}

function tsOf(answer: Answer, args: object): string {
  return 'ts' in args && typeof args.ts === 'string' ? args.ts : madeSchema.parse(answer).ts
}

function keyed(key: string) {
  return { event_type: keyedEvent, event_payload: { key } }
}

function inThread(thread: Thread): Readonly<{ thread_ts?: string }> {
  return thread === undefined ? {} : { thread_ts: thread }
}
