import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { meOn } from '#playground/page/state/stores.ts'

/** What ids in a text are called. */
export type Names = Readonly<{
  person(id: string): string | undefined
  place(id: string): string | undefined
  isMe(id: string): boolean
}>

export function namesOf(store: ChatStore): Names {
  return {
    person: id => store.people.value.get(id)?.name,
    place: id => store.placeOf(id)?.name,
    isMe: id => meOn(store)?.id === id,
  }
}
