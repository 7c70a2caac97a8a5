import type { PlatformAdapter } from '#src/core/platform.ts'
import type { Engine } from '#src/engine/engine.ts'

export type AppParts = Readonly<{ adapters: readonly PlatformAdapter[]; engine: Engine }>

/**
 * Ties the platforms to the engine: from here on events flow, and what an earlier process left open goes on. Resolves once
 * every platform is connected; one that refuses our token ends the start with its `ConfigError`. Disposing closes the doors and leaves the surfaces working, so that
 * running answers can finish.
 */
export async function startApp({ adapters, engine }: AppParts, signal: AbortSignal): Promise<AsyncDisposable> {
  const inbox = { event: engine.event }
  async function start(adapter: PlatformAdapter): Promise<void> {
    await adapter.start(inbox, signal)
    engine.resume(adapter.platform)
  }
  await engine.recall()
  await Promise.all(adapters.map(adapter => start(adapter)))
  return {
    async [Symbol.asyncDispose]() {
      // A door may take its time to close, which answers under way use.
      engine.windDown()
      await Promise.all(adapters.map(adapter => adapter.closeDoor()))
    },
  }
}
