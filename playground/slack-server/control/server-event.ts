import type { Delivery } from '#playground/slack-server/events/delivery.ts'
import type { SocketChange } from '#playground/slack-server/events/socket-hub.ts'
import type { LogEntry } from '#playground/slack-server/web-api/log-entry.ts'
import type { WorldEvent } from '#playground/slack-server/world/world-event.ts'

/** Everything that a watcher can see: the world, the app's calls, its sockets, and what it was told. */
export type ServerEvent =
  | WorldEvent
  | Readonly<{ type: 'request'; entry: LogEntry }>
  | (Readonly<{ type: 'socket' }> & SocketChange)
  | Readonly<{ type: 'delivery'; delivery: Delivery }>
