import type { Claim, Observation } from '#src/core/claim.ts'
import type { Clock } from '#src/core/clock.ts'
import { RefusedError, UnavailableError } from '#src/core/errors.ts'
import type { ObserverJob } from '#src/core/observer-job.ts'
import { type StructuredModel, UnfitAnswerError } from '#src/core/structured-model.ts'
import { detectClaims } from './detect-claims.ts'
import { isSteered } from './distrust.ts'
import { fold } from './fold.ts'
import { type AnswerSize, answerSchema, type ObserverAnswer, readAnswer } from './observer-answer.ts'
import { observerPrompt } from './observer-prompt.ts'
import { ownWords } from './own-words.ts'
import { type Doubt, type HeardMessage, validateClaim } from './validate-claims.ts'

/** What one job is about; see `ObserverJob`. */
export type Heard = Pick<ObserverJob, 'ids' | 'person' | 'conversation'> &
  Readonly<{ exchanges: readonly HeardExchange[] }>
type HeardExchange = Pick<ObserverJob['exchanges'][number], 'said' | 'reply'>

/** Why nothing was learnt though all went well. */
export type NothingReason =
  | 'no words of their own'
  | 'words that steer'
  | 'nothing claimed'
  | 'sensitive'
  /** The model claimed something, and their words do not prove it. */
  | Exclude<Doubt, 'sensitive'>

/** `failed`: another try may help (`isPassing`), or never will; the claims are what patterns find without a model. */
export type Extraction =
  | Readonly<{ outcome: 'learnt'; claims: readonly Claim[]; observation: Observation | undefined }>
  | Readonly<{ outcome: 'nothing'; reason: NothingReason; observation: Observation | undefined }>
  | Readonly<{ outcome: 'failed'; reason: FailureReason; isPassing: boolean; cause: unknown; claims: readonly Claim[] }>

/** `unfit`: no valid answer in two tries. */
export type FailureReason = 'model away' | 'too slow' | 'unfit answer' | 'refused'

export type ExtractorParts = Readonly<{
  /** Without one, patterns do what they can. */
  model: StructuredModel | undefined
  clock: Clock
  /** For all tries together, in milliseconds; 20 s unless given. */
  timeoutMs?: number
}>

/**
 * What the person said of themself in some exchanges. The model proposes, code decides; what patterns are sure of is learnt with a
 * model as well as without. Throws only the signal's reason.
 */
export async function extractClaims(parts: ExtractorParts, heard: Heard, signal: AbortSignal): Promise<Extraction> {
  const messages = heard.exchanges.flatMap(({ said }) => said.map(({ message, text }) => ({ id: message, text })))
  const own = messages.filter(({ text }) => /[\p{L}\p{N}]/u.test(ownWords(text)))
  if (own.length === 0) return nothing('no words of their own')
  const trusted = own.filter(({ text }) => !isSteered(fold(text).text))
  if (trusted.length === 0) return nothing('words that steer')
  const detected = detectClaims(trusted)
  if (parts.model === undefined) return detected.length > 0 ? learnt(detected) : nothing('nothing claimed')
  try {
    const asked = { ...heard, exchanges: heard.exchanges.map(exchange => only(exchange, trusted)) }
    const answer = await ask({ ...parts, model: parts.model }, asked, signal)
    if (answer === undefined)
      return { outcome: 'failed', reason: 'unfit answer', isPassing: false, cause: undefined, claims: detected }
    return judge(answer, trusted, detected)
  } catch (error) {
    signal.throwIfAborted()
    return { outcome: 'failed', ...failureOf(error), cause: error, claims: detected }
  }
}

function learnt(claims: readonly Claim[], observation?: Observation): Extraction {
  return { outcome: 'learnt', claims, observation }
}

function nothing(reason: NothingReason, observation?: Observation): Extraction {
  return { outcome: 'nothing', reason, observation }
}

/** A model is not shown what tries to steer it. */
function only(exchange: HeardExchange, trusted: readonly HeardMessage[]): HeardExchange {
  return { ...exchange, said: exchange.said.filter(({ message }) => trusted.some(({ id }) => id === message)) }
}

/** A second try asks for less: the same request would bring the same answer. */
async function ask(
  { model, clock, timeoutMs = patienceMs }: ExtractorParts & Readonly<{ model: StructuredModel }>,
  heard: Heard,
  signal: AbortSignal,
): Promise<ObserverAnswer | undefined> {
  const limit = new AbortController()
  using _ = clock.after(timeoutMs, () => limit.abort(new TooSlow('The observer had no answer in time.')))
  const within = AbortSignal.any([signal, limit.signal])
  for (const size of ['whole', 'small'] as const) {
    try {
      const answer = readAnswer(await model.complete(requestOf(heard, size), within), size)
      if (answer !== undefined) return answer
    } catch (error) {
      within.throwIfAborted()
      if (!(error instanceof UnfitAnswerError)) throw error
    }
  }
  return undefined
}

function requestOf({ ids, person, conversation, exchanges }: Heard, size: AnswerSize) {
  return {
    person,
    conversation,
    tag: `observer-${ids[0] ?? 'none'}`,
    messages: observerPrompt(exchanges),
    maxTokens: maxTokens[size],
    schema: answerSchema(size),
  }
}

const patienceMs = 20_000
/** Three claims take up to 350. */
const maxTokens = { whole: 450, small: 250 } as const

/** Kept apart from the signal of the caller, which may end a request at any time. */
class TooSlow extends Error {}

function failureOf(error: unknown): Readonly<{ reason: FailureReason; isPassing: boolean }> {
  if (error instanceof TooSlow) return { reason: 'too slow', isPassing: true }
  if (error instanceof UnavailableError) return { reason: 'model away', isPassing: true }
  if (error instanceof RefusedError) return { reason: 'refused', isPassing: false }
  return { reason: 'refused', isPassing: false }
}

function judge(answer: ObserverAnswer, own: readonly HeardMessage[], detected: readonly Claim[]): Extraction {
  const { observation } = answer
  const verdicts = answer.claims.map(claim => validateClaim(claim, own))
  const proven = verdicts.flatMap(verdict => ('claim' in verdict ? [verdict.claim] : []))
  // The model saw something that code may have no word for: only what discloses nothing is kept then.
  const mayKeep = (claim: Claim) => claim.sensitivity === 'S0' || (answer.sensitive === 'none' && !answer.steers)
  const claims = merged(proven, detected).filter(mayKeep)
  if (claims.length > 0) return learnt(claims, observation)
  const doubt = verdicts.flatMap(verdict => ('doubt' in verdict ? [verdict.doubt] : []))[0]
  if (answer.sensitive !== 'none') return nothing('sensitive', observation)
  return nothing(answer.steers ? 'words that steer' : (doubt ?? 'nothing claimed'), observation)
}

/** The model's reading of a sentence counts before the patterns' reading of the same one. */
function merged(proven: readonly Claim[], detected: readonly Claim[]): readonly Claim[] {
  const known = new Set(proven.map(keyOf))
  const unique = proven.filter((claim, index) => proven.findIndex(other => keyOf(other) === keyOf(claim)) === index)
  const isSaid = (claim: Claim) =>
    known.has(keyOf(claim)) ||
    proven.some(other => other.slot === claim.slot && other.message === claim.message && isWithin(other, claim))
  return [...unique, ...detected.filter(claim => !isSaid(claim))]
}

function keyOf({ message, slot, value }: Claim): string {
  return `${message} ${slot} ${value.toLowerCase()}`
}

function isWithin(one: Claim, other: Claim): boolean {
  return one.start < other.start + other.length && other.start < one.start + one.length
}
