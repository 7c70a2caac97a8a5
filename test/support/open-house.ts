import { createDiscordAdapter } from '#adapters/discord/discord-adapter.ts'
import { createDiscordServer, type DiscordServer } from '#playground/discord-server/discord-server.ts'
import { buildHarbour } from '#playground/discord-server/harbour.ts'
import type { Rules } from '#playground/discord-server/world/rules.ts'
import type { VllmServerOptions } from '#playground/vllm-server/server-options.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { commandSpecs } from '#src/engine/commands/registry.ts'
import { systemClock } from '#src/system-clock.ts'
import { buildHouse, type Front, type House, type HouseOptions } from './build-house.ts'

export type World = AsyncDisposable & Readonly<{ discord: DiscordServer; vllm: VllmServer }>

/** Discord and vLLM on loopback, with Mira, Jonas and Wren in the Harbour. */
export async function openWorld(rules: Partial<Rules> = {}, vllmOptions: VllmServerOptions = {}): Promise<World> {
  const discord = await createDiscordServer({ rules })
  buildHarbour(discord)
  const vllm = await createVllmServer(vllmOptions)
  return {
    discord,
    vllm,
    async [Symbol.asyncDispose]() {
      await discord[Symbol.asyncDispose]()
      await vllm[Symbol.asyncDispose]()
    },
  }
}

/** The whole of Aeries before that Discord. */
export async function openHouse({ discord, vllm }: World, options?: HouseOptions): Promise<House> {
  return await buildHouse(discordFront(discord), vllm.url, options)
}

/** The real discord.js before that stand-in, with the writes of a second as main has them: a wide open world is so for the writers, too. */
export function discordFront({ token, apiUrl, rules }: DiscordServer): Front {
  const { globalPerSecond: requestsPerSecond } = rules
  return {
    clock: systemClock,
    writesPerSecond: { discord: Math.floor(requestsPerSecond * 0.9) },
    createAdapter: parts =>
      createDiscordAdapter({ token, apiUrl, requestsPerSecond, commands: commandSpecs, ...parts }),
  }
}
