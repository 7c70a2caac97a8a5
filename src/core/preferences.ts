import type { Awaitable } from './awaitable.ts'
import { type ConversationId, conversationId, type PersonId } from './ids.ts'
import type { Place } from './place.ts'

/** Whom or what a choice is about. The narrower one counts: a person in a place, a person, a place. */
export type Scope = string & { readonly [scope]: true }

declare const scope: unique symbol

/** One choice: of a person wherever they talk, or in one channel or DM, named by its conversation. */
export type Chosen = Readonly<{ name: string; value: string; conversation: ConversationId | undefined }>

/** What people chose about how Aeries behaves. */
export interface Preferences {
  /** What was chosen under that name in the first of these scopes that has it. */
  chosen(name: string, scopes: readonly Scope[]): Awaitable<string | undefined>
  /** `undefined` takes a choice back. */
  choose(name: string, scope: Scope, value: string | undefined): Awaitable<void>
  /** Whoever chose something under that name, with what they chose. */
  under(name: string): Awaitable<readonly (Chosen & Readonly<{ person: PersonId }>)[]>
  /** All that a person chose. */
  of(person: PersonId): Awaitable<readonly Chosen[]>
  /** Takes back all that a person chose, but what stands under these names. */
  takeBack(person: PersonId, except: readonly string[]): Awaitable<void>
}

/** The person in that very conversation, a thread apart from its channel. */
export function scopeOfTalk(person: PersonId, conversation: ConversationId): Scope {
  return `${person} in ${conversation}` as Scope
}

/** The person in that channel or DM and its threads, or wherever they talk. */
export function scopeOf(person: PersonId, place?: Place): Scope {
  return (place === undefined ? person : `${person} in ${conversationId({ ...place, thread: undefined })}`) as Scope
}

/** A channel or DM with its threads, for everybody there. */
export function scopeOfPlace(place: Place): Scope {
  return `place ${conversationId({ ...place, thread: undefined })}` as Scope
}
