import type { Database } from 'better-sqlite3'
import { type AnswerRef, type Opinion, type OpinionCraft, tapSign, type Verdict } from '#src/core/feedback.ts'
import type { MessageId, PersonId, TurnId } from '#src/core/ids.ts'
import type { Learning } from '#src/core/learning.ts'
import { scopeHeardIn } from '#src/core/learning-scope.ts'
import type { Lesson } from '#src/core/lesson.ts'
import { type Signal, type SignalSource, signalSource } from '#src/core/signal.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { createAnswers, type RatedTurn } from './answers.ts'
import { createEvents } from './events.ts'
import type { Forgotten } from './forgotten.ts'
import { createOpinionRows, type OpinionRow } from './opinion-rows.ts'
import type { People } from './people.ts'
import type { UnitOfWork } from './unit-of-work.ts'

type Parts = Readonly<{
  unit: UnitOfWork
  people: People
  forgotten: Forgotten
  now: () => Date
  /** Lets a signal count. */
  write(about: Omit<Lesson, 'statements' | 'signals'>, person: number, signal: Signal): void
  /** Takes back all signals of a source. */
  takeBack(source: SignalSource, person: PersonId): void
}>

/** An opinion is no talk: no stretch of it begins or goes on by one. */
const noSession = '0' as Lesson['session']

/** A reason that is tapped explains such a word: who takes that back takes back the reason. */
const explained: readonly Verdict[] = ['bad', 'awful']

type Rater = Readonly<{ id: number; key: PersonId }>

/** Who said what of which answer. What counts is made of all that one person says of one answer, anew whenever that changes. */
export function createOpinions(
  db: Database,
  parts: Parts,
): Pick<Learning, 'hearOpinion' | 'clearOpinions' | 'findAnswer' | 'tappedOn'> {
  const { unit, people, forgotten, now, write, takeBack } = parts
  const rows = createOpinionRows(db)
  const answers = createAnswers(db)
  const events = createEvents(db)

  function wasForgotten(person: PersonId, message: MessageId, at: Date): boolean {
    if (forgotten.count() === 0) return false
    if (forgotten.until('message', message) !== undefined) return true
    const until = forgotten.until('person', person)
    return until !== undefined && at <= until
  }

  /** Does something to a person's words on an answer, and lets count what they are evidence of then. */
  function change(turn: RatedTurn, person: Rater, craft: OpinionCraft, act: () => void): void {
    const source = signalSource(`opinion:${turn.key}:${person.key}`)
    const rated = { turn: turn.key, source, isAsker: turn.asker === person.id }
    const before = craft.weigh(rows.given(turn.id, person.id), rated)
    act()
    const after = craft.weigh(rows.given(turn.id, person.id), rated)
    if (JSON.stringify(before) === JSON.stringify(after)) return
    takeBack(source, person.key)
    const { place } = turn
    const where = { person: person.key, workspace: workspaceOf(place), scope: scopeHeardIn(place), session: noSession }
    for (const signal of after) write(where, person.id, signal)
  }

  function withdraw(row: OpinionRow, at: number): void {
    rows.put({ ...row, isGiven: 0, at }, now())
    if (explained.includes(row.verdict)) rows.takeBackReasons(row.turn, row.person, at)
  }

  /** The answer that it is on, and the message of it that it is kept with. */
  function find(on: AnswerRef): Readonly<{ turn: RatedTurn; message: MessageId }> | undefined {
    const turn = 'turn' in on ? answers.byKey(on.turn) : answers.byMessage(on.message)
    const message = 'turn' in on ? turn?.shown[0] : on.message
    return turn && message && { turn, message }
  }

  function give(opinion: Opinion, verdict: Verdict, craft: OpinionCraft): 'new' | 'known' {
    const { person, sign } = opinion
    const found = find(opinion.on)
    if (found === undefined || wasForgotten(person.id, found.message, opinion.at)) return 'known'
    if (!events.take(opinion.key, now())) return 'known'
    const { turn, message } = found
    // The name that a reaction brings may be a general word.
    const id = people.idOf(person.id) ?? people.put(person)
    const at = opinion.at.getTime()
    const old = rows.find({ message, person: id, sign })
    if (old && old.at > at) return 'known'
    const facets = craft.facetsOf(answers.read(turn)).join(' ')
    change(turn, { id, key: person.id }, craft, () =>
      rows.put({ message, person: id, sign, turn: turn.id, verdict, isGiven: 1, at, facets }, now()),
    )
    return old?.isGiven === 1 && old.verdict === verdict ? 'known' : 'new'
  }

  /** Whatever the message shows by now, and whether they may be learnt from or not. */
  function takeWordBack(opinion: Opinion, craft: OpinionCraft): 'new' | 'known' {
    const id = people.idOf(opinion.person.id)
    const found = find(opinion.on)
    const message = 'message' in opinion.on ? opinion.on.message : found?.message
    if (id === undefined || message === undefined || !events.take(opinion.key, now())) return 'known'
    const at = opinion.at.getTime()
    const old = rows.find({ message, person: id, sign: opinion.sign })
    if (old === undefined) {
      // It has overtaken the word that it takes back.
      const { turn } = found ?? {}
      const none = { message, person: id, sign: opinion.sign, verdict: 'good', isGiven: 0, at, facets: '' } as const
      if (turn) rows.put({ ...none, turn: turn.id }, now())
      return 'known'
    }
    if (old.at > at) return 'known'
    const turn = answers.byId(old.turn)
    if (turn) change(turn, { id, key: opinion.person.id }, craft, () => withdraw(old, at))
    return old.isGiven === 1 ? 'new' : 'known'
  }

  function clear(message: MessageId, sign: string | undefined, at: Date, craft: OpinionCraft): number {
    const isMeant = (row: OpinionRow) =>
      row.sign !== tapSign && (sign ?? row.sign) === row.sign && row.at <= at.getTime()
    const gone = rows.onMessage(message).filter(({ row }) => isMeant(row))
    for (const { row, key } of gone) {
      const turn = answers.byId(row.turn)
      if (turn) change(turn, { id: row.person, key }, craft, () => withdraw(row, at.getTime()))
    }
    return gone.length
  }

  return {
    hearOpinion: unit((opinion: Opinion, craft: OpinionCraft) =>
      opinion.verdict === undefined ? takeWordBack(opinion, craft) : give(opinion, opinion.verdict, craft),
    ),
    clearOpinions: unit(clear),
    findAnswer: (on: AnswerRef) => find(on)?.turn,
    tappedOn(person: PersonId, turns: readonly TurnId[]) {
      const found = turns.map(turn => [turn, rows.tapped(turn, person)] as const)
      return new Map(found.flatMap(([turn, verdict]) => (verdict === undefined ? [] : [[turn, verdict] as const])))
    },
  }
}
