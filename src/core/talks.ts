import type { Awaitable } from './awaitable.ts'
import type { HistoryMessage, HistoryPosition } from './history.ts'
import type { ConversationId, PersonId, TurnId } from './ids.ts'
import type { Place } from './place.ts'
import type { TurnOutcome } from './turn.ts'

/** A conversation that a person began by themself and comes back to, where a platform lets them have many. It is theirs alone. */
export type Talk = Readonly<{
  id: ConversationId
  place: Place
  /** As its person named it; otherwise how its first message begins; nothing was said yet: empty. */
  title: string
  begunAt: Date
  /** When something was said there last. */
  lastAt: Date
}>

/** What a search found; `excerpt`: the words around it, if it was found in what was said. */
export type FoundTalk = Talk & Readonly<{ excerpt: string | undefined }>

/** Where a page of a list ended: the next one begins behind it. Only the store knows what it is made of. */
export type TalkCursor = string & { readonly [cursor]: true }

declare const cursor: unique symbol

/** A page of a list, and where the next one begins; `undefined`: there is none. */
export type Page<T, Cursor> = Readonly<{ items: readonly T[]; next: Cursor | undefined }>

/** One line of a talk, and the turn that it is of. */
export type TalkMessage = HistoryMessage &
  Readonly<{
    /** Of what no turn has taken yet: nothing. */
    turn: TurnId | undefined
    /** How its reply ended; `undefined`: it is being answered. */
    outcome: TurnOutcome | undefined
    /** The word of Aeries that its reply ended with. */
    note: string | undefined
  }>

/** The conversations that people began by themselves. Each method is one unit of work: it happens wholly or not at all. */
export interface Talks {
  /** Begins one; `known`: there is one already, whoever's it is. */
  begin(person: PersonId, place: Place, title: string | undefined, at: Date): Awaitable<'new' | 'known'>
  /** Only if it is theirs. */
  find(person: PersonId, id: ConversationId): Awaitable<Talk | undefined>
  /** The newest first. */
  list(person: PersonId, platform: string, limit: number, after?: TalkCursor): Awaitable<Page<Talk, TalkCursor>>
  /** Those in whose title or messages all of these words begin something, the best first. */
  search(person: PersonId, platform: string, words: string, limit: number): Awaitable<readonly FoundTalk[]>
  /** `undefined` takes the name back. */
  name(person: PersonId, id: ConversationId, title: string | undefined): Awaitable<void>
  /** Nobody has it any more; what was said in it is forgotten apart. */
  drop(person: PersonId, id: ConversationId): Awaitable<void>
  /** What was said there, oldest first: the newest before that place. The next page is the one before. */
  messages(id: ConversationId, limit: number, before?: HistoryPosition): Awaitable<Page<TalkMessage, HistoryPosition>>
}
