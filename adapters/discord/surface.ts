import { type APIMessage, MessageFlags } from 'discord.js'
import type { Clock } from '#src/core/clock.ts'
import { DefectError, UnavailableError } from '#src/core/errors.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import { isShared, type Place } from '#src/core/place.ts'
import type { Earlier, ReplySurface, Write, WriteOutcome, WritePhase } from '#src/core/surface.ts'
import { rowsOf } from './buttons.ts'
import { ChannelMessages } from './channel-messages.ts'
import { contentOf, contentWithNote, shareOfMessage, showsBeginning } from './content.ts'
import type { DiscordApi } from './discord-api.ts'
import { earlierInThread } from './earlier.ts'
import { buttonsUnder } from './feedback.ts'
import { pageLength } from './history.ts'
import { nobody } from './nobody.ts'
import { isReplyRefused } from './outcomes.ts'
import type { OwnMessages } from './own-messages.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'
import type { SpareRequests } from './spare-requests.ts'

/** Discord remembers a nonce "for the past few minutes"; within that time repeating a send under it is safe. */
const nonceIsYoungMs = 2 * 60_000
/** An answer stands within so many pages behind its question, of a hundred messages each. */
const pagesBehind = 5

export type SurfaceParts = Readonly<{
  api: DiscordApi
  log: Log
  clock: Clock
  ownMessages: OwnMessages
  spare: SpareRequests
  /** `undefined` until the gateway has said who we are. */
  scene: () => Scene | undefined
}>

/** The answer to one Discord message. */
export class DiscordSurface implements ReplySurface {
  readonly growsWithButtons = true
  readonly #parts: SurfaceParts
  readonly #place: Place
  readonly #answering: MessageId
  readonly #messages: ChannelMessages
  #mayReply = true
  /** Keys of sends that may stand and could not be looked for. */
  readonly #unlooked = new Set<string>()

  constructor(parts: SurfaceParts, place: Place, answering: MessageId) {
    this.#parts = parts
    this.#place = place
    this.#answering = answering
    this.#messages = new ChannelMessages(parts.api, parts.log, place)
  }

  measure(text: string, phase: WritePhase): number {
    return shareOfMessage(text, phase)
  }

