import { type CaseFile, openCaseFile } from './case-file.ts'
import { checkCommands } from './check-commands.ts'
import { checkLearning, learntTurns } from './check-learning.ts'
import { checkLedger } from './check-ledger.ts'
import { checkMessages } from './check-messages.ts'
import { checkOpinions } from './check-opinions.ts'
import { checkOrder } from './check-order.ts'
import { checkQuestions, isUnknowable } from './check-questions.ts'
import { checkRevisions } from './check-revisions.ts'
import { checkTurns } from './check-turns.ts'
import type { Evidence } from './evidence.ts'
import { type Excuse, excuseOf } from './excuse.ts'
import { checkRecoveries, type Recovery, recoveriesOf } from './recoveries.ts'
import type { Violation } from './violation.ts'

export type Verdict = Readonly<{
  violations: readonly Violation[]
  /** Addressed messages by what became of them; `nothing` needs an excuse. */
  messages: Readonly<Record<'answered' | 'cut off' | 'stopped' | 'told why not' | 'nothing', number>>
  /** Turns by their outcome. */
  turns: Readonly<Record<'done' | 'cut off' | 'stopped' | 'failed' | 'answering', number>>
  /** Addressed messages that an excuse was needed for, by excuse. */
  excused: Readonly<Partial<Record<Excuse, number>>>
  conversations: number
  /** Turns by what became of learning from them. */
  learning: Readonly<Record<'learnt' | 'waiting' | 'given up', number>>
  recoveries: readonly Recovery[]
  /** Messages of ours that were shown and taken away again. */
  tidied: number
}>

const rules = [
  checkQuestions,
  checkTurns,
  checkMessages,
  checkOrder,
  checkRecoveries,
  checkLedger,
  checkLearning,
  checkOpinions,
  checkRevisions,
  checkCommands,
]

/**
 * Holds what the platforms and the database say at the end against what people said. Shares no code with what it
 * checks.
 */
export function check(evidence: Evidence): Verdict {
  const file = openCaseFile(evidence)
  const count = (state: string) => file.turns.filter(({ turn }) => turn.state === state).length
  return {
    violations: rules.flatMap(rule => rule(file)),
    messages: outcomesOf(file),
    turns: {
      done: count('done'),
      'cut off': count('cut off'),
      stopped: count('stopped'),
      failed: count('failed'),
      answering: count('answering'),
    },
    excused: excusedOf(file),
    conversations: new Set(file.turns.map(({ turn }) => turn.place)).size,
    learning: {
      learnt: learntTurns(file),
      waiting: evidence.ledger.jobs.filter(({ state }) => state !== 'dead').length,
      'given up': evidence.ledger.jobs.filter(({ state }) => state === 'dead').length,
    },
    recoveries: recoveriesOf(file),
    tidied: evidence.shown.filter(({ deletedAt }) => deletedAt !== undefined).length,
  }
}

function outcomesOf({ evidence, turns, askedByKey }: CaseFile): Verdict['messages'] {
  const states = new Map(turns.map(({ turn }) => [turn.id, turn.state]))
  const became = evidence.said
    .filter(({ addressed }) => addressed)
    .map(({ key }) => states.get(askedByKey.get(key)?.turn ?? ''))
  const count = (state: string | undefined) => became.filter(one => one === state).length
  return {
    answered: count('done'),
    'cut off': count('cut off'),
    stopped: count('stopped'),
    'told why not': count('failed'),
    nothing: count(undefined) + count('answering'),
  }
}

/** An excuse is used where the message has no whole answer. */
function excusedOf(file: CaseFile): Verdict['excused'] {
  const { evidence, turns, askedByKey } = file
  const whole = new Set(turns.filter(({ turn }) => turn.state === 'done').map(({ turn }) => turn.id))
  const used = evidence.said.flatMap(said => {
    const turn = askedByKey.get(said.key)?.turn ?? ''
    if (!said.addressed || whole.has(turn)) return []
    return excuseOf([said]) ?? (isUnknowable(said, file) ? 'call deleted' : [])
  })
  return Object.fromEntries([...Map.groupBy(used, excuse => excuse)].map(([excuse, all]) => [excuse, all.length]))
}
