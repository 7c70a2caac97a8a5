import type { PersonId } from './ids.ts'
import { conversationId } from './ids.ts'
import type { Place } from './place.ts'
import type { Awaitable } from './store.ts'

/** Whom or what a choice is about. The narrower one counts: a person in a place, a person, a place. */
export type Scope = string & { readonly [scope]: true }

declare const scope: unique symbol

/** What people chose about how Aeries behaves. */
export interface Preferences {
  /** What was chosen under that name in the first of these scopes that has it. */
  chosen(name: string, scopes: readonly Scope[]): Awaitable<string | undefined>
  /** `undefined` takes a choice back. */
  choose(name: string, scope: Scope, value: string | undefined): Awaitable<void>
}

/** The person in that channel or DM and its threads, or wherever they talk. */
export function scopeOf(person: PersonId, place?: Place): Scope {
  return (place === undefined ? person : `${person} in ${conversationId({ ...place, thread: undefined })}`) as Scope
}
