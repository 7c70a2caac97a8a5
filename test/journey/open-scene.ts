import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { buildHouse, type House, type HouseOptions } from '#test/support/build-house.ts'
import type { JourneyPlatform, JourneyWorld } from './journey-platform.ts'

/** A platform and a model on loopback, and nobody home yet. */
export interface Scene<World extends JourneyWorld = JourneyWorld> extends AsyncDisposable {
  readonly world: World
  readonly vllm: VllmServer
  /** Aeries moves in, in this process; into the platform's usual front unless told otherwise. */
  house(options?: SceneHouseOptions): Promise<House>
}

export type SceneHouseOptions = HouseOptions & Readonly<{ front?: JourneyWorld['fronts'][number] }>

export type OpenScene = (limits?: 'wide' | 'own') => Promise<Scene>

export async function openScene<World extends JourneyWorld>(
  platform: JourneyPlatform<World>,
  limits: 'wide' | 'own' = 'wide',
): Promise<Scene<World>> {
  await using parts = new AsyncDisposableStack()
  const world = parts.use(await platform.open(limits))
  // Room for answers of any length: how long a prompt may be is another's matter.
  const vllm = parts.use(await createVllmServer({ maxModelLen: 200_000 }))
  const opened = parts.move()
  return {
    world,
    vllm,
    house: async ({ front = world.fronts[0], ...options } = {}) =>
      opened.use(
        await buildHouse(front, vllm.url, { maxTokens: 50_000, vllm: { contextLength: 200_000 }, ...options }),
      ),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
