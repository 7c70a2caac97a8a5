import type { Event, MessageEvent } from './event.ts'
import type { MessageId } from './ids.ts'
import type { Place } from './place.ts'
import type { ReplySurface } from './surface.ts'

/** The one door into the house. Returns at once; what becomes of the event is the house's business. */
export interface Inbox {
  event(event: Event): void
}

export type Health = Readonly<{ state: 'connected' } | { state: 'connecting' | 'lost'; cause: string }>

/**
 * What is looked for: what was said since then. `places`: those that the house has turns of, the most urgent one first. `readUntil`:
 * how far a reading that did not come to its end got, by the names that `PlaceRead` told.
 */
export type Gap = Readonly<{ since: Date; places: readonly Place[]; readUntil?: ReadonlyMap<string, Date> }>

/** A place was read: told behind all that was found there. Only its platform knows what its name stands for. */
export type PlaceRead = Readonly<{ type: 'place read'; place: string; until: Date }>

/** One platform. A third one is one more implementation, and nothing else moves. */
export interface PlatformAdapter extends AsyncDisposable {
  readonly platform: string
  /** Connects and hands events to the inbox; resolves once connected. A refused token is a `ConfigError`. */
  start(inbox: Inbox, signal: AbortSignal): Promise<void>
  /** Takes no more events; surfaces keep working until the adapter is disposed of. */
  closeDoor(): Promise<void>
  health(): Health
  /** The address under which people read a message; `undefined`: it has none, or the platform does not tell. */
  link(message: MessageId, signal: AbortSignal): Promise<string | undefined>
  /** The workspaces that Aeries is in; absent, or `undefined`: the platform does not say. Once connected. */
  workspaces?(): readonly string[] | undefined
  /** A surface made again from stored ids, after a restart or for a new answer. */
  surface(place: Place, answering: MessageId): ReplySurface
  /**
   * What people said to Aeries since then, in these places and where else it is, each place's words in their order, addressed by the same rules and under
   * the same keys as live ones: those that did arrive are among them, and the ledger tells them apart. The adapter need not know any
   * place by itself, so the caller names those that it has turns of. Reading takes its time and leaves room for replies; a place that
   * cannot be read is passed over. A platform that grants few reads tells how far it got, and goes on there when it is asked again.
   * Throws for an aborted signal only.
   */
  missed(gap: Gap, signal: AbortSignal): AsyncIterable<MessageEvent | PlaceRead>
}
