import { UnavailableError } from '#src/core/errors.ts'

/** What an answer that failed says of the server that was asked. */
export type Failure = Readonly<{
  /** `none`: it is there all the same. `certain`: it is away for whoever asks it; `likely`: a few in a row say so. */
  away: 'none' | 'likely' | 'certain'
  /** What it lists proves nothing: it hangs, or the model is gone. Only a word proves that it is back. */
  needsWord: boolean
  /** When it wants to be asked again. */
  retryAfterMs: number | undefined
  /** Where the same request may be tried once more. */
  repeat: 'nowhere' | 'elsewhere' | 'anywhere'
}>

/** A prompt that is too long, a refusal, or an asker who leaves say nothing of the server: `undefined`. */
export function readFailure(error: unknown): Failure | undefined {
  if (!(error instanceof UnavailableError)) return undefined
  const cause: Traces = typeof error.cause === 'object' && error.cause !== null ? error.cause : {}
  if (cause.timer !== undefined) return cause.timer === 'total' ? tooLong : silence
  // It would think again. Without a thought, other words may come.
  if (cause.thought !== undefined) return cause.thought === true ? tooLong : { ...tooLong, repeat: 'anywhere' }
  if (typeof cause.status === 'number') return ofStatus(cause.status, cause.retryAfterMs)
  return connectCodes.has(String(cause.code)) ? gone : stumble
}

/** What the makers of our errors leave in their causes. */
type Traces = Readonly<{
  timer?: unknown
  thought?: unknown
  status?: unknown
  code?: unknown
  retryAfterMs?: unknown
}>

const tooLong: Failure = { away: 'none', needsWord: false, retryAfterMs: undefined, repeat: 'nowhere' }
/** Its asker has waited long already, and would wait as long again. */
const silence: Failure = { away: 'likely', needsWord: true, retryAfterMs: undefined, repeat: 'elsewhere' }
const stumble: Failure = { away: 'likely', needsWord: false, retryAfterMs: undefined, repeat: 'anywhere' }
const gone: Failure = { away: 'certain', needsWord: false, retryAfterMs: undefined, repeat: 'elsewhere' }

/** Each comes after two tries to connect. */
const connectCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
])

function ofStatus(status: number, retryAfter: unknown): Failure {
  if (typeof retryAfter === 'number' && retryAfter > 0) {
    return { ...gone, retryAfterMs: Math.min(retryAfter, longestRetryAfterMs) }
  }
  // The model is not there, or no chat at all. Some servers list what they serve by another name.
  if (status === 404) return { ...gone, needsWord: true }
  return status >= 500 || status === 429 ? stumble : { ...stumble, away: 'none' }
}

/** A gateway that asks for more is asked again all the same: nobody comes to reset us. */
const longestRetryAfterMs = 120_000
