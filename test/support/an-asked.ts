import { eventKey, messageId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import type { Asked, Reply, Turn } from '#src/core/turn.ts'
import { aPerson, dm } from './an-event.ts'

let count = 0

export type AskedSketch = Readonly<{ text?: string; at?: number; person?: Person; place?: Place }>

/** Mira asks in her DM, unless told otherwise, at so many ms; each call is another message. */
export function anAsked({ text = 'hello', at = 0, person = aPerson('Mira'), place = dm }: AskedSketch = {}): Asked {
  const id = String(++count)
  return {
    key: eventKey('test', 'asked', id),
    place,
    at: new Date(1_800_000_000_000 + at),
    person,
    message: {
      id: messageId('test', place.workspace, place.channel, `asked-${id}`),
      text,
      addressed: true,
      quotes: [],
      unread: [],
    },
  }
}

export function aReply(text: string, sketch: Partial<Reply> = {}): Reply {
  return { outcome: 'done', text, messages: text === '' ? [] : [aMessageId(text)], ...sketch }
}

export function aMessageId(name: string) {
  return messageId('test', undefined, 'dm-mira', name)
}

/** Writes down what somebody asked and opens the turn that answers it. */
export async function begun(store: Store, ...asked: readonly [Asked, ...Asked[]]): Promise<Turn> {
  for (const one of asked) await store.turns.receive(one)
  const [{ place, person }] = asked
  const keys = asked.map(({ key }) => key)
  const id = await store.turns.begin(conversationOf(place), person.id, keys, new Date())
  return { id, conversation: conversationOf(place), place, asker: person, asked }
}

/** A whole exchange: asked, answered, closed. */
export async function exchanged(store: Store, asked: Asked, text: string): Promise<Turn> {
  const turn = await begun(store, asked)
  await store.turns.finish(turn, aReply(text, { messages: [aMessageId(`reply-to-${asked.key}`)] }), new Date())
  return turn
}

/** A transcript, a line each: `Mira: hello`, `Aeries to Mira: hi`. */
export function lines(history: Awaited<ReturnType<Store['history']['last']>>): readonly string[] {
  return history.map(({ role, person, text }) =>
    role === 'person' ? `${person.name}: ${text}` : `Aeries to ${person.name}: ${text}`,
  )
}
