import type { KnownTurn } from '#src/core/revisions.ts'
import { lengthNote } from '#src/engine/words.ts'

/** Whether there may be more of an answer: it was cut off, somebody stopped it, or it reached its length. */
export function mayGoOn({ reply, note, isWithdrawn }: KnownTurn): boolean {
  if (reply === undefined || isWithdrawn || reply.text.trim() === '') return false
  return reply.outcome === 'stopped' || reply.outcome === 'cut off' || (note?.includes(lengthNote) ?? false)
}
