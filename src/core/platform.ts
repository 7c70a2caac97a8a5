import type { Event, MessageEvent } from './event.ts'
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
  /** The address under which people read a message; `undefined`: it has none, or the platform does not tell. */
  link(message: MessageId, signal: AbortSignal): Promise<string | undefined>
  /** The workspaces that Aeries is in; absent, or `undefined`: the platform does not say. Once connected. */
  workspaces?(): readonly string[] | undefined
  /** A surface made again from stored ids, after a restart or for a new answer. */
  surface(place: Place, answering: MessageId): ReplySurface
  /**
   * What people said to Aeries since then in these places, each place's words in their order, addressed by the same rules and under
   * the same keys as live ones: those that did arrive are among them, and the ledger tells them apart. The adapter need not know any
   * place by itself, so the caller names those that it has turns of, the most urgent one first. Reading takes its time and leaves
   * room for replies; a place that cannot be read is passed over. Throws for an aborted signal only.
   */
  missed(since: Date, places: readonly Place[], signal: AbortSignal): AsyncIterable<MessageEvent>
}
