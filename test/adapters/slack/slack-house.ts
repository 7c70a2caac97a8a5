import { createSlackAdapter, type SlackAdapter } from '#adapters/slack/slack-adapter.ts'
import type { SlackParts } from '#adapters/slack/slack-parts.ts'
import { buildHarbour, type Harbour } from '#playground/slack-server/harbour.ts'
import { createSlackServer, type SlackServer, type SlackServerOptions } from '#playground/slack-server/slack-server.ts'
import { systemClock } from '#src/system-clock.ts'
import { CollectingInbox } from '#test/support/collecting-inbox.ts'
import { KeptLog } from '#test/support/kept-log.ts'

export type House = AsyncDisposable &
  Readonly<{
    server: SlackServer
    harbour: Harbour
    adapter: SlackAdapter
    inbox: CollectingInbox
    log: KeptLog
  }>

export type HouseOptions = SlackServerOptions & Readonly<{ parts?: Partial<SlackParts> }>

/** The adapter in front of a stand-in of Slack with four channels and their people; not yet started. */
export async function aHouse({ parts, ...options }: HouseOptions = {}): Promise<House> {
  const server = await createSlackServer(options)
  return aHouseAt(server, buildHarbour(server), parts)
}

/** A fresh process of Aeries, before the same Slack. */
export function aHouseAt(server: SlackServer, harbour: Harbour, parts: Partial<SlackParts> = {}): House {
  const log = new KeptLog()
  const adapter = createSlackAdapter({
    apiUrl: server.apiUrl,
    access: { type: 'token', botToken: harbour.botToken },
    delivery: { type: 'socket', appToken: server.app.appToken },
    port: 0,
    dmStyle: undefined,
    nativeStream: 'dm',
    log,
    clock: systemClock,
    ...parts,
  })
  const dispose = async () => {
    await adapter[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  }
  return { server, harbour, adapter, inbox: new CollectingInbox(), log, [Symbol.asyncDispose]: dispose }
}

/** The same, connected. */
export async function anOpenHouse(options: HouseOptions = {}): Promise<House> {
  const house = await aHouse(options)
  await house.adapter.start(house.inbox, never)
  return house
}

export const never = new AbortController().signal
