import type { Earlier, ReplySurface } from '#src/core/surface.ts'
import type { AnswerParts } from './answer-parts.ts'
import { quotable } from './commands/without-ignored.ts'

/** A thread that Aeries is called into is read once; an answer does not wait longer than that for it. */
const readWithinMs = 1_500

/** What was said in a thread before Aeries was called into it. Rejects when the signal is aborted, with its reason. */
export async function readEarlier(
  { store }: Pick<AnswerParts, 'store'>,
  surface: ReplySurface,
  signal: AbortSignal,
): Promise<Earlier> {
  try {
    const earlier = await surface.earlier(AbortSignal.any([signal, AbortSignal.timeout(readWithinMs)]))
    return { ...earlier, quotes: await quotable(store.preferences, earlier.quotes) }
  } catch {
    signal.throwIfAborted()
    return { quotes: [], unread: ['what was said in this thread before'] }
  }
}
