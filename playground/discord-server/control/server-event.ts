import type { GatewayState } from '#playground/discord-server/gateway/gateway.ts'
import type { LogEntry } from '#playground/discord-server/rest/request-log.ts'
import type { WorldEvent } from '#playground/discord-server/world/world-event.ts'

/** Everything that a watcher can see: the world, the bot's requests, the bot's connection. */
export type ServerEvent = WorldEvent | GatewayState | Readonly<{ type: 'request'; entry: LogEntry }>
