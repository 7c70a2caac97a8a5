import { namesIn } from './answer-of.ts'
import { type CaseFile, namesOf, type TurnFile } from './case-file.ts'
import type { Violation } from './violation.ts'

/**
 * The ledger holds together: no row without its owner, nothing left over of what is closed, and SQLite finds no fault.
 */
export function checkLedger(file: CaseFile): readonly Violation[] {
  const { ledger } = file.evidence
  const turns = new Map(file.turns.map(one => [one.turn.id, one]))
  const orphan = (what: string): Violation => ({ kind: 'orphan row', what, said: [] })
  return [
    ...ledger.damages.map((what): Violation => ({ kind: 'damage', what, said: [] })),
    ...ledger.drafts.flatMap(id => {
      const owner = turns.get(id)
      if (owner?.turn.state === 'answering') return []
      return [{ ...orphan(`a draft is left of ${owner?.turn.key ?? 'no turn'}`), turn: owner?.turn.key }]
    }),
    ...ledger.parts.flatMap(({ turn, message }) => (turns.has(turn) ? [] : [orphan(`${message} is part of no turn`)])),
    ...ledger.words.flatMap(({ id, turn, conversation }) => {
      const owner = turn === null ? undefined : turns.get(turn)
      if (turn !== null && owner === undefined) return [orphan(`the words ${id} belong to no turn`)]
      if (owner === undefined || owner.turn.conversation === conversation) return []
      return [{ ...orphan(`the words ${id} are of another conversation than their turn`), turn: owner.turn.key }]
    }),
    ...file.turns.flatMap(turn => checkHeard(turn, file)),
  ]
}

/** Of a turn that was answered, the model got all that was asked in at least one request. */
function checkHeard(file: TurnFile, { evidence }: CaseFile): readonly Violation[] {
  if (file.turn.state !== 'done' && file.turn.state !== 'cut off') return []
  const names = namesOf(file)
  const isHeard = evidence.askings
    .filter(({ turn }) => turn === file.turn.key)
    .some(({ prompt }) => {
      const told = new Set(namesIn(prompt))
      return names.every(name => told.has(name))
    })
  if (isHeard) return []
  return [
    { kind: 'unheard', what: 'no request to the model held all that was asked', said: names, turn: file.turn.key },
  ]
}
