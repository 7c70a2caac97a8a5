import type { Evidence, Said, Shown } from './evidence.ts'
import type { LedgerSuperseded, LedgerTurn, LedgerWords } from './ledger.ts'

/** A turn with everything that belongs to it. */
export type TurnFile = Readonly<{
  turn: LedgerTurn
  /** What was asked in it, in the platform's order. */
  asked: readonly LedgerWords[]
  /** The same as people said it, as far as they did. */
  said: readonly Said[]
  /** What the ledger says was answered. */
  answers: readonly LedgerWords[]
  /** What the ledger says was answered before, until another reply took its place. */
  superseded: readonly LedgerSuperseded[]
  /** Keys of the messages that show it, by part. */
  parts: readonly string[]
  /** Those of them that stand. */
  standing: readonly Shown[]
}>

/** The evidence in the order in which questions are put to it. */
export type CaseFile = Readonly<{
  evidence: Evidence
  turns: readonly TurnFile[]
  saidByKey: ReadonlyMap<string, Said>
  saidById: ReadonlyMap<string, Said>
  askedByKey: ReadonlyMap<string, LedgerWords>
  /** The turn that each of our messages belongs to. */
  turnByPart: ReadonlyMap<string, TurnFile>
  /** Keys of our messages that show what another reply took the place of. */
  superseded: ReadonlySet<string>
}>

export function openCaseFile(evidence: Evidence): CaseFile {
  const { said, shown, ledger } = evidence
  const saidByKey = new Map(said.map(one => [one.key, one]))
  const shownByKey = new Map(shown.map(one => [one.key, one]))
  const wordsByTurn = Map.groupBy(ledger.words, one => one.turn)
  const partsByTurn = Map.groupBy(ledger.parts, one => one.turn)
  const turns = ledger.turns.map((turn): TurnFile => {
    const words = wordsByTurn.get(turn.id) ?? []
    const asked = words.filter(({ role }) => role === 'person').sort((a, b) => a.saidAt - b.saidAt || byOrdinal(a, b))
    const parts = (partsByTurn.get(turn.id) ?? []).map(({ message }) => message)
    return {
      turn,
      asked,
      said: asked.map(({ key }) => saidByKey.get(key ?? '')).filter(one => one !== undefined),
      answers: words.filter(({ role }) => role === 'aeries'),
      superseded: ledger.superseded.filter(one => one.turn === turn.id),
      parts,
      standing: parts.map(key => shownByKey.get(key)).filter(one => one !== undefined && one.deletedAt === undefined),
    } as TurnFile
  })
  return {
    evidence,
    turns,
    saidByKey,
    saidById: new Map(said.map(one => [one.id, one])),
    askedByKey: new Map(ledger.words.flatMap(one => (one.key === null ? [] : [[one.key, one]]))),
    turnByPart: new Map(turns.flatMap(file => file.parts.map(key => [key, file]))),
    superseded: new Set(ledger.supersededParts.map(({ message }) => message)),
  }
}

function byOrdinal(a: LedgerWords, b: LedgerWords): number {
  return a.ordinal < b.ordinal ? -1 : 1
}

export function namesOf({ said }: TurnFile): readonly string[] {
  return said.map(({ id }) => id)
}
