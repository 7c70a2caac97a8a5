import type { Event } from './event.ts'
import type { MessageId } from './ids.ts'
import type { Place } from './place.ts'
import type { ReplySurface } from './surface.ts'

/** The one door into the house. Returns at once; what becomes of the event is the house's business. */
export interface Inbox {
  event(event: Event): void
}

export type Health = Readonly<{ state: 'connected' } | { state: 'connecting' | 'lost'; cause: string }>

/** One platform. A third one is one more implementation, and nothing else moves. */
export interface PlatformAdapter extends AsyncDisposable {
  readonly platform: string
  /** Connects and hands events to the inbox; resolves once connected. A refused token is a `ConfigError`. */
  start(inbox: Inbox, signal: AbortSignal): Promise<void>
  /** Takes no more events; surfaces keep working until the adapter is disposed of. */
  closeDoor(): Promise<void>
  health(): Health
  /** A surface made again from stored ids, after a restart or for a new answer. */
  surface(place: Place, answering: MessageId): ReplySurface
  /** What was said to Aeries since then and may not have arrived. Events that did arrive may be among them: their keys tell. */
  missed(since: Date, signal: AbortSignal): AsyncIterable<Event>
}
