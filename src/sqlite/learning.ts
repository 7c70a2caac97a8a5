import type { Database } from 'better-sqlite3'
import { type Claim, type Slot, slots, slotValues } from '#src/core/claim.ts'
import { DefectError } from '#src/core/errors.ts'
import type { ConversationId, MessageId, PersonId } from '#src/core/ids.ts'
import type { Learning } from '#src/core/learning.ts'
import { type Sight, scopeHeardIn, styleScope } from '#src/core/learning-scope.ts'
import type { Learnt, Lesson, Statement } from '#src/core/lesson.ts'
import type { JobId } from '#src/core/observer-job.ts'
import type { Place } from '#src/core/place.ts'
import type { Signal, SignalKind, SignalSource } from '#src/core/signal.ts'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { createBriefData } from './brief-data.ts'
import type { Conversations } from './conversations.ts'
import type { EvidenceRows } from './evidence.ts'
import { createForgetLearnt } from './forget-learnt.ts'
import type { Forgotten } from './forgotten.ts'
import type { Hearing } from './heard-scopes.ts'
import { createKnown } from './known.ts'
import type { ObserverJobs } from './observer-jobs.ts'
import { createOpinions } from './opinions.ts'
import type { People } from './people.ts'
import { createRecall } from './recall.ts'
import type { Sessions } from './sessions.ts'
import { createTidyLearning } from './tidy-learning.ts'
import { keyTombstone, traitTombstones } from './tombstones.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import { createLearningRows, createUnlearn } from './unlearn.ts'

type Parts = Readonly<{
  unit: UnitOfWork
  people: People
  conversations: Conversations
  sessions: Sessions
  jobs: ObserverJobs
  forgotten: Forgotten
  hearing: Hearing
  now: () => Date
  /** Has the write-ahead log emptied: what was forgotten stands in it. */
  emptyLog(): void
}>

/** What a person does to an answer: a dial that it moves is moved at once. */
const feedback: readonly SignalKind[] = [
  'strong reaction',
  'mild reaction',
  'regenerated',
  'asked again',
  'stopped',
  'thanks',
]