  /** In a DM a last write is never equal to one before: it brings a button. */
  render(text: string, phase: WritePhase): string {
    const content = contentOf(text, phase)
    return phase === 'final' && !isShared(this.#place) ? `${content}\n[feedback]` : content
  }

  /** Sends and edits of a channel count apart (discord-api-docs #8073), each over all messages of the channel. */
  bucket(write: Pick<Write, 'phase' | 'message'>): string {
    return `${platform}:${write.message === undefined ? 'POST' : 'PATCH'}:${this.#messages.channel}`
  }

  async write(write: Write, signal: AbortSignal): Promise<WriteOutcome> {
    const content = contentWithNote(write)
    if (content === '') return { outcome: 'gone', cause: new DefectError('a blank text was to be written to Discord') }
    // Whoever sends now may send it a second time: it is looked for once more.
    if (write.message === undefined && this.#unlooked.delete(write.key))
      return { outcome: 'unknown', cause: cannotLook }
    if (write.message === undefined) return await this.#post(write, content, signal)
    return await this.#messages.edit(write.message, this.#body(write, content), signal)
  }

  /**
   * By its nonce, if this process heard of it; otherwise among what our account said behind the question, by its words. A first part
   * in a shared place is a reply to the question. Nothing else says which question it answers: then a young nonce repeats the send more
   * safely than words can tell it from another answer. Two that fit are one too many.
   */
  async find(write: Write, signal: AbortSignal): Promise<MessageId | undefined> {
    const { ownMessages, scene } = this.#parts
    const known = ownMessages.find(write.key)
    const self = scene()?.self
    const isReply = this.#isReply(write)
    if (known !== undefined || self === undefined || (!isReply && this.#isYoung(write))) return known
    const question = nativeMessageId(this.#answering)
    const replied = isReply ? question : undefined
    const isIt = (message: APIMessage) =>
      message.author.id === self &&
      message.message_reference?.message_id === replied &&
      (ownMessages.keyOf(this.#messages.id(message)) ?? write.key) === write.key &&
      showsBeginning(message.content, write.text)
    let last = question
    for (let pages = 0; pages < pagesBehind; pages += 1) {
      const said = await this.#messages.after(last, signal)
      if (said === undefined) {
        this.#unlooked.add(write.key)
        return undefined
      }
      const [found, another] = said.filter(isIt)
      if (found !== undefined) return another === undefined ? this.#messages.id(found) : undefined
      if (said.length < pageLength) return undefined
      last = said.at(-1)?.id ?? last
    }
    return undefined
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
    if (this.#parts.spare.take()) await this.#messages.typing(signal)
  }

  async earlier(signal: AbortSignal): Promise<Earlier> {
    const scene = this.#parts.scene()
    const { workspace: guild, channel: parent, thread } = this.#place
    if (thread === undefined || scene === undefined) return { quotes: [], unread: [] }
    const { api, log } = this.#parts
    return await earlierInThread({ api, log, scene, guild, parent, thread }, this.#answering, signal)
  }

  async #post(write: Write, content: string, signal: AbortSignal): Promise<WriteOutcome> {
    const reply = this.#isReply(write) && this.#mayReply
    const once = { ...this.#body(write, content), nonce: write.key, enforce_nonce: true }
    const created = await this.#create(reply ? { ...once, message_reference: this.#question() } : once, signal)
    if (reply && created.outcome === 'gone' && isReplyRefused(created.cause)) {
      // Without Read Message History there are no replies, but there are messages. Nothing came of the refused one.
      this.#mayReply = false
      return await this.#post(write, content, signal)
    }
    return created
  }

  /** A repeated nonce gives back the first message as it stands, with the words of back then: those are put right. */
  async #create(
    body: Readonly<{ nonce: string; flags: number; [field: string]: unknown }> & Partial<Words>,
    signal: AbortSignal,
    files?: Parameters<ChannelMessages['create']>[2],
  ): Promise<WriteOutcome> {
    const { ownMessages, clock } = this.#parts
    ownMessages.sends(body.nonce, clock.now().getTime())
    const created = await this.#messages.create(body, signal, files)
    if (created.outcome !== 'written') return created
    const { content, actions, ...written } = created
    ownMessages.remember(body.nonce, written.message)
    if (body.content === undefined || body.components === undefined) return written
    const wanted = body.components.flatMap(row => row.components.map(button => button.custom_id))
    if (body.content === content && wanted.join('\n') === actions.join('\n')) return written
    const { content: words, components, flags } = body
    const put = { content: words, components, flags, allowed_mentions: nobody }
    const edited = await this.#messages.edit(written.message, put, signal)
    // What an edit learnt of its limit is nothing about that of sends.
    return edited.outcome === 'written' ? written : edited
  }

  /** Flags and buttons are set as a whole: an edit that leaves one out would take back the flag, and keep the button. */
  #body(write: Write, content: string) {
    const silent = write.part === 0 ? 0 : MessageFlags.SuppressNotifications
    const flags = MessageFlags.SuppressEmbeds | silent
    const buttons = isShared(this.#place) ? write.buttons : buttonsUnder(write)
    return { content, components: rowsOf(buttons ?? []), allowed_mentions: nobody, flags }
  }

  #isReply({ part }: Write): boolean {
    return part === 0 && isShared(this.#place)
  }

  #isYoung({ key }: Write): boolean {
    const { ownMessages, clock } = this.#parts
    const sentAt = ownMessages.sentAt(key)
    return sentAt !== undefined && clock.now().getTime() - sentAt < nonceIsYoungMs
  }

  #question(): object {
    const channel = this.#messages.channel
    return { message_id: nativeMessageId(this.#answering), channel_id: channel, fail_if_not_exists: false }
  }
}

const cannotLook = new UnavailableError('whether the answer stands there already cannot be read now')

type Words = Readonly<{ content: string; components: ReturnType<typeof rowsOf> }>
