import { MessageFlags } from 'discord.js'
import { DefectError } from '#src/core/errors.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import { isShared, type Place } from '#src/core/place.ts'
import type { Earlier, ReplySurface, Write, WriteOutcome, WritePhase } from '#src/core/surface.ts'
import { ChannelMessages } from './channel-messages.ts'
import { contentOf, contentWithNote, shareOfMessage } from './content.ts'
import type { DiscordApi } from './discord-api.ts'
import { earlierInThread } from './earlier.ts'
import { isReplyRefused } from './outcomes.ts'
import type { OwnMessages } from './own-messages.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'
import type { TypingShare } from './typing-share.ts'

/** Nobody gets pinged by what a model writes. Said on edits, too: there Discord falls back to pinging everybody named. */
const nobody = { parse: [], replied_user: false } as const

export type SurfaceParts = Readonly<{
  api: DiscordApi
  log: Log
  ownMessages: OwnMessages
  typingShare: TypingShare
  /** `undefined` until the gateway has said who we are. */
  scene: () => Scene | undefined
}>

/** The answer to one Discord message. */
export class DiscordSurface implements ReplySurface {
  readonly #parts: SurfaceParts
  readonly #place: Place
  readonly #answering: MessageId
  readonly #messages: ChannelMessages
  /** The words of replies to the question that were sent under a key whose fate is open. */
  readonly #inDoubt = new Map<string, readonly string[]>()
  #mayReply = true

  constructor(parts: SurfaceParts, place: Place, answering: MessageId) {
    this.#parts = parts
    this.#place = place
    this.#answering = answering
    this.#messages = new ChannelMessages(parts.api, parts.log, place)
  }

  measure(text: string, phase: WritePhase): number {
    return shareOfMessage(text, phase)
  }

  render(text: string, phase: WritePhase): string {
    return contentOf(text, phase)
  }

  /** Sends and edits of a channel count apart (discord-api-docs #8073), each over all messages of the channel. */
  bucket(write: Pick<Write, 'phase' | 'message'>): string {
    return `${platform}:${write.message === undefined ? 'POST' : 'PATCH'}:${this.#messages.channel}`
  }

  async write(write: Write, signal: AbortSignal): Promise<WriteOutcome> {
    const content = contentWithNote(write)
    if (content === '') return { outcome: 'gone', cause: new DefectError('a blank text was to be written to Discord') }
    if (write.message === undefined) return await this.#post(write, content, signal)
    return await this.#messages.edit(write.message, bodyOf(write, content), signal)
  }

  async find({ key }: Write, signal: AbortSignal): Promise<MessageId | undefined> {
    const { ownMessages, scene } = this.#parts
    const known = ownMessages.find(key)
    const self = scene()?.self
    const sent = this.#inDoubt.get(key)
    // What replies to nothing, as in a DM, cannot be told from another answer of the same words: its nonce repeats it safely.
    if (known !== undefined || self === undefined || sent === undefined) return known
    const question = nativeMessageId(this.#answering)
    const said = await this.#messages.after(this.#answering, signal)
    const found = said.find(message => {
      if (message.author.id !== self || message.message_reference?.message_id !== question) return false
      return sent.includes(message.content) && (ownMessages.keyOf(this.#messages.id(message)) ?? key) === key
    })
    return found && this.#messages.id(found)
  }

  async attach(
    file: Readonly<{ name: string; content: string }>,
    key: string,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const files = [{ name: file.name, data: Buffer.from(file.content), contentType: 'text/plain; charset=utf-8' }]
    const flags = MessageFlags.SuppressNotifications
    const body = { allowed_mentions: nobody, flags, nonce: key, enforce_nonce: true }
    return await this.#create(body, signal, files)
  }

  async remove(message: MessageId, signal: AbortSignal): Promise<WriteOutcome> {
    return await this.#messages.delete(message, signal)
  }

  async typing(signal: AbortSignal): Promise<void> {
    if (this.#parts.typingShare.take()) await this.#messages.typing(signal)
  }

  async earlier(signal: AbortSignal): Promise<Earlier> {
    const scene = this.#parts.scene()
    const { workspace: guild, channel: parent, thread } = this.#place
    if (thread === undefined || scene === undefined) return { quotes: [], unread: [] }
    const { api, log } = this.#parts
    return await earlierInThread({ api, log, scene, guild, parent, thread }, this.#answering, signal)
  }

  async #post(write: Write, content: string, signal: AbortSignal): Promise<WriteOutcome> {
    const reply = write.part === 0 && isShared(this.#place) && this.#mayReply
    const once = { ...bodyOf(write, content), nonce: write.key, enforce_nonce: true }
    const created = await this.#create(reply ? { ...once, message_reference: this.#question() } : once, signal)
    if (reply && created.outcome === 'unknown') {
      this.#inDoubt.set(write.key, [...(this.#inDoubt.get(write.key) ?? []), content])
    }
    if (reply && created.outcome === 'gone' && isReplyRefused(created.cause)) {
      // Without Read Message History there are no replies, but there are messages. Nothing came of the refused one.
      this.#mayReply = false
      return await this.#post(write, content, signal)
    }
    return created
  }

  /** A repeated nonce gives back the first message as it stands, with the words of back then: those are put right. */
  async #create(
    body: Readonly<{ nonce: string; content?: string; flags: number; [field: string]: unknown }>,
    signal: AbortSignal,
    files?: Parameters<ChannelMessages['create']>[2],
  ): Promise<WriteOutcome> {
    const created = await this.#messages.create(body, signal, files)
    if (created.outcome !== 'written') return created
    const { content, ...written } = created
    this.#parts.ownMessages.remember(body.nonce, written.message)
    if (body.content === undefined || body.content === content) return written
    const { content: words, flags } = body
    const edited = await this.#messages.edit(
      written.message,
      { content: words, flags, allowed_mentions: nobody },
      signal,
    )
    // What an edit learnt of its limit is nothing about that of sends.
    return edited.outcome === 'written' ? written : edited
  }

  #question(): object {
    const channel = this.#messages.channel
    return { message_id: nativeMessageId(this.#answering), channel_id: channel, fail_if_not_exists: false }
  }
}

/** Flags are set as a whole: an edit that leaves one out would take it back. */
function bodyOf({ part }: Pick<Write, 'part'>, content: string) {
  const silent = part === 0 ? 0 : MessageFlags.SuppressNotifications
  return { content, allowed_mentions: nobody, flags: MessageFlags.SuppressEmbeds | silent }
}
