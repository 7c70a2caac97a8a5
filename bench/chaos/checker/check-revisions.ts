import { type CaseFile, namesOf, type TurnFile } from './case-file.ts'
import { excuseOf } from './excuse.ts'
import { everAnswered } from './expected-answers.ts'
import type { LedgerSuperseded } from './ledger.ts'
import { beginsWith, sameWords } from './same-words.ts'
import type { Violation, ViolationKind } from './violation.ts'

/**
 * What another answer took the place of is kept as it was said, and stands as it was where it was left standing. What was to be taken
 * off a platform is off it. What somebody wanted of an answer in fair weather has happened: another one stands once, an earlier one is
 * back byte for byte, one that was taken away is gone.
 */
export function checkRevisions(file: CaseFile): readonly Violation[] {
  return [
    ...file.turns.flatMap(turn => turn.superseded.flatMap(one => checkSuperseded(one, turn, file))),
    ...checkRemovals(file),
    ...checkWishes(file),
  ]
}

function checkSuperseded(one: LedgerSuperseded, turn: TurnFile, { evidence }: CaseFile): readonly Violation[] {
  const breach = (kind: ViolationKind, what: string): readonly Violation[] => [
    { kind, what, said: namesOf(turn), turn: turn.turn.key, shown: turn.parts },
  ]
  if (!everAnswered(turn).some(whole => beginsWith(whole, one.text))) {
    return breach('wrong text', 'an answer that was superseded is kept in other words than the model said')
  }
  const isShowing = new Set(
    evidence.ledger.supersededParts.filter(part => isOf(part, one)).map(({ message }) => message),
  )
  if (one.inPlace === 1) {
    return isShowing.size === 0 ? [] : breach('orphan row', 'messages are kept of an answer that stands nowhere')
  }
  if (excuseOf(turn.said) !== undefined) return []
  const standing = evidence.shown.filter(({ key, deletedAt }) => isShowing.has(key) && deletedAt === undefined)
  const isAsItWas = sameWords(standing.map(({ text }) => text).join(''), one.text)
  return isAsItWas ? [] : breach('wrong text', 'a superseded answer does not stand as it was')
}

function isOf(part: Readonly<{ turn: string; run: number }>, one: LedgerSuperseded): boolean {
  return part.turn === one.turn && part.run === one.run
}

function checkRemovals({ evidence }: CaseFile): readonly Violation[] {
  const gone = evidence.said.filter(({ goneAt }) => goneAt !== undefined).map(({ channel }) => channel)
  return evidence.ledger.removals
    .filter(key => !gone.some(channel => key.includes(`:${channel}/`)))
    .map(key => ({ kind: 'orphan row', what: `${key} is still to be taken off its platform`, said: [], shown: [key] }))
}

function checkWishes({ evidence, turns, saidById }: CaseFile): readonly Violation[] {
  return evidence.wishes.flatMap(({ of, wish, before }) => {
    const turn = turns.find(({ said }) => said.some(({ id }) => id === of))
    const said = saidById.get(of)
    if (turn === undefined || said === undefined || said.goneAt !== undefined) return []
    const breach = (what: string): readonly Violation[] => [
      { kind: 'wish', what, said: namesOf(turn), turn: turn.turn.key, shown: turn.parts },
    ]
    const now = turn.answers.map(({ text }) => text)
    switch (wish) {
      case 'away':
        return turn.turn.withdrawn === 1 ? [] : breach(`the answer to ${of} was to be taken away`)
      case 'another':
        return now.length === 1 && now[0] !== before ? [] : breach(`another answer to ${of} was asked for`)
      case 'another, taken back':
        return now.length === 1 && now[0] === before ? [] : breach(`the earlier answer to ${of} is not back as it was`)
      default:
        return wish satisfies never
    }
  })
}
