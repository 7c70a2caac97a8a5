import { answerOf, editedWords } from './answer-of.ts'
import type { CaseFile, TurnFile } from './case-file.ts'
import type { Said } from './evidence.ts'

/** An edit that is heard that late, after a lost connection, meets whatever was said meanwhile. */
const heardLateMs = 30_000

/**
 * What the model may have said to the newest question, in any of its runs: another one was asked for, and may have been taken back.
 * Two questions of the same millisecond may stand either way.
 */
export function expectedAnswers(file: TurnFile, { evidence }: Pick<CaseFile, 'evidence'>): readonly string[] {
  const latest = Math.max(...file.said.map(({ at }) => at))
  const newest = file.said.filter(({ at }) => at === latest)
  return newest.flatMap(said => {
    const isEdited = wordsOf(said, file).includes(editedWords(said.id))
    // A question that the ledger knows as it is now was asked like that, unless it was an older one by then.
    const editions = isEdited ? (wasNewest(said, evidence.said) ? [true] : [true, false]) : [false]
    return editions.flatMap(edited => takesOf(said.id, file, edited))
  })
}

/** Every answer that it may have had at any time. */
export function everAnswered(file: TurnFile): readonly string[] {
  return file.said.flatMap(({ id }) => [...takesOf(id, file, false), ...takesOf(id, file, true)])
}

function takesOf(name: string, { turn }: TurnFile, isEdited: boolean): readonly string[] {
  return Array.from({ length: turn.run + 1 }, (_, take) => answerOf(name, { take, isEdited }))
}

function wordsOf(said: Said, { asked }: TurnFile): string {
  return asked.find(({ key }) => key === said.key)?.text ?? ''
}

function wasNewest({ at, channel, asker, editedAt = at }: Said, all: readonly Said[]): boolean {
  const isLater = (one: Said) => one.at > at && one.at <= editedAt + heardLateMs
  return !all.some(one => one.addressed && one.channel === channel && one.asker === asker && isLater(one))
}
