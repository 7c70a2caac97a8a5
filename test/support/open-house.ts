import { EventEmitter, once } from 'node:events'
import { createDiscordAdapter } from '#adapters/discord/discord-adapter.ts'
import { createDiscordServer, type DiscordServer } from '#playground/discord-server/discord-server.ts'
import { buildHarbour } from '#playground/discord-server/harbour.ts'
import type { Rules } from '#playground/discord-server/world/rules.ts'
import type { VllmServerOptions } from '#playground/vllm-server/server-options.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { startApp } from '#src/app.ts'
import type { Store } from '#src/core/store.ts'
import type { Reply, Turn } from '#src/core/turn.ts'
import { createEngine } from '#src/engine/engine.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel, type VllmOptions } from '#src/vllm/vllm-chat-model.ts'
import { KeptLog } from './kept-log.ts'

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

export type House = AsyncDisposable &
  Readonly<{
    store: Store
    log: KeptLog
    /** All closed turns, once there are so many. */
    closed(count: number): Promise<readonly ClosedTurn[]>
  }>

export type ClosedTurn = Readonly<{ turn: Turn; reply: Reply }>

export type HouseOptions = Readonly<{ databasePath?: string; vllm?: Partial<VllmOptions>; maxTokens?: number }>

/** The whole of Aeries in this process, as main builds it: the real discord.js, undici and SQLite. */
export async function openHouse({ discord, vllm }: World, options: HouseOptions = {}): Promise<House> {
  const clock = systemClock
  const log = new KeptLog()
  const turns: ClosedTurn[] = []
  const closing = new EventEmitter()
  const parts = new AsyncDisposableStack()
  const store = parts.use(openStore({ path: options.databasePath ?? ':memory:' }))
  const model = parts.use(createVllmChatModel({ url: vllm.url, model: 'Qwen/Qwen3-8B', clock, log, ...options.vllm }))
  const { globalPerSecond: requestsPerSecond } = discord.rules
  const { token, apiUrl } = discord
  const adapter = parts.use(createDiscordAdapter({ token, apiUrl, requestsPerSecond, clock, log }))
  const engine = parts.use(
    createEngine({
      store,
      model,
      // Of what Discord grants, as main has it: a world that is wide open is so for the writers, too.
      budget: new WriteBudget(clock, { discord: Math.floor(requestsPerSecond * 0.9) }),
      clock,
      log,
      persona: () => ({ name: 'Aeries', voice: 'You are Aeries.' }),
      timeZone: 'UTC',
      maxTokens: options.maxTokens ?? 1_024,
      onTurn: (turn, reply) => {
        turns.push({ turn, reply })
        closing.emit('turn')
      },
    }),
  )
  parts.use(await startApp({ adapters: [adapter], engine }, AbortSignal.timeout(10_000)))
  const closed = async (count: number) => {
    const signal = AbortSignal.timeout(30_000)
    while (turns.length < count) await once(closing, 'turn', { signal })
    return turns
  }
  return { store, log, closed, [Symbol.asyncDispose]: () => parts.disposeAsync() }
}
