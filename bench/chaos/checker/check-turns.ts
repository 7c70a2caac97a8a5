import { answerOf } from './answer-of.ts'
import { type CaseFile, namesOf, type TurnFile } from './case-file.ts'
import { excuseOf } from './excuse.ts'
import { beginsWith, sameWords } from './same-words.ts'
import type { Violation, ViolationKind } from './violation.ts'
import { cutOffNotes, introduction, lateNote, notices } from './words.ts'

/**
 * Every turn is closed, and what its reader has is what its outcome says: all of it, a part and a note, or the notice.
 */
export function checkTurns(file: CaseFile): readonly Violation[] {
  return file.turns.flatMap(turn => checkTurn(turn))
}

function checkTurn(file: TurnFile): readonly Violation[] {
  const { turn, asked, said } = file
  const breach = (kind: ViolationKind, what: string): readonly Violation[] => [
    { kind, what, said: namesOf(file), turn: turn.key, shown: file.parts },
  ]
  if (asked.length === 0) return breach('empty turn', `the turn ${turn.key} answers nothing`)
  if (said.length < asked.length) return breach('answered unaddressed', `${turn.key} answers what nobody said`)
  switch (turn.state) {
    case 'answering':
      return breach('open turn', `the turn ${turn.key} was never closed`)
    case 'done':
      return checkWhole(file, breach)
    case 'cut off':
      return checkCutOff(file, breach)
    case 'stopped':
      return checkStopped(file, breach)
    case 'failed':
      return checkNotice(file, breach)
    default:
      return turn.state satisfies never
  }
}

const wholeNotes: readonly string[] = [lateNote, introduction, `${lateNote} ${introduction}`]

/** What a moderator takes off the platform leaves the ledger as well. */
function isTakenAway({ said, standing }: TurnFile): boolean {
  return standing.length === 0 && said.some(({ answerDeletedAt }) => answerDeletedAt !== undefined)
}

type Breach = (kind: ViolationKind, what: string) => readonly Violation[]

/** What the model says to the newest question. Two of the same millisecond may stand either way. */
function expectedOf({ said }: TurnFile): readonly string[] {
  const newest = Math.max(...said.map(({ at }) => at))
  return said.filter(({ at }) => at === newest).map(({ id }) => answerOf(id))
}

function shownText({ standing }: TurnFile): string {
  return standing.map(({ text }) => text).join('\n')
}

function notesOf({ standing }: TurnFile): readonly string[] {
  return standing.flatMap(({ notes }) => notes)
}

function checkWhole(file: TurnFile, breach: Breach): readonly Violation[] {
  const { answers, standing, said, parts } = file
  const [answer] = answers
  const expected = expectedOf(file)
  if (answer === undefined)
    return isTakenAway(file) ? [] : breach('lost', 'the turn is done, and the ledger has no answer')
  if (answers.length > 1) return breach('doubled', 'the ledger has two answers of one turn')
  if (!expected.includes(answer.text)) return breach('wrong text', 'the ledger says something else than the model')
  const excuse = excuseOf(said)
  if (standing.length === 0) return excuse ? [] : breach('lost', 'the turn is done, and nothing of it stands')
  if (standing.length < parts.length && !excuse) return breach('lost', 'a part of the answer does not stand')
  if (!sameWords(shownText(file), answer.text) && !excuse) {
    return breach('wrong text', 'what stands is not what the model said')
  }
  const strange = notesOf(file).filter(note => !wholeNotes.includes(note))
  return strange.length === 0 ? [] : breach('wrong note', `a whole answer says "${strange.join(' ')}"`)
}

function checkCutOff(file: TurnFile, breach: Breach): readonly Violation[] {
  const { answers, said } = file
  const [answer] = answers
  if (answer === undefined) {
    return isTakenAway(file) ? [] : breach('lost', 'the turn is cut off, and the ledger has no word of it')
  }
  if (answers.length > 1) return breach('doubled', 'the ledger has two answers of one turn')
  if (!expectedOf(file).some(whole => beginsWith(whole, answer.text))) {
    return breach('wrong text', 'the ledger says something else than the model')
  }
  if (excuseOf(said) !== undefined) return []
  if (file.standing.length === 0) return breach('lost', 'the turn is cut off, and nothing of it stands')
  if (!sameWords(shownText(file), answer.text)) return breach('wrong text', 'what stands is not what the ledger says')
  const [note, ...more] = notesOf(file)
  const isTold = note !== undefined && more.length === 0 && cutOffNotes.includes(note)
  return isTold ? [] : breach('wrong note', `an answer that broke off says "${notesOf(file).join(' ')}"`)
}

function checkStopped(file: TurnFile, breach: Breach): readonly Violation[] {
  const { answers, said } = file
  if (excuseOf(said) === undefined) return breach('stopped by nobody', 'the turn says that somebody stopped it')
  const isPart = answers.every(({ text }) => expectedOf(file).some(whole => beginsWith(whole, text)))
  return isPart ? [] : breach('wrong text', 'the ledger says something else than the model')
}

function checkNotice(file: TurnFile, breach: Breach): readonly Violation[] {
  const { answers, standing, said } = file
  if (answers.length > 0) return breach('wrong text', 'the turn failed, and the ledger has an answer')
  if (excuseOf(said) !== undefined) return []
  const [notice] = standing
  if (notice === undefined) return breach('lost', 'the turn failed, and nobody was told')
  if (standing.length > 1) return breach('notice twice', 'the notice of one turn stands in several messages')
  return notices.includes(notice.text) ? [] : breach('wrong text', `in place of an answer stands "${notice.text}"`)
}
