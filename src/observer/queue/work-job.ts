import type { Clock } from '#src/core/clock.ts'
import type { Consent } from '#src/core/consent.ts'
import { DefectError, isAeriesError } from '#src/core/errors.ts'
import type { Learning } from '#src/core/learning.ts'
import type { Learnt, Lesson } from '#src/core/lesson.ts'
import type { Log } from '#src/core/log.ts'
import type { ObserverJob } from '#src/core/observer-job.ts'
import { type Telemetry, untold } from '#src/core/telemetry.ts'
import type { Observe, Observed, Setback } from './observe.ts'

export type WorkParts = Readonly<{
  learning: Pick<Learning, 'learn' | 'sessionSignal' | 'park' | 'fail' | 'deadLetter'>
  consent: Pick<Consent, 'allows'>
  observe: Observe
  /** A job takes no longer than that, in milliseconds. */
  timeoutMs: number
  clock: Clock
  log: Log
  telemetry?: Telemetry | undefined
}>

const mostTries = 5
/** After the first try; each further one waits four times longer: half a minute, two, eight, half an hour. */
const againAfterMs = 30_000
/** By then a person has changed more than the words would teach. */
const mostAgeMs = 24 * 3_600_000

class TookTooLong extends Error {
  constructor(ms: number) {
    super(`not done after ${ms / 1_000} s`)
  }
}

/**
 * Works one taken job off: it ends learnt, given up with a reason, to be tried again later, or, when the signal is aborted,
 * put back without counting a try. `away`: the model is not there, and the job is still taken. Throws when not even that can
 * be written down.
 */
export async function workJob(parts: WorkParts, job: ObserverJob, signal: AbortSignal): Promise<'over' | 'away'> {
  const { learning, timeoutMs, clock, log, telemetry = untold } = parts
  if (isTooOld(job, clock.now())) {
    log.warn({ jobs: job.ids.length }, 'nothing is learnt from an exchange: it is too long ago')
    await learning.deadLetter(job.ids, 'too long ago')
    telemetry.tell({ type: 'observed', outcome: 'given up', reason: 'too long ago' })
    return 'over'
  }
  const late = new AbortController()
  using _ = clock.after(timeoutMs, () => late.abort(new TookTooLong(timeoutMs)))
  try {
    return await observe(parts, job, AbortSignal.any([signal, late.signal]))
  } catch (error) {
    if (signal.aborted) {
      await learning.park(job.ids, clock.now())
      log.debug({ jobs: job.ids.length }, 'the observer gave way')
    } else await fail(parts, job, reasonOf(error), error, error instanceof TookTooLong ? 'too slow' : 'failed')
    return 'over'
  }
}

async function observe(parts: WorkParts, job: ObserverJob, signal: AbortSignal): Promise<'over' | 'away'> {
  const { learning, log, telemetry = untold } = parts
  const observed = (await mayLearn(parts, job)) && (await unlessAborted(parts.observe(job, signal), signal))
  // A no may have come while it was read.
  if (!observed || !(await mayLearn(parts, job))) {
    await learning.learn(nothing(job), job.ids)
    log.info({ jobs: job.ids.length }, 'nothing is learnt from an exchange: its asker does not want that')
    telemetry.tell({ type: 'observed', outcome: 'nothing', reason: 'not wanted' })
    return 'over'
  }
  await keep(parts, job, observed)
  return observed.setback ? await putBack(parts, job, observed.setback) : 'over'
}

/** With a setback the job stays: what was found without the model is kept already, and once only, however often it is found. */
async function keep(
  { learning, log, telemetry = untold }: WorkParts,
  job: ObserverJob,
  { lesson, moods, why, setback }: Observed,
) {
  const learnt = await learning.learn(lesson, job.ids, setback !== undefined)
  for (const mood of moods) await learning.sessionSignal(lesson.session, mood)
  const told = { jobs: job.ids.length, exchanges: job.exchanges.length, ...learnt }
  const { outcome, reason, event, fields } = whatCame(learnt, why)
  log.info({ ...told, ...fields }, event)
  if (setback) return
  telemetry.tell({ type: 'observed', outcome, reason })
}

/** Something was learnt, or only habits (and why no statement), or nothing, and why. */
function whatCame({ statements, signals, forgotten }: Learnt, without: string | undefined) {
  if (statements > 0)
    return { outcome: 'learnt', reason: 'none', event: 'learnt from an exchange', fields: {} } as const
  const why = without ?? (forgotten > 0 ? 'forgotten before' : 'known before')
  if (signals === 0) {
    return { outcome: 'nothing', reason: why, event: 'nothing was learnt from an exchange', fields: { why } } as const
  }
  const event = 'only habits were learnt from an exchange'
  return { outcome: 'learnt', reason: 'only habits', event, fields: { noStatement: why } } as const
}

async function putBack(parts: WorkParts, job: ObserverJob, { reason, repeat, cause }: Setback) {
  const { learning, log, telemetry = untold } = parts
  switch (repeat) {
    case 'when back':
      telemetry.tell({ type: 'observed', outcome: 'put back', reason })
      log.warn({ err: cause }, 'the rest is learnt when the model is back')
      return 'away'
    case 'later':
      await fail(parts, job, reason, cause, reason)
      return 'over'
    case 'never':
      await learning.deadLetter(job.ids, reason)
      telemetry.tell({ type: 'observed', outcome: 'given up', reason })
      log.error({ err: cause, reason }, 'an exchange is given up: another try would bring the same')
      return 'over'
    default:
      return repeat satisfies never
  }
}

/** A no that came after the words counts for them, too. */
async function mayLearn({ consent }: WorkParts, { person, exchanges }: ObserverJob): Promise<boolean> {
  for (const { place } of exchanges) if (!(await consent.allows(person, place))) return false
  return true
}

async function fail(
  { learning, clock, log, telemetry = untold }: WorkParts,
  job: ObserverJob,
  reason: string,
  error: unknown,
  /** The reason in few fixed words. */
  kind: string,
): Promise<void> {
  const tries = job.attempts + 1
  telemetry.tell({ type: 'observed', outcome: tries >= mostTries ? 'given up' : 'put back', reason: kind })
  if (tries >= mostTries) {
    await learning.deadLetter(job.ids, reason)
    log.error({ err: error, why: kind, tries }, 'nothing is learnt from an exchange: it is given up')
    return
  }
  const inMs = againAfterMs * 4 ** job.attempts
  await learning.fail(job.ids, reason, new Date(clock.now().getTime() + inMs))
  log.warn({ err: error, why: kind, tries, inMs }, 'nothing is learnt from an exchange yet: it is tried again')
}

/** Whoever does not heed the signal is waited for no longer either. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function nothing({ person, workspace, scope, exchanges }: ObserverJob): Lesson {
  const [first] = exchanges
  if (first === undefined) throw new DefectError('A job of the observer has no exchange.')
  return { person, workspace, scope, session: first.session, statements: [], signals: [] }
}

function isTooOld({ exchanges }: ObserverJob, now: Date): boolean {
  const newest = exchanges.at(-1)
  return newest !== undefined && now.getTime() - newest.reply.at.getTime() > mostAgeMs
}

/** Never what anybody wrote: words of our own, or no more than the name of the fault. */
function reasonOf(error: unknown): string {
  if (isAeriesError(error) || error instanceof TookTooLong) return error.message
  return error instanceof Error ? error.name : 'unknown'
}
