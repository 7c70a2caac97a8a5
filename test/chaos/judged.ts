import { check } from '#bench/chaos/checker/check.ts'
import type { ViolationKind } from '#bench/chaos/checker/violation.ts'
import { anEvidence, asEvidence, type Bendable } from './an-evidence.ts'

/** What the checker says of an evening, bent. */
export function judged(bend: (evidence: Bendable) => void = () => {}) {
  const evidence = anEvidence()
  bend(evidence)
  return check(asEvidence(evidence))
}

export function kinds(bend: (evidence: Bendable) => void): readonly ViolationKind[] {
  return [...new Set(judged(bend).violations.map(({ kind }) => kind))]
}

export function shownOf(evidence: Bendable, turn: number, part = 0) {
  const found = evidence.shown.find(({ order }) => order === BigInt(turn * 1_000 + 500 + part))
  if (!found) throw new Error(`turn ${turn} shows no part ${part}`)
  return found
}

export function without<T>(all: T[], which: (one: T) => boolean): void {
  all.splice(0, all.length, ...all.filter(one => !which(one)))
}
