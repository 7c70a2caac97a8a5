import type { MessageId } from '#src/core/ids.ts'
import type { Write, WriteOutcome } from '#src/core/surface.ts'
import { type ChannelCalls, written } from './channel-calls.ts'
import { blocksOf, fallbackOf } from './content.ts'

/** Gives a message of ours the newest text. Text and blocks go together: what is left out of an update stays as it was. */
export async function updateMessage(
  calls: ChannelCalls,
  message: MessageId,
  write: Write,
  content: string,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const body = { text: fallbackOf(write.text), blocks: blocksOf(content, write), key: write.key }
  const called = await calls.update(message, body, signal)
  const isStream = called.outcome === 'gone' && called.word === 'streaming_state_conflict'
  return isStream ? await endStreamFirst(calls, message, signal) : written(called)
}

/** A stream takes no update while it runs, be it one of a process before this one. */
async function endStreamFirst(calls: ChannelCalls, message: MessageId, signal: AbortSignal): Promise<WriteOutcome> {
  const end = { text: '', blocks: [], endsSession: false, taken: false }
  const called = await calls.stopStream(message, end, signal)
  const isOver = called.outcome === 'written' || called.word === 'message_not_in_streaming_state'
  return isOver ? { outcome: 'rate-limited', retryAfterMs: 0 } : written(called)
}
