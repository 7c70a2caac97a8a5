import type { MessageId } from '#src/core/ids.ts'
import type { Write, WriteOutcome } from '#src/core/surface.ts'
import { type ChannelCalls, written } from './channel-calls.ts'
import { blocksOf, fallbackOf } from './content.ts'

/** A stream that is still being ended takes no update. */
const endingMs = 2_000

/** Gives a message of ours the newest text. Text and blocks go together: what is left out of an update stays as it was. */
export async function updateMessage(
  calls: ChannelCalls,
  message: MessageId,
  write: Write,
  content: string,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const called = await calls.update(message, { text: fallbackOf(write.text), blocks: blocksOf(content, write) }, signal)
  const isEnding = called.outcome === 'gone' && called.word === 'streaming_state_conflict'
  return isEnding ? { outcome: 'rate-limited', retryAfterMs: endingMs } : written(called)
}
