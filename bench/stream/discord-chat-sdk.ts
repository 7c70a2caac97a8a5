import { Client, GatewayIntentBits } from 'discord.js'
import { importContender } from '#bench/frame/import-contender.ts'
import { tellModel } from './tell-model.ts'

/**
 * A contender, as a process of its own: the Chat SDK with its own settings. Its listener knows no other gateway than
 * Discord's own and opens a thread for every mention, which is a bucket of its own; so discord.js listens here, and the
 * SDK streams into the channel, as it does for everybody who posts by `chat.thread(id)`.
 */

type ChatModule = Readonly<{
  Chat: new (
    options: object,
  ) => Readonly<{
    initialize(): Promise<void>
    thread(id: string): Readonly<{ post(text: unknown): Promise<unknown> }>
  }>
}>
type DiscordModule = Readonly<{
  createDiscordAdapter: (options: object) => Readonly<{
    encodeThreadId(place: Readonly<{ guildId: string; channelId: string }>): string
  }>
}>
type StateModule = Readonly<{ createMemoryState: () => object }>

const { DISCORD_TOKEN = '', DISCORD_API_URL = '', VLLM_URL = '', DISCORD_BOT_ID = '' } = process.env
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => silent }

const { Chat } = await importContender<ChatModule>('chat')
const { createDiscordAdapter } = await importContender<DiscordModule>('@chat-adapter/discord')
const { createMemoryState } = await importContender<StateModule>('@chat-adapter/state-memory')

const discord = createDiscordAdapter({
  apiUrl: `${DISCORD_API_URL}/v10`,
  botToken: DISCORD_TOKEN,
  applicationId: DISCORD_BOT_ID,
  publicKey: '0'.repeat(64),
  logger: silent,
})
const chat = new Chat({ userName: 'aeries', adapters: { discord }, state: createMemoryState(), logger: silent })
await chat.initialize()

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api: DISCORD_API_URL },
})
client.on('messageCreate', message => {
  if (message.author.bot || client.user === null || !message.mentions.has(client.user)) return
  const id = discord.encodeThreadId({ guildId: message.guildId ?? '@me', channelId: message.channelId })
  const posted = chat.thread(id).post(tellModel(VLLM_URL, message.content))
  posted.catch((error: unknown) => process.stderr.write(`an answer failed: ${String(error).slice(0, 200)}\n`))
})
await client.login(DISCORD_TOKEN)
