import type { MessageId } from '#src/core/ids.ts'
import type { ReplySurface, Write } from '#src/core/surface.ts'
import { restingNotice } from './words.ts'

/** The message of this part that the process before may have sent without having been told of it: the reply, or a notice in its place. */
export async function findStanding(
  surface: ReplySurface,
  write: Write,
  signal: AbortSignal,
): Promise<MessageId | undefined> {
  const found = await surface.find(write, signal)
  if (found !== undefined || write.part > 0) return found
  return await surface.find({ ...write, text: restingNotice, notice: true }, signal)
}
