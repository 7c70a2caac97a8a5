import { randomBytes } from 'node:crypto'
import { checkBlocks } from '#playground/slack-server/world/blocks.ts'
import type { Json } from '#playground/slack-server/world/json.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import { deleteMessage, editMessage, postMessage } from '#playground/slack-server/world/post-message.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import type { World } from '#playground/slack-server/world/world.ts'

/** Where an answer by address lands, and which message it may replace. */
type Place = Readonly<{ channelId: string; personId: string; message: Message | undefined }>

type Issued = Place & { readonly at: number; uses: number }

/** The addresses that commands and clicks carry: five answers within half an hour, without a token. */
export class ResponseUrls {
  readonly #world: World
  readonly #issued = new Map<string, Issued>()

  constructor(world: World) {
    this.#world = world
  }

  issue(place: Place): string {
    const id = randomBytes(12).toString('hex')
    this.#issued.set(id, { ...place, at: this.#world.now(), uses: 0 })
    return `${this.#world.origin}/response/${id}`
  }

  /** Takes an answer. Throws `Refusal` when the address is unknown, old or used up. */
  answer(id: string, body: Json): Message | undefined {
    const issued = this.#issued.get(id)
    const { lifeMs, uses } = this.#world.rules.responseUrl
    if (!issued || this.#world.now() - issued.at > lifeMs) throw new Refusal('expired_url')
    if (issued.uses >= uses) throw new Refusal('used_url')
    issued.uses += 1
    return this.say(issued, body)
  }

  /** Says what an answer or an acknowledgement carries: to the person alone unless it asks for the channel. */
  say({ channelId, personId, message }: Place, body: Json): Message | undefined {
    const channel = this.#world.channels.get(channelId)
    const teamId = channel && (this.#world.listener(channel) ?? channel.teamId)
    const installation = this.#world.teams.get(teamId ?? '')?.installation
    if (!channel || !installation) throw new Refusal('channel_not_found')
    const { text, blocks: asked, response_type: kind, replace_original: replaces, delete_original: deletes } = body
    const standing = message && this.#world.messages.find(channelId, message.ts)
    if (deletes === true && standing) return deleteMessage(this.#world, standing)
    const blocks = asked === undefined ? [] : checkBlocks(asked, this.#world.rules, one => one.length)
    const words = typeof text === 'string' ? text : ''
    if (words === '' && blocks.length === 0) throw new Refusal('no_text')
    const { botUserId, botId } = installation
    if (replaces === true && standing) {
      return editMessage(this.#world, channel, standing, { text: words, blocks, editedBy: botUserId })
    }
    const { thread_ts: thread } = body
    return postMessage(this.#world, channel, {
      channelId,
      authorId: botUserId,
      botId,
      text: words,
      blocks,
      threadTs: typeof thread === 'string' ? thread : undefined,
      ephemeralFor: kind === 'in_channel' ? undefined : personId,
    })
  }
}
