import type { MessageEvent } from '#src/core/event.ts'
import type { TurnId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Earlier } from '#src/core/surface.ts'
import type { Asked, Turn } from '#src/core/turn.ts'
import type { Draft } from '#src/core/turns.ts'
import type { Standing } from './standing.ts'
import { abandonedNote } from './words.ts'

/** What was said, whether it reached us only long after, and otherwise when, in ms since the epoch. */
export type Heard = MessageEvent & Readonly<{ isMissed?: true; acceptedAt?: number }>

/** A turn on its way: it grows with what its asker adds, and with what of its reply stands. */
export type Exchange = {
  readonly id: TurnId
  /** At least one, in the platform's order. */
  readonly asked: Heard[]
  readonly earlier: Earlier
  stands: Standing | undefined
  /** It had to wait because Aeries or its model was away. */
  wasAway: boolean
  /** So often its reply was begun anew: only what was asked before that is answered. */
  readonly run: number
  /** An earlier reply comes back if this one gets no words. */
  readonly fallsBack: boolean
}

export const nothingEarlier: Earlier = { quotes: [], unread: [] }

/** Begins the keys of a reply's writes: platforms remember those of an earlier run, also of messages that are gone. */
export function keyOf({ id, run }: Pick<Exchange, 'id' | 'run'>): string {
  return run === 0 ? id : `${id}r${run}`
}

/** Of what was asked; there is always some. */
export function newest(asked: readonly Heard[]): Heard {
  return asked.at(-1) as Heard
}

export function turnOf({ id, asked }: Exchange): Turn {
  const { place, person } = newest(asked)
  return { id, conversation: conversationOf(place), place, asker: person, asked: asked.map(withoutSurface) }
}

/** The end of words that nobody waits to go on any more. */
export const broken: Draft['end'] = { outcome: 'cut off', note: abandonedNote }

/** Words that nobody goes on with: what is left to do is to show them with that end. */
export function ended(stands: Standing, end: Draft['end']): Standing {
  return { ...stands, draft: { text: stands.draft?.text ?? '', end } }
}

export function withoutSurface({ key, place, person, at, message }: MessageEvent): Asked {
  return { key, place, person, at, message }
}
