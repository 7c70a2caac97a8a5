import type { CaseFile } from './case-file.ts'
import type { Violation } from './violation.ts'
import { interruptedNote } from './words.ts'

/** A person sees an answer that a kill met in the middle whole or marked within so long after the next start, in ms. */
const recoveredWithinMs = 10_000

export type Recovery = Readonly<{ turn: string; said: readonly string[]; ms: number }>

/**
 * Answers that people saw begun before a start and whole or marked after it: how long that took, in milliseconds, from
 * the last start before.
 */
export function recoveriesOf({ turns, evidence }: CaseFile): readonly Recovery[] {
  return turns.flatMap(({ turn, said, standing }) => {
    const begun = standing[0]?.frames[0]?.at
    if (begun === undefined) return []
    const ended = Math.max(...standing.map(({ frames }) => lastChange(frames)))
    const marks = standing.flatMap(({ frames }) => frames.filter(({ content }) => content.includes(interruptedNote)))
    const start = evidence.starts.findLast(at => at <= ended)
    return start !== undefined && start > begun
      ? [
          {
            turn: turn.key,
            said: said.map(({ id }) => id),
            ms: Math.min(ended, ...marks.filter(({ at }) => at > start).map(({ at }) => at)) - start,
          },
        ]
      : []
  })
}

/** When its words got to be those that it ends with. */
function lastChange(frames: readonly Readonly<{ at: number; content: string }>[]): number {
  const last = frames.at(-1)?.content
  let at = frames.length - 1
  while (at > 0 && frames[at - 1]?.content === last) at -= 1
  return frames[at]?.at ?? 0
}

export function checkRecoveries(file: CaseFile): readonly Violation[] {
  return recoveriesOf(file)
    .filter(({ ms }) => ms > recoveredWithinMs)
    .map(({ turn, said, ms }) => {
      return { kind: 'slow recovery', what: `it took ${Math.round(ms)} ms from the start before its end`, said, turn }
    })
}
