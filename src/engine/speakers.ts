import type { PersonId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import { neutralise } from './neutralise.ts'

/** A name longer than that is decoration, or an attempt to write into the prompt. */
const maxNameLength = 40

/** All that any program takes for the end of a line. */
export const lineBreak = /\r\n|[\n\r\u2028\u2029\v\f\u0085]/g

const roleWords = /\b(?:system|assistant|user|developer|tool|function)\b/giu
const marksOfStructure = /[()[\]{}<>‹›«»"“”'`:：|#*_=~\\/]/gu

/**
 * One plain label for each person of a shared place: one line, no brackets or role words, at most 40 characters, equal ones
 * told apart by number in the order of first appearance. So no name can forge a line of the transcript.
 */
export function nameSpeakers(people: readonly Person[], ownName: string): ReadonlyMap<PersonId, string> {
  const labels = new Map<PersonId, string>()
  const taken = new Set([fold(ownName)])
  for (const person of people) {
    if (labels.has(person.id)) continue
    const name = plainName(person.name)
    let label = name
    for (let n = 2; taken.has(fold(label)); n++) label = `${name} ${n}`
    taken.add(fold(label))
    labels.set(person.id, label)
  }
  return labels
}

/** A display name, a channel's or a file's name as one harmless line. */
export function plainName(raw: string): string {
  const line = neutralise(raw.normalize('NFKC'))
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(marksOfStructure, ' ')
    .replace(roleWords, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  return [...line].slice(0, maxNameLength).join('').trim() || 'someone'
}

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}
