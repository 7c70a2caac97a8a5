import { type CaseFile, namesOf, type TurnFile } from './case-file.ts'
import type { LedgerWords } from './ledger.ts'
import type { Violation } from './violation.ts'

/**
 * The answers to one asker in one conversation stand in the order of the questions, as far as the questions were
 * received in
 * it: what a platform delivers late is answered late. The parts of one answer stand in their order.
 */
export function checkOrder(file: CaseFile): readonly Violation[] {
  const shown = file.turns.filter(turn => turn.standing.length > 0 && !isAnsweredBelow(turn, file))
  const lanes = Map.groupBy(shown, ({ turn }) => `${turn.place} ${turn.asker}`)
  return [
    ...file.turns.filter(turn => !isAscending(turn)).map(partsAstray),
    ...[...lanes.values()].flatMap(lane => checkLane(lane, file)),
  ]
}

/** Another answer to it was asked for when it was not the newest any more, or a question that it shared its answer with was deleted. */
function isAnsweredBelow({ turn, superseded, said }: TurnFile, { evidence }: CaseFile): boolean {
  const [first] = said
  // What was taken back is in no turn any more.
  const hasLostOne = evidence.said.some(
    one => one.asker === turn.asker && one.channel === first?.channel && one.deletedAt && one.deletedAt >= first.at,
  )
  // Of an answer that was taken away nothing tells any more that another one took its place.
  const hasLostAnswer = said.some(({ answerDeletedAt }) => answerDeletedAt !== undefined)
  return superseded.some(({ inPlace }) => inPlace === 0) || (turn.run > 0 && (hasLostOne || hasLostAnswer))
}

function checkLane(lane: readonly TurnFile[], file: CaseFile): readonly Violation[] {
  const inOrder = lane.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
  return inOrder.flatMap((later, i) => {
    const earlier = inOrder[i - 1]
    if (earlier === undefined || !isSwapped(earlier, later, file)) return []
    const what = `the answer to ${namesOf(later).join(', ')} stands below that to ${namesOf(earlier).join(', ')}`
    return [
      { kind: 'wrong order', what, said: [...namesOf(earlier), ...namesOf(later)], turn: later.turn.key },
    ] as const
  })
}

/** Something in the turn below was said and received before something in the turn above. */
function isSwapped(above: TurnFile, below: TurnFile, { evidence }: CaseFile): boolean {
  const received = ({ event }: LedgerWords) => evidence.ledger.events.get(event ?? '') ?? Number.POSITIVE_INFINITY
  return below.asked.some(one =>
    above.asked.some(other => one.saidAt < other.saidAt && received(one) <= received(other)),
  )
}

function isAscending({ standing }: TurnFile): boolean {
  return standing.every((shown, i) => i === 0 || shown.order > (standing[i - 1]?.order ?? 0n))
}

function partsAstray(file: TurnFile): Violation {
  return {
    kind: 'wrong order',
    what: 'the parts of one answer stand in another order',
    said: namesOf(file),
    turn: file.turn.key,
  }
}

function placeOf({ standing }: TurnFile): bigint {
  return standing[0]?.order ?? 0n
}