export function createLearning(db: Database, parts: Parts): Learning {
  const { unit, people, conversations, sessions, jobs, forgotten, hearing, now } = parts
  const rows = createLearningRows(db)
  const { scopes, evidence, traits, signals } = rows
  const unlearn = createUnlearn(db, rows)
  const brief = createBriefData(db, hearing)
  const known = createKnown(db, hearing, brief)

  type About = Omit<Lesson, 'statements' | 'signals'>

  function wasForgotten(person: PersonId, message: MessageId, at: Date, tombstones: readonly string[]): boolean {
    if (forgotten.count() === 0) return false
    if (forgotten.until('message', message) !== undefined) return true
    const until = [forgotten.until('person', person), ...tombstones.map(id => forgotten.until('trait', id))]
    return until.some(time => time !== undefined && at <= time)
  }

  function scopeOf(about: About, person: number, isStyle: boolean): number {
    return scopes.put(person, about.workspace, isStyle ? styleScope : about.scope)
  }

  function state(about: About, person: number, statement: Statement): ReturnType<EvidenceRows['put']> | undefined {
    const { claim, at, head } = statement
    const told = { slot: claim.slot, value: claim.value, head }
    if (wasForgotten(about.person, claim.message, at, traitTombstones(about.person, told))) return undefined
    return evidence.put(scopeOf(about, person, isPortable(claim)), statement, Number(about.session), now())
  }

  /** Whether it was new; `undefined`: forgotten. */
  function signal(about: About, person: number, one: Signal): 'new' | 'known' | undefined {
    if (wasForgotten(about.person, one.message, one.at, [keyTombstone(about.person, one.key)])) return undefined
    const scope = scopeOf(about, person, isStyleWord(one.key, one.value))
    const written = signals.write(scope, Number(about.session), one, now())
    if (written?.turned && feedback.includes(one.kind)) scopes.bump(scope, now())
    return written === undefined ? 'known' : 'new'
  }

  function learn(lesson: Lesson, its: readonly JobId[], staysOpen = false): Learnt {
    const { statements } = lesson
    const person = people.idOf(lesson.person)
    const all = statements.length + lesson.signals.length
    if (person === undefined || !jobs.areOpen(its)) return { statements: 0, signals: 0, forgotten: all }
    const groups = statements.map(statement => state(lesson, person, statement))
    for (const its of Map.groupBy(groups.keys(), i => groups[i] && `${groups[i].scope} ${groups[i].group}`).values()) {
      const ids = its.flatMap(i => groups[i]?.id ?? [])
      const group = groups[its[0] ?? 0]
      if (group === undefined || ids.length === 0 || !traits.add(group, ids)) continue
      if (its.some(i => statements[i] && showsAtOnce(statements[i].claim))) scopes.bump(group.scope, now())
    }
    const signalled = lesson.signals.map(one => signal(lesson, person, one))
    if (!staysOpen) jobs.remove(its)
    const forgottenCount = [...groups, ...signalled].filter(one => one === undefined).length
    const written = groups.filter(group => group !== undefined).length
    return { statements: written, signals: signalled.filter(one => one === 'new').length, forgotten: forgottenCount }
  }

  /** Whoever was forgotten has no scope left that could tell it: when that was, the list of what was forgotten does. */
  function revisionOf(sight: Sight): string {
    const until = forgotten.until('person', sight.person)
    return `${hearing.all(sight).revision}${until === undefined ? '' : ` since ${until.getTime()}`}`
  }

  const forgetting = createForgetLearnt(db, { ...parts, unlearn, rows })
  const opinions = createOpinions(db, {
    ...parts,
    write: signal,
    takeBack: (source, person) => unlearn.source(source, now(), person),
  })

  return {
    learn: unit(learn),
    writeSignal: unit((about: About, one: Signal) => {
      const person = people.idOf(about.person)
      return (person === undefined ? undefined : signal(about, person, one)) ?? 'known'
    }),
    retract: unit((person: PersonId, from: SignalSource | MessageId) => {
      const wasOfSession = sessions.takeBack(from, person)
      return unlearn.source(from, now(), person) || wasOfSession
    }),
    readAggregate: (sight: Sight, at: Date, key?: string) => brief.aggregate(sight, at, key),
    rebuild: unit((person: PersonId) => {
      for (const scope of unlearn.scopesOf(person)) unlearn.rebuild(scope)
    }),

    startSession: unit((person: PersonId, place: Place, at: Date) => {
      const id = people.idOf(person)
      if (id === undefined) throw new DefectError(`${person} has said nothing yet.`)
      const conversation = conversations.put(place)
      return sessions.start({ person: id, conversation, scope: scopeHeardIn(place), at: at.getTime() })
    }),
    sessionSignal: unit(sessions.signal),
    closeSession: unit(sessions.close),

    revision: revisionOf,
    briefData: (sight: Sight, at: Date) => brief.brief(sight, at),
    recall: createRecall(db, hearing),
    sessionReadings: (sight: Sight, conversation: ConversationId, at: Date) =>
      sessions.readings(sight, conversation, at),

    known: (person: PersonId, workspace: WorkspaceId, at: Date) => known.of(person, workspace, at),
    workspaces: known.workspaces,
    ...forgetting,
    ...opinions,

    nextJob: unit((at: Date, exchanges: number) => jobs.take(at, exchanges)),
    nextJobAt: jobs.nextAt,
    park: unit(jobs.park),
    fail: unit(jobs.fail),
    deadLetter: unit(jobs.deadLetter),
    releaseJobs: unit(jobs.release),
    dropJobs: unit(jobs.dropBeyond),
    jobs: jobs.counts,
    tidy: unit(createTidyLearning(db, rows, unlearn)),
  }
}

/** Only our own words of style leave the place where they were said. */
function isPortable({ slot, value, sensitivity }: Claim): boolean {
  return sensitivity === 'S0' && isStyleWord(slot, value)
}

const languageCode = /^[a-z]{2,3}$/

function isStyleWord(key: string, value: string): boolean {
  if (key === 'language') return languageCode.test(value)
  const words: Readonly<Record<string, readonly string[]>> = slotValues
  return Object.hasOwn(slots, key) && slots[key as Slot].sensitivity === 'S0' && (words[key]?.includes(value) ?? false)
}

/** What a person says outright about how to talk to them holds from the next answer on; the rest waits for the next session. */
function showsAtOnce({ kind, slot }: Claim): boolean {
  return kind === 'instruction' || kind === 'correction' || slots[slot].sensitivity !== 'S2'
}
