import type { CaseFile } from './case-file.ts'
import type { Said } from './evidence.ts'
import type { Violation } from './violation.ts'
import { notices } from './words.ts'

/** A person sees an answer that a kill met in the middle go on, or say why not, within so long after the next start, in ms. */
const recoveredWithinMs = 10_000

export type Recovery = Readonly<{ turn: string; said: readonly string[]; ms: number }>

type Frame = Readonly<{ at: number; content: string }>

/**
 * Answers whose first words people saw before a start and whose end after it: how long it took, in milliseconds, from that
 * start to the first change: more words, the end, or a word under them that they will go on. How long the rest takes is the
 * model's own time.
 */
export function recoveriesOf({ turns, evidence }: CaseFile): readonly Recovery[] {
  return turns.flatMap(({ turn, said, standing }) => {
    const frames = standing.flatMap(part => part.frames).sort((a, b) => a.at - b.at)
    return evidence.starts.flatMap(start => {
      const before = frames.findLast(({ at }) => at < start)
      const next = frames.find(({ at, content }) => at >= start && content !== before?.content)
      // A notice in the place of an answer says all there is to say.
      if (before === undefined || next === undefined || isNotice(before) || wasWhole(frames, start)) return []
      if (isWished(said, before.at, next.at)) return []
      const isLastStart = !evidence.starts.some(other => other > start && other <= next.at)
      return isLastStart ? [{ turn: turn.key, said: said.map(({ id }) => id), ms: next.at - start }] : []
    })
  })
}

function isNotice({ content }: Frame): boolean {
  return notices.some(notice => content.includes(notice))
}

/** Somebody asked for what changed then: no word of that was cut off. */
function isWished(said: readonly Said[], from: number, to: number): boolean {
  return said.some(({ wishedAt = [] }) => wishedAt.some(at => at >= from && at <= to))
}

/** Nothing of its words changed from then on. */
function wasWhole(frames: readonly Frame[], start: number): boolean {
  const last = frames.at(-1)?.content
  return frames.findLast(({ at }) => at < start)?.content === last
}

export function checkRecoveries(file: CaseFile): readonly Violation[] {
  return recoveriesOf(file)
    .filter(({ ms }) => ms > recoveredWithinMs)
    .map(({ turn, said, ms }) => {
      return { kind: 'slow recovery', what: `it took ${Math.round(ms)} ms from the start until it went on`, said, turn }
    })
}
