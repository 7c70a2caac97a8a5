import { UnavailableError } from '#src/core/errors.ts'
import { conversationId, personId, turnId } from '#src/core/ids.ts'
import type { Learning } from '#src/core/learning.ts'
import { scopeHeardIn } from '#src/core/learning-scope.ts'
import type { Lesson } from '#src/core/lesson.ts'
import type { Exchange, JobId, ObserverJob } from '#src/core/observer-job.ts'
import type { SessionId } from '#src/core/session.ts'
import type { Telling } from '#src/core/telemetry.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import type { Observe, Setback } from '#src/observer/queue/observe.ts'
import { type Cadence, ObserverQueue } from '#src/observer/queue/observer-queue.ts'
import { aMessageId } from '#test/support/an-asked.ts'
import { dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

type Row = { id: JobId; exchange: Exchange; state: string; attempts: number; until: number; reason?: string }

const person = personId('test', undefined, 'Mira')

/** The queue's part of what is learnt, in memory: rows, as a store keeps them. */
export class JobsInMemory {
  readonly rows: Row[] = []
  readonly lessons: Lesson[] = []

  add(text: string, at: Date): void {
    const id = `job-${this.rows.length + 1}` as JobId
    const said = [{ message: aMessageId(text), text, at }]
    const session = 'session-1' as SessionId
    const exchange = { turn: turnId(id), place: dm, said, reply: { text: 'ok', at }, session }
    this.rows.push({ id, exchange, state: 'waiting', attempts: 0, until: 0 })
  }

  get states(): readonly string[] {
    return this.rows.map(({ state, attempts, reason }) => [state, attempts || [], reason ?? []].flat().join(' '))
  }

  readonly port: ConstructorParameters<typeof ObserverQueue>[0]['learning'] = {
    nextJob: (at, exchanges) => this.#next(at, exchanges),
    nextJobAt: () => {
      const [first] = this.#waiting().sort((one, other) => one.until - other.until)
      return first && new Date(first.until)
    },
    park: (ids, until) => this.#put(ids, { state: 'waiting', until: until.getTime() }),
    fail: (ids, reason, until) => {
      for (const row of this.#of(ids)) row.attempts++
      this.#put(ids, { state: 'waiting', until: until.getTime(), reason })
    },
    deadLetter: (ids, reason) => this.#put(ids, { state: 'dead', reason }),
    releaseJobs: () => {
      const taken = this.rows.filter(({ state }) => state === 'taken')
      for (const row of taken) row.state = 'waiting'
      return taken.length
    },
    dropJobs: (beyond, reason) => {
      const dropped = this.#waiting().slice(0, Math.max(0, this.#waiting().length - beyond))
      this.#put(
        dropped.map(({ id }) => id),
        { state: 'dead', reason },
      )
      return dropped.length
    },
    jobs: () => ({ waiting: this.#waiting().length, dead: 0, oldest: undefined }),
    sessionSignal: () => {},
    learn: (lesson, ids, staysOpen = false) => {
      this.lessons.push(lesson)
      if (!staysOpen) this.#put(ids, { state: 'done' })
      return { statements: lesson.statements.length, signals: lesson.signals.length, forgotten: 0 }
    },
  } satisfies Partial<Learning>

  #next(at: Date, exchanges: number): ObserverJob | undefined {
    const due = this.#waiting().filter(({ until }) => until <= at.getTime())
    const taken = due.slice(0, exchanges)
    const [first] = taken
    if (first === undefined) return undefined
    for (const row of taken) row.state = 'taken'
    return {
      ids: taken.map(({ id }) => id),
      person,
      conversation: conversationId(dm),
      workspace: workspaceOf(dm),
      scope: scopeHeardIn(dm),
      attempts: first.attempts,
      exchanges: taken.map(({ exchange }) => exchange),
    }
  }

  #waiting(): Row[] {
    return this.rows.filter(({ state }) => state === 'waiting')
  }

  #of(ids: readonly JobId[]): Row[] {
    return this.rows.filter(({ id }) => ids.includes(id))
  }

  #put(ids: readonly JobId[], change: Partial<Row>): void {
    for (const row of this.#of(ids)) Object.assign(row, change)
  }
}

const cadence: Cadence = {
  concurrency: 1,
  perMinute: Number.POSITIVE_INFINITY,
  quietMs: 1_000,
  beside: 0,
  timeoutMs: 20_000,
  mostWaiting: 100,
}

export type QueueSketch = Readonly<{
  observe?: Observe
  cadence?: Partial<Cadence>
  jobs?: JobsInMemory
  allows?: () => boolean
}>

/** A queue over rows in memory and a clock that the test turns. */
export function aQueue(sketch: QueueSketch = {}) {
  const clock = new ManualClock()
  const log = new KeptLog()
  const jobs = sketch.jobs ?? new JobsInMemory()
  const observed: (readonly string[])[] = []
  const told: Telling[] = []
  const queue = new ObserverQueue({
    learning: jobs.port,
    consent: { allows: sketch.allows ?? (() => true) },
    observe: async (job, signal) => {
      observed.push(job.exchanges.map(({ said }) => said.map(({ text }) => text).join(' ')))
      return await (sketch.observe ?? learnsNothing)(job, signal)
    },
    cadence: { ...cadence, ...sketch.cadence },
    clock,
    log,
    telemetry: { tell: telling => void told.push(telling) },
  })
  const say = (text: string) => {
    jobs.add(text, clock.now())
    queue.wake()
  }
  return { queue, jobs, observed, told, clock, log, say, events: () => log.lines.map(({ event }) => event) }
}

/** Nothing but what code finds by itself, since the model did not answer as it should. */
export function setsBack(repeat: Setback['repeat']): Observe {
  return async (job, signal) => {
    const cause = new UnavailableError('nobody there')
    return { ...(await learnsNothing(job, signal)), setback: { reason: 'words', repeat, cause } }
  }
}

export const learnsNothing: Observe = async ({ person, workspace, scope }) => {
  const session = 'session-1' as SessionId
  const lesson = { person, workspace, scope, session, statements: [], signals: [] }
  return { lesson, moods: [], why: 'nothing claimed', setback: undefined }
}

/** Waits for the end of the signal, as a request to a server does. */
export const hangs: Observe = (_, signal) => {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
}
