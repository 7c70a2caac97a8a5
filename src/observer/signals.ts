import type { Observation } from '#src/core/claim.ts'
import type { MessageId } from '#src/core/ids.ts'
import { type Signal, type SignalKind, signalSource } from '#src/core/signal.ts'
import type { Habits } from './habits.ts'

const dayMs = 24 * 3_600_000

type Weight = Readonly<{ weight: number; halfLifeMs: number }>

/** What a happening weighs, whichever way it points, and how fast that fades. */
export const signalWeights: Readonly<Record<SignalKind, Weight>> = {
  'strong reaction': { weight: 1.5, halfLifeMs: 45 * dayMs },
  'mild reaction': { weight: 1, halfLifeMs: 45 * dayMs },
  regenerated: { weight: 1, halfLifeMs: 45 * dayMs },
  'asked again': { weight: 0.8, halfLifeMs: 45 * dayMs },
  stopped: { weight: 0.7, halfLifeMs: 45 * dayMs },
  thanks: { weight: 0.4, halfLifeMs: 30 * dayMs },
  inferred: { weight: 0.6, halfLifeMs: 30 * dayMs },
  behaviour: { weight: 0.2, halfLifeMs: 30 * dayMs },
}

/** A language is changed more seldom than a mood. */
const languageHalfLifeMs = 180 * dayMs
/** A mood, a task: of this hour. */
const sessionHalfLifeMs = 2 * 3_600_000

type Said = Readonly<{ message: MessageId; at: Date }>
type Pointer = Readonly<{ kind: SignalKind; key: string; value: string; sign?: 1 | -1 }>

const lengths = { shorter: 'short', longer: 'long' } as const
const formats = {
  prose: { key: 'reply_format', value: 'prose' },
  bullets: { key: 'reply_format', value: 'bullets' },
  code: { key: 'reply_format', value: 'code' },
  table: { key: 'reply_format', value: 'table' },
  no_emoji: { key: 'emoji_use', value: 'none' },
  more_emoji: { key: 'emoji_use', value: 'more' },
} as const
const tones = { warm: 'warm', playful: 'playful', formal: 'formal' } as const

/** What a model made of an exchange, as weak evidence. Pure. */
export function observedSignals(observation: Observation, said: Said): readonly Signal[] {
  const { tone, topic, lastReply, wantLength, wantFormat } = observation
  const pointers: Pointer[] = []
  if (wantLength !== 'none') pointers.push({ kind: 'inferred', key: 'reply_length', value: lengths[wantLength] })
  if (wantFormat !== 'none') pointers.push({ kind: 'inferred', ...formats[wantFormat] })
  if (tone === 'warm' || tone === 'playful' || tone === 'formal') {
    pointers.push({ kind: 'inferred', key: 'tone', value: tones[tone] })
  }
  if (topic !== 'other' && topic !== 'small_talk') pointers.push({ kind: 'inferred', key: 'topic', value: topic })
  if (lastReply === 'satisfied') pointers.push({ kind: 'thanks', key: 'quality', value: 'good' })
  if (lastReply === 'asked_again') pointers.push({ kind: 'asked again', key: 'quality', value: 'good', sign: -1 })
  return pointers.map(pointer => signalOf(pointer, said))
}

/** The mood of the moment: for the running session alone. Pure. */
export function moodSignals({ tone, topic }: Observation, said: Said): readonly Signal[] {
  const moods: Pointer[] = []
  if (tone === 'frustrated' || tone === 'rushed') moods.push({ kind: 'inferred', key: 'mood', value: tone })
  if (topic !== 'other' && topic !== 'small_talk') moods.push({ kind: 'inferred', key: 'topic', value: topic })
  return moods.map(mood => ({ ...signalOf(mood, said), weight: 1, halfLifeMs: sessionHalfLifeMs }))
}

/** How they write, computed and not guessed. Pure. */
export function behaviourSignals(
  { language, hasEmoji, formality, length, hour }: Habits,
  said: Said,
): readonly Signal[] {
  const pointers: Pointer[] = [
    { kind: 'behaviour', key: 'own_length', value: length },
    { kind: 'behaviour', key: 'own_hours', value: String(hour) },
  ]
  if (language !== undefined) pointers.push({ kind: 'behaviour', key: 'language', value: language })
  if (formality !== undefined) pointers.push({ kind: 'behaviour', key: 'tone', value: formality })
  // Who writes some likes to read some; who writes none says nothing by it.
  if (hasEmoji) pointers.push({ kind: 'behaviour', key: 'emoji_use', value: 'more' })
  return pointers.map(pointer => signalOf(pointer, said))
}

function signalOf({ kind, key, value, sign = 1 }: Pointer, { message, at }: Said): Signal {
  const { weight, halfLifeMs } = signalWeights[kind]
  return {
    kind,
    key,
    value,
    weight: sign * weight,
    halfLifeMs: kind === 'behaviour' && key === 'language' ? languageHalfLifeMs : halfLifeMs,
    at,
    source: signalSource(message),
    message,
    dedupe: `${message} ${kind} ${key} ${value}`,
  }
}
