import type { Deliveries } from '#playground/slack-server/events/deliveries.ts'
import type { SocketHub } from '#playground/slack-server/events/socket-hub.ts'
import type { Faults } from '#playground/slack-server/web-api/faults.ts'
import type { LogEntry } from '#playground/slack-server/web-api/log-entry.ts'
import type { RateLimits } from '#playground/slack-server/web-api/rate-limits.ts'
import type { Streams } from '#playground/slack-server/world/streams.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import type { Delivering } from './delivering.ts'
import type { Interactions } from './interactions.ts'
import type { People } from './people.ts'
import type { Scene } from './scene.ts'
import type { Watch } from './watch.ts'

/** What the control interface can reach; the same objects that a test holds in its hands. */
export type Control = Readonly<{
  world: World
  scene: Scene
  people: People
  interactions: Interactions
  watch: Watch
  faults: Faults
  limits: RateLimits
  streams: Streams
  sockets: SocketHub
  deliveries: Deliveries
  delivering: Delivering
  log: readonly LogEntry[]
}>
