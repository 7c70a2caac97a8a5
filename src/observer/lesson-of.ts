import type { Claim, Observation } from '#src/core/claim.ts'
import { DefectError } from '#src/core/errors.ts'
import type { Lesson } from '#src/core/lesson.ts'
import type { Exchange, ObserverJob } from '#src/core/observer-job.ts'
import type { Signal } from '#src/core/signal.ts'
import { habitsOf } from './habits.ts'
import { behaviourSignals, moodSignals, observedSignals } from './signals.ts'
import { statementOf } from './statements.ts'

/** What was read in one exchange: proven claims, and, when a model read it, what it was like. */
export type ReadExchange = Readonly<{
  exchange: Exchange
  claims: readonly Claim[]
  observation: Observation | undefined
}>

/** All that a job taught, weighed. Pure. */
export function lessonOf(job: ObserverJob, read: readonly ReadExchange[]): Lesson {
  const { person, workspace, scope } = job
  const [first] = job.exchanges
  if (first === undefined) throw new DefectError('A job of the observer has no exchange.')
  return {
    ...{ person, workspace, scope, session: first.session },
    statements: read.flatMap(({ exchange, claims }) =>
      claims.map(claim => statementOf(claim, saidAt(exchange, claim) ?? exchange.reply.at)),
    ),
    signals: read.flatMap(signalsOf),
  }
}

/** The mood that the newest exchange leaves behind, for the session alone. Pure. */
export function moodOf(read: readonly ReadExchange[]): readonly Signal[] {
  const newest = read.at(-1)
  const said = newest?.exchange.said.at(-1)
  return newest?.observation && said ? moodSignals(newest.observation, said) : []
}

function signalsOf({ exchange, observation }: ReadExchange): readonly Signal[] {
  const newest = exchange.said.at(-1)
  return [
    ...exchange.said.flatMap(said => behaviourSignals(habitsOf(said.text, said.at), said)),
    ...(observation && newest ? observedSignals(observation, newest) : []),
  ]
}

function saidAt({ said }: Exchange, { message }: Claim): Date | undefined {
  return said.find(one => one.message === message)?.at
}
