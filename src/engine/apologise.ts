import { turnId } from '#src/core/ids.ts'
import type { ReplySurface } from '#src/core/surface.ts'
import type { AnswerParts } from './answer-turn.ts'
import { restingNotice } from './words.ts'
import { writeReply } from './write-reply.ts'

/**
 * Tells the asker kindly that nothing can be answered now because of a fault of our own, such as a database that takes no
 * more; logs it. The notice is of no turn, since none could be written down.
 */
export async function apologise(
  { budget, clock, log }: Pick<AnswerParts, 'budget' | 'clock' | 'log'>,
  surface: ReplySurface,
  cause: unknown,
  signal: AbortSignal,
): Promise<void> {
  log.error({ err: cause }, 'a message could not be taken or answered')
  await writeReply(
    {
      turn: turnId(crypto.randomUUID().replaceAll('-', '').slice(0, 16)),
      surface,
      pace: 'live',
      budget,
      clock,
      log,
      // biome-ignore lint/correctness/useYield: there is nothing to say but the notice
      async *ask() {
        throw cause
      },
      stop: signal,
      explain: () => ({ outcome: 'failed', words: restingNotice }),
      onWriting: () => {},
      onShown: () => {},
    },
    signal,
  )
}
