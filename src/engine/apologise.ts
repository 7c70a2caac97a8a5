import type { ReplySurface } from '#src/core/surface.ts'
import type { AnswerParts } from './answer-parts.ts'
import { restingNotice } from './words.ts'
import { writeNotice } from './write-notice.ts'

/**
 * Tells the asker kindly that nothing can be answered now because of a fault of our own, such as a database that takes no
 * more; logs it. The notice is of no turn, since none could be written down.
 */
export async function apologise(
  parts: Pick<AnswerParts, 'budget' | 'clock' | 'log' | 'telemetry'>,
  surface: ReplySurface,
  cause: unknown,
  signal: AbortSignal,
): Promise<void> {
  parts.log.error({ err: cause }, 'a message could not be taken or answered')
  const key = crypto.randomUUID().replaceAll('-', '').slice(0, 16)
  await writeNotice(parts, surface, { key, text: restingNotice }, signal)
}
