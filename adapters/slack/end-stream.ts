import type { Clock } from '#src/core/clock.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { ChannelCalls } from './channel-calls.ts'
import type { Block } from './content.ts'
import type { Workspace } from './workspace.ts'

type Parts = Readonly<{ workspace: Workspace; calls: ChannelCalls; clock: Clock }>

/**
 * Ends a stream that has all its words, as soon as the limits have room for it; a call that fails is made once more. The session
 * is left as it is: by then the next answer may be processing there.
 */
export async function endStream(
  { workspace, calls, clock }: Parts,
  message: MessageId,
  blocks: readonly Block[],
  signal: AbortSignal,
): Promise<void> {
  for (let tries = 0; tries < 2; tries += 1) {
    for (let wait = workspace.limits.take('chat.stopStream', calls.channel); wait > 0; ) {
      await clock.sleep(wait, signal)
      wait = workspace.limits.take('chat.stopStream', calls.channel)
    }
    const called = await calls.stopStream(message, { text: '', blocks, endsSession: false, taken: true }, signal)
    if (called.outcome === 'written' || called.outcome === 'gone') return
    if (called.outcome === 'rate-limited') await clock.sleep(called.retryAfterMs, signal)
  }
}
