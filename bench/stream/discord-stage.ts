import { Child, inEnvironment } from '#bench/frame/child.ts'
import { createDiscordServer, type DiscordServer } from '#playground/discord-server/discord-server.ts'
import type { LogEntry } from '#playground/discord-server/rest/request-log.ts'
import type { Setting } from './scenario.ts'
import { slowDown } from './slow-down.ts'
import type { LoggedWrite, Stage, StagePlan } from './stage.ts'

const readyWithinMs = 30_000
const askers = 6
/** What a contender says of its answer, and the model did not. */
const smallPrint = /\n?-# [^\n]*$/
/** Chances one after the other that come to a fifth of all requests. */
const chance = 0.0543

/** A Discord of its own with all of its limits on, and the contender connected to it. */
export async function openDiscordStage(
  { contender: { name, plans }, environment, latencyMs = 0 }: StagePlan,
  signal: AbortSignal,
): Promise<Stage> {
  const parts = new AsyncDisposableStack()
  try {
    const discord = parts.use(await createDiscordServer())
    const people = Array.from(
      { length: askers },
      (_, asker) => discord.scene.createPerson({ name: `asker${asker}` }).id,
    )
    discord.scene.createGuild('Bench', people)
    if (latencyMs > 0) slowDown(discord.faults, latencyMs)
    const { apiUrl, token, botId } = discord
    const own = { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_BOT_ID: botId }
    const child = parts.use(new Child(inEnvironment(plans.discord, { ...environment, ...own })))
    const within = AbortSignal.any([signal, child.ended, AbortSignal.timeout(readyWithinMs)])
    await discord.events.next(event => (event.type === 'gateway' && event.state === 'ready') || undefined, within)
    return new DiscordStage(name, discord, people, child, parts)
  } catch (error) {
    await parts.disposeAsync()
    throw error
  }
}

class DiscordStage implements Stage {
  readonly platform = 'discord'
  readonly contender: string
  readonly lost: AbortSignal
  readonly #discord: DiscordServer
  readonly #people: readonly string[]
  readonly #parts: AsyncDisposableStack

  constructor(
    contender: string,
    discord: DiscordServer,
    people: readonly string[],
    child: Child,
    parts: AsyncDisposableStack,
  ) {
    this.contender = contender
    this.lost = child.ended
    this.#discord = discord
    this.#people = people
    this.#parts = parts
  }

  open(name: string, _setting: Setting, weather: boolean): string {
    const { id: channelId } = this.#discord.places.createChannel({ name })
    if (!weather) return channelId
    const { faults } = this.#discord
    faults.add({ kind: 'rate-limit', retryAfterMs: 700, channelId, chance })
    faults.add({ kind: 'error', status: 502, channelId, chance })
    faults.add({ kind: 'reset', accepted: true, channelId, chance })
    faults.add({ kind: 'hang', accepted: true, channelId, chance })
    return channelId
  }

  ask(channel: string, asker: number, words: string): number {
    return this.#discord.people.say(this.#people[asker] ?? '', channel, `@Aeries ${words}`).createdAt
  }

  messages(channel: string) {
    const all = this.#discord.world.messages.inChannel(channel, { deleted: true })
    return all
      .filter(({ authorId }) => authorId === this.#discord.botId)
      .map(({ id, versions, deletedAt, attachments }) => ({
        id,
        frames: versions.map(({ at, content }) => ({ at, content: content.replace(smallPrint, '') })),
        isDeleted: deletedAt !== undefined,
        file: attachments.map(attachment => this.#textOf(attachment.id)).join(''),
      }))
  }

  #textOf(file: string): string {
    return Buffer.from(this.#discord.world.files.get(file)?.bytes ?? []).toString()
  }

  writes(): readonly LoggedWrite[] {
    return this.#discord.log.flatMap(writeOf)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.disposeAsync()
  }
}

function writeOf(entry: LogEntry): readonly LoggedWrite[] {
  const { method, route, channelId, bucket } = entry
  const isWrite = route.startsWith('/channels/:channel/messages') && (method === 'POST' || method === 'PATCH')
  if (!isWrite || channelId === undefined) return []
  return [
    {
      at: entry.at,
      answeredAt: entry.answeredAt,
      method,
      channel: channelId,
      message: entry.messageId,
      content: entry.content,
      status: entry.status,
      isAccepted: entry.accepted,
      isStruck: entry.fault !== undefined && entry.fault !== 'slow',
      bucket: bucket && { remaining: bucket.remaining, resetAt: bucket.resetAt },
    },
  ]
}
