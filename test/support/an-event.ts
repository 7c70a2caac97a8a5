import type { MessageEvent } from '#src/core/event.ts'
import { eventKey, messageId, personId } from '#src/core/ids.ts'
import type { IncomingMessage } from '#src/core/message.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import type { ReplySurface } from '#src/core/surface.ts'

export const dm: Place = {
  platform: 'test',
  workspace: undefined,
  channel: 'dm-mira',
  thread: undefined,
  audience: 'dm',
}
export const channel: Place = {
  platform: 'test',
  workspace: 'harbour',
  channel: 'general',
  thread: undefined,
  audience: 'public',
  name: 'general',
}

export function aPerson(name: string): Person {
  return { id: personId('test', undefined, name), name, external: false }
}

let count = 0

export type EventSketch = Partial<Omit<MessageEvent, 'type' | 'message'>> &
  Readonly<{ surface: ReplySurface; text?: string; message?: Partial<IncomingMessage> }>

/** Mira says something in her DM, unless told otherwise; each call is a new event. */
export function anEvent({ text = 'hello', message, ...sketch }: EventSketch): MessageEvent {
  const id = String(++count)
  const place = sketch.place ?? dm
  return {
    type: 'message',
    key: eventKey('test', 'message', id),
    place,
    person: aPerson('Mira'),
    at: new Date(1_800_000_000_000 + count),
    ...sketch,
    message: {
      id: messageId('test', place.workspace, place.channel, id),
      text,
      addressed: true,
      quotes: [],
      unread: [],
      ...message,
    },
  }
}
