import type { Awaitable } from '#src/core/awaitable.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { ReplySurface, Write } from '#src/core/surface.ts'
import { restingNotice } from './words.ts'

/** The message of this part that the process before may have sent without having been told of it: the reply, or a notice in its place. */
export async function findStanding(
  surface: ReplySurface,
  write: Write,
  isOfAnother: (message: MessageId) => Awaitable<boolean>,
  signal: AbortSignal,
): Promise<MessageId | undefined> {
  const notice = { ...write, text: restingNotice, notice: true } as const
  for (const looked of write.part > 0 ? [write] : [write, notice]) {
    const found = await surface.find(looked, signal)
    if (found !== undefined && !(await isOfAnother(found))) return found
  }
  return undefined
}
