import type { Gateway } from '#playground/discord-server/gateway/gateway.ts'
import type { Faults } from '#playground/discord-server/rest/faults.ts'
import type { LogEntry } from '#playground/discord-server/rest/request-log.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import type { People } from './people.ts'
import type { Places } from './places.ts'
import type { Scene } from './scene.ts'
import type { Watch } from './watch.ts'

/** What the control interface can reach; the same objects that a test holds in its hands. */
export type Control = Readonly<{
  world: World
  scene: Scene
  places: Places
  people: People
  watch: Watch
  faults: Faults
  gateway: Gateway
  log: readonly LogEntry[]
  unknownCalls: readonly string[]
}>
