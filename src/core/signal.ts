import type { Id, MessageId } from './ids.ts'

export type SignalKind =
  | 'strong reaction'
  | 'mild reaction'
  | 'regenerated'
  | 'asked again'
  | 'stopped'
  | 'thanks'
  | 'inferred'
  | 'behaviour'

/** What undoes a signal: one message, or one reaction of one person. `retract` takes all signals of a source at once. */
export type SignalSource = Id<'signal source'>

/** One dated, weighted piece of evidence. It counts `weight · 2^(-age / halfLifeMs)` for the value, or against it when negative. */
export type Signal = Readonly<{
  kind: SignalKind
  /** What it is evidence on: a slot of style (then it travels as `style`), or a name of our own such as `topic`. */
  key: string
  /** One of few fixed words, never a person's own. */
  value: string
  weight: number
  halfLifeMs: number
  at: Date
  source: SignalSource
  /** The message it is about, of the person or of Aeries: when that is deleted, the signal goes as well. */
  message: MessageId
  /** The same happening told twice counts once. */
  dedupe: string
}>

/** How a value of a key stands at a time: `preference` in (-1, 1), `confidence` in [0, 1). */
export type Reading = Readonly<{
  key: string
  value: string
  positive: number
  negative: number
  preference: number
  confidence: number
  /** So many signals. */
  count: number
  /** It went over the upper threshold and has not fallen below the lower one since. */
  isOn: boolean
}>

export function signalSource(id: string): SignalSource {
  return id as SignalSource
}
