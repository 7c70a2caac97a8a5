import { namesIn } from './answer-of.ts'
import type { CaseFile } from './case-file.ts'
import type { Said } from './evidence.ts'
import { excuseOf, isUncalled } from './excuse.ts'
import type { Violation } from './violation.ts'

/** Every addressed message is in exactly one turn and has one answer at most; no other message has any. */
export function checkQuestions(file: CaseFile): readonly Violation[] {
  const answersTo = answersByName(file)
  return file.evidence.said.flatMap(said => [
    ...(said.addressed ? checkAddressed(said, file) : checkUnaddressed(said, file, answersTo.get(said.id) ?? [])),
    ...checkOnce(said, answersTo.get(said.id) ?? []),
  ])
}

function checkAddressed(said: Said, file: CaseFile): readonly Violation[] {
  const { askedByKey, evidence } = file
  const words = askedByKey.get(said.key)
  if (words === undefined) {
    if (excuseOf([said]) !== undefined || isUnknowable(said, file)) return []
    return [{ kind: 'lost', what: `${said.id} was said to Aeries, and the ledger never heard of it`, said: [said.id] }]
  }
  if (words.event === null || !evidence.ledger.events.has(words.event)) {
    return [{ kind: 'orphan row', what: `${said.id} stands in the ledger without its event`, said: [said.id] }]
  }
  if (words.turn !== null) return []
  return [{ kind: 'waiting', what: `${said.id} was received and still waits for a turn`, said: [said.id] }]
}

/** Nothing else that was said before tells that Aeries is in its thread. */
export function isUnknowable(said: Said, { saidById, askedByKey, turns }: CaseFile): boolean {
  if (askedByKey.has(said.key) || !isUncalled(said, name => saidById.get(name))) return false
  const root = saidById.get(said.under ?? '')?.key
  const isThere = (thread: string | null) => thread !== null && root?.endsWith(`/${thread}`) === true
  return !turns.some(({ turn, asked }) => isThere(turn.thread) && asked.some(({ saidAt }) => saidAt < said.at))
}

function checkUnaddressed(said: Said, { askedByKey }: CaseFile, answers: readonly string[]): readonly Violation[] {
  const kind = 'answered unaddressed'
  const recorded = askedByKey.has(said.key)
  if (recorded) return [{ kind, what: `${said.id} was not said to Aeries, and was recorded`, said: [said.id] }]
  if (answers.length === 0) return []
  return [{ kind, what: `${said.id} was not said to Aeries, and was answered`, said: [said.id], shown: answers }]
}

function checkOnce(said: Said, answers: readonly string[]): readonly Violation[] {
  // Of a place that is gone nothing is known any more, so not either which answers others took the place of.
  if (answers.length < 2 || said.goneAt !== undefined) return []
  return [{ kind: 'doubled', what: `${answers.length} answers to ${said.id} stand`, said: [said.id], shown: answers }]
}

/** The messages that begin an answer, by the name of its question: read from the platforms, but for what was superseded there. */
function answersByName({ evidence, superseded }: CaseFile): ReadonlyMap<string, readonly string[]> {
  const begun = evidence.shown.flatMap(({ key, text, deletedAt }) => {
    const [name] = text.startsWith('About q') ? namesIn(text) : []
    return name === undefined || deletedAt !== undefined || superseded.has(key) ? [] : [{ name, key }]
  })
  return new Map(
    [...Map.groupBy(begun, ({ name }) => name)].map(([name, messages]) => [name, messages.map(({ key }) => key)]),
  )
}
