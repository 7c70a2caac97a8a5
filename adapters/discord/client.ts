import { Client, GatewayIntentBits, Options, Partials, SimpleShardingStrategy } from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import type { SessionStarts } from './session-starts.ts'
import { type ShardWatch, watchShards } from './shards.ts'

const intents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.DirectMessageReactions,
]

/** People whose names a reaction or a mention may need; beyond that the oldest go. */
const maxPeople = 1_000

/** A server that is out of order must not hold up the start: its people come when it does. */
const outageMs = 5_000

/** Closing takes a round trip; but a shard that is destroyed while it is greeted never says that it is (@discordjs/ws 1.2). */
const goodbyeMs = 1_000

/** A gateway client, and the word that ends it for good. */
export type ClientHandle = Readonly<{ client: Client; abandon: () => Promise<void> }>

export type ClientOptions = Readonly<{
  apiUrl: string
  clock: Clock
  messageContent: boolean
  sessionStarts: SessionStarts
  watch: ShardWatch
}>

/**
 * The real client, asked to remember servers, channels, roles and threads, and little else: our events are made from the
 * raw dispatch, and transcripts are the store's. The partials let discord.js itself follow what happens in a DM that it
 * has not seen since the start.
 */
export function createClient(options: ClientOptions): ClientHandle {
  let abandoned = false
  const client: Client = new Client({
    intents: options.messageContent ? [...intents, GatewayIntentBits.MessageContent] : intents,
    partials: [Partials.Channel, Partials.Message, Partials.Reaction],
    allowedMentions: { parse: [], repliedUser: false },
    shards: 'auto',
    waitGuildTimeout: outageMs,
    rest: { api: options.apiUrl, retries: 0 },
    makeCache: Options.cacheWithLimits({
      ...forgotten,
      UserManager: { maxSize: maxPeople, keepOverLimit: user => user.id === client.user?.id },
      GuildMemberManager: { maxSize: 0, keepOverLimit: member => member.id === client.user?.id },
      ThreadMemberManager: { maxSize: 0, keepOverLimit: member => member.id === client.user?.id },
    }),
    ws: {
      buildIdentifyThrottler: manager => options.sessionStarts.throttler(manager),
      // A shard that is destroyed while it connects or waits to reconnect comes back as a ghost, which would identify as us
      // a second time (@discordjs/ws 1.2). It asks for its session first: of an abandoned client it never gets an answer.
      buildStrategy: manager => {
        const { retrieveSessionInfo } = manager.options
        manager.options.retrieveSessionInfo = shard => (abandoned ? never : retrieveSessionInfo(shard))
        watchShards(manager, options.watch)
        return new SimpleShardingStrategy(manager)
      },
    },
  })
  const abandon = async () => {
    abandoned = true
    client.removeAllListeners()
    // What still ends in a closing socket is nobody's news any more; unheard, an `error` would end the process.
    client.on('error', () => undefined)
    const patience = new AbortController()
    const tooLong = options.clock.sleep(goodbyeMs, patience.signal).catch(() => undefined)
    await Promise.race([client.destroy().catch(() => undefined), tooLong])
    patience.abort()
  }
  return { client, abandon }
}

const never: Promise<never> = new Promise(() => undefined)

const forgotten = {
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildInviteManager: 0,
  GuildScheduledEventManager: 0,
  GuildSoundboardSoundManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  VoiceStateManager: 0,
} as const
