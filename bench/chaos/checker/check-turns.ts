import { type CaseFile, namesOf, type TurnFile } from './case-file.ts'
import type { Said } from './evidence.ts'
import { type Excuse, excuseOf } from './excuse.ts'
import { expectedAnswers } from './expected-answers.ts'
import { beginsWith, sameWords } from './same-words.ts'
import type { Violation, ViolationKind } from './violation.ts'
import { cutOffNotes, introduction, lateNote, notices } from './words.ts'

/**
 * Every turn is closed, and what its reader has is what its outcome says: all of it, a part and a note, or the notice.
 */
export function checkTurns(file: CaseFile): readonly Violation[] {
  return file.turns.flatMap(turn => checkTurn(turn, expectedAnswers(turn, file)))
}

function checkTurn(file: TurnFile, expected: readonly string[]): readonly Violation[] {
  const { turn, asked, said } = file
  const breach = (kind: ViolationKind, what: string): readonly Violation[] => [
    { kind, what, said: namesOf(file), turn: turn.key, shown: file.parts },
  ]
  if (asked.length === 0) return breach('empty turn', `the turn ${turn.key} answers nothing`)
  if (said.length < asked.length) return breach('answered unaddressed', `${turn.key} answers what nobody said`)
  if (turn.withdrawn === 1) return checkWithdrawn(file, breach)
  switch (turn.state) {
    case 'answering':
      return breach('open turn', `the turn ${turn.key} was never closed`)
    case 'done':
      return checkWhole(file, expected, breach)
    case 'cut off':
      return checkCutOff(file, expected, breach)
    case 'stopped':
      return checkStopped(file, expected, breach)
    case 'failed':
      return checkNotice(file, breach)
    default:
      return turn.state satisfies never
  }
}

const wholeNotes: readonly string[] = [lateNote, introduction, `${lateNote} ${introduction}`]

type Breach = (kind: ViolationKind, what: string) => readonly Violation[]

/** What somebody takes off the platform leaves the ledger as well, with all that it took the place of. */
function checkWithdrawn({ answers, standing, superseded, said }: TurnFile, breach: Breach): readonly Violation[] {
  if (excuseBesideStop(said) === undefined) return breach('lost', 'the answer was taken away by nobody')
  if (answers.length > 0 || superseded.length > 0) {
    return breach('orphan row', 'the ledger keeps words of an answer that was taken away')
  }
  return standing.length === 0 ? [] : breach('orphan message', 'an answer that was taken away stands')
}

/** A stop excuses that an answer has no end, and no more. */
function excuseBesideStop(said: readonly Said[]): Excuse | undefined {
  return excuseOf(said.map(one => ({ ...one, stoppedAt: undefined })))
}

function shownText({ standing }: TurnFile): string {
  return standing.map(({ text }) => text).join('\n')
}

function notesOf({ standing }: TurnFile): readonly string[] {
  return standing.flatMap(({ notes }) => notes)
}

function checkWhole(file: TurnFile, expected: readonly string[], breach: Breach): readonly Violation[] {
  const { answers, standing, said, parts } = file
  const [answer] = answers
  if (answer === undefined) return breach('lost', 'the turn is done, and the ledger has no answer')
  if (answers.length > 1) return breach('doubled', 'the ledger has two answers of one turn')
  if (!expected.includes(answer.text)) return breach('wrong text', 'the ledger says something else than the model')
  const excuse = excuseBesideStop(said)
  if (standing.length === 0) return excuse ? [] : breach('lost', 'the turn is done, and nothing of it stands')
  if (standing.length < parts.length && !excuse) return breach('lost', 'a part of the answer does not stand')
  if (!sameWords(shownText(file), answer.text) && !excuse) {
    return breach('wrong text', 'what stands is not what the model said')
  }
  const strange = notesOf(file).filter(note => !wholeNotes.includes(note))
  return strange.length === 0 ? [] : breach('wrong note', `a whole answer says "${strange.join(' ')}"`)
}

function checkCutOff(file: TurnFile, expected: readonly string[], breach: Breach): readonly Violation[] {
  const { answers, said } = file
  const [answer] = answers
  if (answer === undefined) return breach('lost', 'the turn is cut off, and the ledger has no word of it')
  if (answers.length > 1) return breach('doubled', 'the ledger has two answers of one turn')
  if (!expected.some(whole => beginsWith(whole, answer.text))) {
    return breach('wrong text', 'the ledger says something else than the model')
  }
  if (excuseOf(said) !== undefined) return []
  if (file.standing.length === 0) return breach('lost', 'the turn is cut off, and nothing of it stands')
  if (!sameWords(shownText(file), answer.text)) return breach('wrong text', 'what stands is not what the ledger says')
  const [note, ...more] = notesOf(file)
  const isTold = note !== undefined && more.length === 0 && cutOffNotes.includes(note)
  return isTold ? [] : breach('wrong note', `an answer that broke off says "${notesOf(file).join(' ')}"`)
}

function checkStopped(file: TurnFile, expected: readonly string[], breach: Breach): readonly Violation[] {
  const { answers, said } = file
  if (excuseOf(said) === undefined) return breach('stopped by nobody', 'the turn says that somebody stopped it')
  const isPart = answers.every(({ text }) => expected.some(whole => beginsWith(whole, text)))
  if (!isPart) return breach('wrong text', 'the ledger says something else than the model')
  const [answer] = answers
  if (answer === undefined || excuseBesideStop(said) !== undefined) return []
  return sameWords(shownText(file), answer.text) ? [] : breach('wrong text', 'what stands is not what the ledger says')
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
