import { createWebAdapter, type WebAdapter } from '#adapters/web/web-adapter.ts'
import type { WebSettings } from '#adapters/web/web-parts.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import type { Clock } from '#src/core/clock.ts'
import type { SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { buildHouse, type House, type HouseOptions } from '#test/support/build-house.ts'
import { WebClient } from '#test/support/web-client.ts'
import { houseOf, local } from './web-house.ts'

export type World = AsyncDisposable &
  Readonly<{ vllm: VllmServer; house: House; url: string; client: WebClient; store: SqliteStore }>

/** `doorClock`: the door alone goes by it. */
type WorldOptions = HouseOptions & Partial<WebSettings> & Readonly<{ doorClock?: Clock }>

/** The whole of Aeries behind the web door, with a model. */
export async function aWorld({ doorClock, ...options }: WorldOptions = {}): Promise<World> {
  await using parts = new AsyncDisposableStack()
  const vllm = parts.use(await createVllmServer())
  let made: readonly [adapter: WebAdapter, store: SqliteStore] | undefined
  const front = {
    clock: systemClock,
    writesPerSecond: {},
    createAdapter({ clock, log, store }: Parameters<Parameters<typeof buildHouse>[0]['createAdapter']>[0]) {
      const { signIn = local.signIn } = options
      const adapter = createWebAdapter({ ...local, signIn, house: houseOf(store), clock: doorClock ?? clock, log })
      made = [adapter, store]
      return adapter
    },
  }
  const house = parts.use(await buildHouse(front, vllm.url, options))
  const [adapter, store] = made as unknown as readonly [WebAdapter, SqliteStore]
  const client = parts.use(new WebClient(adapter.url))
  const opened = parts.move()
  return { vllm, house, url: adapter.url, client, store, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
