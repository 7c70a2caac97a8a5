import type { Given, OpinionCraft, Rated, Verdict } from '#src/core/feedback.ts'
import type { Signal, SignalKind } from '#src/core/signal.ts'
import { signalWeights } from '#src/observer/signals.ts'
import { type Facet, replyFacets } from './reply-facets.ts'

/** Whoever reads along says less about how they want to be answered. */
const bystanderShare = 0.25
/** Who does not like one form may like another than its opposite; only of long and short there is no third. */
const insteadShare = 0.5
/** What an answer is good for, whatever its style; no brief tells it. */
const quality: Facet = { key: 'quality', value: 'good', instead: undefined }

type Weighing =
  /** Speaks for what stands out in the answer, or against it. */
  | Readonly<{ on: 'style'; kind: SignalKind; sign: 1 | -1 }>
  | Readonly<{ on: 'quality'; kind: SignalKind; sign: -1 }>
  /** They say themselves what it is that they do not like. */
  | Readonly<{ on: 'reason'; kind: SignalKind; facet: Facet }>
  | Readonly<{ on: 'tone'; kind: SignalKind }>

const weighings: Readonly<Record<Verdict, Weighing>> = {
  loved: { on: 'style', kind: 'strong reaction', sign: 1 },
  good: { on: 'style', kind: 'mild reaction', sign: 1 },
  thanks: { on: 'style', kind: 'thanks', sign: 1 },
  bad: { on: 'style', kind: 'mild reaction', sign: -1 },
  awful: { on: 'style', kind: 'strong reaction', sign: -1 },
  unclear: { on: 'quality', kind: 'mild reaction', sign: -1 },
  wrong: { on: 'quality', kind: 'strong reaction', sign: -1 },
  'too long': {
    on: 'reason',
    kind: 'strong reaction',
    facet: { key: 'reply_length', value: 'long', instead: 'short' },
  },
  'too short': {
    on: 'reason',
    kind: 'strong reaction',
    facet: { key: 'reply_length', value: 'short', instead: 'long' },
  },
  tone: { on: 'tone', kind: 'strong reaction' },
}

/** Of words that say the same more or less loudly the loudest counts. */
const degrees: readonly (readonly Verdict[])[] = [
  ['loved', 'good', 'thanks'],
  ['awful', 'bad'],
]
const reasons: readonly Verdict[] = ['unclear', 'wrong', 'too long', 'too short', 'tone']

/** Reads opinions: which words count, and what for. Nothing of it is ever a belief about the world or about a person. */
export const opinionCraft: OpinionCraft = {
  facetsOf: answer => replyFacets(answer).map(({ key, value, instead }) => [key, value, instead ?? ''].join(':')),
  weigh: (given, rated) => counting(given).flatMap(one => signalsOf(one, rated)),
}

/** One word of each verdict, the first; who names a reason says nothing more by a frown. */
function counting(given: readonly Given[]): readonly Given[] {
  const hasReason = given.some(({ verdict }) => reasons.includes(verdict))
  const verdicts = new Set(given.map(({ verdict }) => verdict))
  const isCounted = ({ verdict }: Given, at: number) => {
    if (given.findIndex(other => other.verdict === verdict) < at) return false
    if (hasReason && (verdict === 'bad' || verdict === 'awful')) return false
    const its = degrees.find(degree => degree.includes(verdict)) ?? [verdict]
    return its.find(louder => verdicts.has(louder)) === verdict
  }
  return given.filter(isCounted)
}

function signalsOf(given: Given, rated: Rated): readonly Signal[] {
  const weighing = weighings[given.verdict]
  const { kind } = weighing
  const facets = given.facets.map(facetOf)
  switch (weighing.on) {
    case 'style': {
      const { sign } = weighing
      if (facets.length === 0) return pointing([quality], { sign, kind }, given, rated)
      return pointing(facets, { sign, kind }, given, rated)
    }
    case 'quality':
      return pointing([quality], { sign: -1, kind }, given, rated)
    case 'reason':
      return pointing([weighing.facet], { sign: -1, kind }, given, rated)
    case 'tone': {
      const tone = facets.filter(({ key }) => key === 'tone')
      return pointing(tone.length > 0 ? tone : [quality], { sign: -1, kind }, given, rated)
    }
    default:
      return weighing satisfies never
  }
}

function facetOf(text: string): Facet {
  const [key = '', value = '', instead = ''] = text.split(':')
  return { key, value, instead: instead === '' ? undefined : instead }
}

/** The weight is shared by so many facets as by so many witnesses. What speaks against a value speaks for what stands against it. */
function pointing(
  facets: readonly Facet[],
  { sign, kind }: Readonly<{ sign: 1 | -1; kind: SignalKind }>,
  given: Given,
  { turn, source, isAsker }: Rated,
): readonly Signal[] {
  const { weight, halfLifeMs } = signalWeights[kind]
  const { message, at, verdict } = given
  const whole = (sign * weight * (isAsker ? 1 : bystanderShare)) / Math.sqrt(facets.length)
  const on = (key: string, value: string, share: number): Signal => ({
    ...{ kind, key, value, halfLifeMs, at, source, message },
    weight: whole * share,
    dedupe: `opinion ${turn} ${verdict} ${key} ${value}`,
  })
  return facets.flatMap(({ key, value, instead }) => {
    if (instead === undefined) return [on(key, value, 1)]
    return [on(key, value, 1), on(key, instead, key === 'reply_length' ? -1 : -insteadShare)]
  })
}
