import type { MessageId } from '#src/core/ids.ts'
import type { WritePhase } from '#src/core/surface.ts'
import type { Draft, OpenTurn } from '#src/core/turns.ts'

/** What the reader has on the screen of one part. */
export type Shown = Readonly<{
  message: MessageId
  /** Empty also when nobody knows: then the next write of the part is never taken for the same. */
  text: string
  phase: WritePhase
  note: string | undefined
  /** It is a word of Aeries in place of the reply. */
  notice: boolean
  /** What a tap on its buttons asks for; absent: it has none, or nobody knows. */
  actions?: readonly string[]
}>

/** What of a reply stands on the platform before its writing begins: an earlier try, or an earlier process, put it there. */
export type Standing = Readonly<{
  shown: readonly Shown[]
  /** Words of the reply that may have been read. */
  draft: Draft | undefined
  /** Whoever wrote it ended in the middle: one more message may stand that nobody told of. */
  inDoubt: boolean
}>

/** What a process left of a turn that ended without closing it. */
export function standingOf({ draft, messages }: OpenTurn): Standing {
  const shown = messages.map(
    message => ({ message, text: '', phase: 'first', note: undefined, notice: false }) as const,
  )
  return { shown, draft, inDoubt: true }
}
