import type { Exchange, ObserverJob } from '#src/core/observer-job.ts'
import { type Extraction, type ExtractorParts, extractClaims, type FailureReason } from './claims/extract-claims.ts'
import { ownWords } from './claims/own-words.ts'
import { warmUp } from './claims/warm-up.ts'
import { lessonOf, moodOf, type ReadExchange } from './lesson-of.ts'
import type { Observe, Observed, Setback } from './queue/observe.ts'

/** Reads exchanges: what code can compute is computed, what it cannot is asked of the model, and believed if their words prove it. */
export function createObserve(parts: ExtractorParts): Observe {
  return async (job, signal) => {
    await warmUp(signal)
    return toObserved(job, await extractClaims(parts, job, signal))
  }
}

function toObserved(job: ObserverJob, extraction: Extraction): Observed {
  const read = readOf(job, extraction)
  return {
    lesson: lessonOf(job, read),
    moods: moodOf(read),
    why: extraction.outcome === 'learnt' ? undefined : extraction.reason,
    setback: extraction.outcome === 'failed' ? setbackOf(extraction) : undefined,
  }
}

/** Exchanges that were read as one: each claim belongs to where it was said, and what they were like to the newest. */
function readOf({ exchanges }: ObserverJob, extraction: Extraction): readonly ReadExchange[] {
  const claims = extraction.outcome === 'nothing' ? [] : extraction.claims
  const observation = extraction.outcome === 'failed' ? undefined : extraction.observation
  return exchanges.map((exchange, at) => ({
    exchange: own(exchange),
    claims: claims.filter(claim => exchange.said.some(({ message }) => message === claim.message)),
    observation: at === exchanges.length - 1 ? observation : undefined,
  }))
}

/** Pasted code and others' words do not show how they write. */
function own(exchange: Exchange): Exchange {
  const said = exchange.said.map(one => ({ ...one, text: ownWords(one.text) }))
  return { ...exchange, said: said.filter(({ text }) => text.trim() !== '') }
}

const repeats: Readonly<Record<FailureReason, Setback['repeat']>> = {
  'model away': 'when back',
  'too slow': 'later',
  'unfit answer': 'never',
  refused: 'never',
}

function setbackOf({ reason, cause }: Extract<Extraction, { outcome: 'failed' }>): Setback {
  return { reason, repeat: repeats[reason], cause }
}
