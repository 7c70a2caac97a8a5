import { once } from 'node:events'
import { Client, type ClientOptions, Events, GatewayIntentBits, Partials } from 'discord.js'
import { createDiscordServer, type DiscordServerOptions } from '#playground/discord-server/discord-server.ts'
import { buildHarbour } from '#playground/discord-server/harbour.ts'

export const allIntents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.DirectMessageReactions,
  GatewayIntentBits.DirectMessageTyping,
  GatewayIntentBits.MessageContent,
]

/** A server with the default world in it. */
export async function aServer(options: DiscordServerOptions = {}) {
  const server = await createDiscordServer(options)
  return Object.assign(server, { ids: buildHarbour(server) })
}

export type AServer = Awaited<ReturnType<typeof aServer>>

/** The real client, not logged in. It identifies without the usual pause of five seconds, so that tests may hurry. */
export function aStranger(server: Pick<AServer, 'apiUrl'>, options: Partial<ClientOptions> = {}) {
  const client = new Client({
    intents: allIntents,
    partials: [Partials.Channel, Partials.Message, Partials.Reaction],
    ...options,
    rest: { api: server.apiUrl, retries: 0, ...options.rest },
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }), ...options.ws },
  })
  // Without a listener an emitted error would end the process.
  client.on(Events.Error, () => {})
  client.on(Events.ShardError, () => {})
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.destroy() })
}

/** The real client, logged in and ready. */
export async function aClient(server: AServer, options: Partial<ClientOptions> = {}) {
  const client = aStranger(server, options)
  const ready = once(client, Events.ClientReady)
  await client.login(server.token)
  await ready
  return client
}
