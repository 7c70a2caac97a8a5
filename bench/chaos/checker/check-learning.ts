import { type CaseFile, namesOf, type TurnFile } from './case-file.ts'
import { excuseOf } from './excuse.ts'
import type { Violation } from './violation.ts'

/**
 * Of every turn that was answered something was learnt, or a job waits for it, or was given up with a reason: whoever writes at
 * all shows how they write. Nothing counts twice, however often its job was begun.
 */
export function checkLearning(file: CaseFile): readonly Violation[] {
  const { jobs, learntFrom, doubled } = file.evidence.ledger
  const withJob = new Set(jobs.map(({ turn }) => turn))
  return [
    ...file.turns.filter(hasWords).flatMap(turn => {
      const isLearnt = turn.asked.some(({ key }) => key !== null && learntFrom.has(key))
      if (isLearnt || withJob.has(turn.turn.id) || excuseOf(turn.said) !== undefined) return []
      const what = `nothing was learnt from ${turn.turn.key}, and no job is left of it`
      return [{ kind: 'not learnt' as const, what, said: namesOf(turn), turn: turn.turn.key }]
    }),
    ...jobs.flatMap(({ turn, state, reason }) => {
      if (state === 'dead' ? reason !== null : state === 'waiting') return []
      return [
        { kind: 'not learnt' as const, what: `the job of turn ${turn} is ${state}, and nobody is at it`, said: [] },
      ]
    }),
    ...doubled.map(what => ({ kind: 'learnt twice' as const, what, said: [] })),
  ]
}

/** How many of the answered turns were learnt from. */
export function learntTurns({ turns, evidence }: CaseFile): number {
  const { learntFrom } = evidence.ledger
  return turns.filter(({ asked }) => asked.some(({ key }) => key !== null && learntFrom.has(key))).length
}

function hasWords({ answers, turn }: TurnFile): boolean {
  return turn.state !== 'answering' && answers.some(({ text }) => text.trim() !== '')
}
