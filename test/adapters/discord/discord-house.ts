import { createDiscordAdapter } from '#adapters/discord/discord-adapter.ts'
import {
  createDiscordServer,
  type DiscordServer,
  type DiscordServerOptions,
} from '#playground/discord-server/discord-server.ts'
import { buildHarbour, type Harbour } from '#playground/discord-server/harbour.ts'
import type { PlatformAdapter } from '#src/core/platform.ts'
import { CollectingInbox } from '#test/support/collecting-inbox.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

export type House = AsyncDisposable &
  Readonly<{
    server: DiscordServer
    harbour: Harbour
    adapter: PlatformAdapter
    inbox: CollectingInbox
    log: KeptLog
    clock: ManualClock
  }>

/** The adapter in front of a stand-in of Discord with two channels, a private one, and three people; not yet started. */
export async function aHouse(options: DiscordServerOptions & Readonly<{ ownToken?: string }> = {}): Promise<House> {
  const server = await createDiscordServer(options)
  const harbour = buildHarbour(server)
  return aHouseAt(server, harbour, options.ownToken)
}

/** A fresh process of Aeries, before the same Discord. Disposing of it leaves that running only if it was not the last. */
export function aHouseAt(server: DiscordServer, harbour: Harbour, token = server.token): House {
  const log = new KeptLog()
  const clock = new ManualClock()
  const adapter = createDiscordAdapter({ token, apiUrl: server.apiUrl, log, clock })
  const dispose = async () => {
    await adapter[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  }
  return { server, harbour, adapter, inbox: new CollectingInbox(), log, clock, [Symbol.asyncDispose]: dispose }
}

/** The same, connected. */
export async function anOpenHouse(options: DiscordServerOptions = {}): Promise<House> {
  const house = await aHouse(options)
  await house.adapter.start(house.inbox, never)
  return house
}

export const never = new AbortController().signal
