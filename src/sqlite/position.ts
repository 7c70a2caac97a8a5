import { DefectError } from '#src/core/errors.ts'
import type { HistoryPosition } from '#src/core/history.ts'

type Standing = Readonly<{ ordinal: number; id: number }>

/** Digits of the greatest whole number that JavaScript and SQLite share: positions of one width compare as text. */
const width = String(Number.MAX_SAFE_INTEGER).length

export function formatPosition({ ordinal, id }: Standing): HistoryPosition {
  return `${String(ordinal).padStart(width, '0')}.${String(id).padStart(width, '0')}` as HistoryPosition
}

export function parsePosition(position: HistoryPosition): Standing {
  const [ordinal, id] = position.split('.').map(Number)
  if (!Number.isSafeInteger(ordinal) || !Number.isSafeInteger(id)) {
    throw new DefectError(`${position} is no position of a transcript.`)
  }
  return { ordinal: ordinal as number, id: id as number }
}
