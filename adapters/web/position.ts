/** How far somebody has read an answer: so many characters of its words, which had that sum, and so many private words. */
export type Position = Readonly<{ turn: string; at: number; sum: number; told: number }>

/** Of no words. */
export const emptySum = 0x811c9dc5
const prime = 0x01000193

/** FNV-1a over UTF-16 units: tells words apart, and goes on where it was. */
export function sumOf(words: string, sum = emptySum): number {
  let now = sum
  for (let at = 0; at < words.length; at += 1) now = Math.imul(now ^ words.charCodeAt(at), prime) >>> 0
  return now
}

/** The id of an event: all that it takes to go on behind it, also for a process that never sent it. */
export function formatPosition({ turn, at, sum, told }: Position): string {
  return `${turn}/${at}.${sum.toString(36)}.${told}`
}

const pattern = /^([0-9a-f-]{41})\/(\d{1,9})\.([0-9a-z]{1,7})\.(\d{1,6})$/

/** `undefined`: it is none of ours. */
export function parsePosition(text: string): Position | undefined {
  const [, turn, at, sum, told] = pattern.exec(text) ?? []
  if (turn === undefined) return undefined
  return { turn, at: Number(at), sum: Number.parseInt(sum ?? '', 36), told: Number(told) }
}
