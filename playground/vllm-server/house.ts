import type { Engine } from './engine.ts'
import type { StatePatch } from './server-state.ts'

/** What a route can reach: the engine, and the changes that concern the door as well. */
export type House = Readonly<{
  engine: Engine
  /** Of the door that people's requests come through. */
  port: () => number
  setState: (patch: StatePatch) => Promise<void>
  reset: () => Promise<void>
}>
