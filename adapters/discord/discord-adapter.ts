import type { Clock } from '#src/core/clock.ts'
import type { CommandSpec } from '#src/core/command.ts'
import type { MessageEvent } from '#src/core/event.ts'
import type { MessageId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { Place } from '#src/core/place.ts'
import type { Gap, Health, Inbox, PlatformAdapter } from '#src/core/platform.ts'
import type { ReplySurface } from '#src/core/surface.ts'
import { tokenRefused } from './attempt.ts'
import { DiscordApi } from './discord-api.ts'
import { Errands } from './errands.ts'
import { Gateway } from './gateway.ts'
import { linkTo } from './link-to.ts'
import { Listener } from './listener.ts'
import { readMissed } from './missed.ts'
import { OwnMessages } from './own-messages.ts'
import { platform } from './platform-name.ts'
import { registerCommands } from './register-commands.ts'
import { SpareRequests } from './spare-requests.ts'
import { DiscordSurface, type SurfaceParts } from './surface.ts'

export type DiscordParts = Readonly<{
  token: string
  /** Without a version: `https://discord.com/api`. The gateway's address comes from it. */
  apiUrl: string
  /** What Discord allows over all routes: 50, until it raises that for a bot in very many servers. */
  requestsPerSecond?: number
  /** What people may ask for by a command; Discord is told of it, if it knows other ones. */
  commands?: readonly CommandSpec[]
  log: Log
  clock: Clock
}>

const tooManyRefusals =
  'Discord answered a thousand requests of the last ten minutes with 401, 403 or 429, and at ten thousand it bans the address: see the permissions of the bot in its servers, and that no other program uses its token.'

const defaultRequestsPerSecond = 50

/** Discord for the house: one bot account, its DMs, and the servers that it is in. */
export function createDiscordAdapter(parts: DiscordParts): PlatformAdapter {
  // People paste the token with the word that belongs before it on the wire.
  return new DiscordAdapter({ ...parts, token: parts.token.trim().replace(/^Bot\s+/i, '') })
}

class DiscordAdapter implements PlatformAdapter {
  readonly platform = platform
  readonly #surfaceParts: SurfaceParts
  readonly #gateway: Gateway
  readonly #listener: Listener
  readonly #errands: Errands
  readonly #commands: readonly CommandSpec[] | undefined

  constructor({ token, apiUrl, requestsPerSecond = defaultRequestsPerSecond, commands, log, clock }: DiscordParts) {
    const onTokenRefused = () => log.error({ cause: tokenRefused }, 'discord refused a request')
    const onPaused = (ms: number) => log.error({ ms, cause: tooManyRefusals }, 'discord is left alone for a while')
    const now = () => clock.now().getTime()
    const api = new DiscordApi({ token, apiUrl, requestsPerSecond, onTokenRefused, onPaused, now })
    const spare = new SpareRequests({ requestsPerSecond, askedLately: () => api.askedLately(), clock })
    const ownMessages = new OwnMessages()
    const scene = () => this.#gateway.scene
    this.#errands = new Errands(log)
    this.#commands = commands
    this.#surfaceParts = { api, log, clock, ownMessages, spare, scene }
    this.#listener = new Listener({
      api,
      log,
      clock,
      errands: this.#errands,
      ownMessages,
      scene,
      fetchChannel: channel => this.#fetchChannel(channel),
      surface: (place, answering) => this.surface(place, answering),
    })
    this.#gateway = new Gateway({
      token,
      apiUrl,
      log,
      clock,
      onPacket: (packet, shard) => this.#listener.take(packet, shard),
      onGap: since => this.#listener.inbox?.event({ type: 'gap', platform, since }),
    })
  }

  async start(inbox: Inbox, signal: AbortSignal): Promise<void> {
    this.#listener.inbox = inbox
    await this.#gateway.connect(signal)
    const application = this.#gateway.client?.application?.id
    if (this.#commands === undefined || application === undefined) return
    const registering = registerCommands(this.#surfaceParts, application, this.#commands, this.#errands.signal)
    this.#errands.run(registering, 'commands')
  }

  async closeDoor(): Promise<void> {
    this.#listener.inbox = undefined
  }

  health(): Health {
    const { api } = this.#surfaceParts
    return api.tokenRefused ? { state: 'lost', cause: tokenRefused } : this.#gateway.health()
  }

  async link(message: MessageId): Promise<string> {
    return linkTo(message)
  }

  workspaces(): readonly string[] | undefined {
    // A server that is out of order is told of as well; one that took us out is not.
    const guilds = this.#gateway.client?.guilds.cache
    return guilds && [...guilds.keys()]
  }

  surface(place: Place, answering: MessageId): ReplySurface {
    return new DiscordSurface(this.#surfaceParts, place, answering)
  }

  async *missed({ since, places }: Gap, signal: AbortSignal): AsyncIterable<MessageEvent> {
    const fetchChannel = (channel: string) => this.#fetchChannel(channel)
    for await (const told of readMissed({ ...this.#surfaceParts, fetchChannel }, since, places, signal)) {
      yield this.#listener.answerable(told)
    }
  }

  async #fetchChannel(channel: string): Promise<void> {
    await this.#gateway.client?.channels.fetch(channel)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.inbox = undefined
    const errands = this.#errands.end()
    await this.#gateway[Symbol.asyncDispose]()
    await errands
    this.#surfaceParts.api[Symbol.dispose]()
  }
}
