import { bulkDelete, deleteMessage } from '#playground/discord-server/world/delete-messages.ts'
import { editMessage } from '#playground/discord-server/world/edit-message.ts'
import { giveCommand, pickFromMenu, sendForm, typeOption } from '#playground/discord-server/world/give-commands.ts'
import type { Interaction } from '#playground/discord-server/world/interaction.ts'
import { clickButton } from '#playground/discord-server/world/interactions.ts'
import type { Attachment, Message } from '#playground/discord-server/world/message.ts'
import { postMessage } from '#playground/discord-server/world/post-message.ts'
import { clearReactions, parseEmoji, react, unreact } from '#playground/discord-server/world/reactions.ts'
import { isTyping, startTyping } from '#playground/discord-server/world/typing.ts'
import type { World } from '#playground/discord-server/world/world.ts'
import { findPerson, findPlace, resolveTyped } from './names.ts'

type File = Readonly<{
  name: string
  contentType?: string | undefined
  text?: string | undefined
  base64?: string | undefined
}>

type Saying = Readonly<{
  /** Id of the message that this one answers. */
  replyTo?: string | undefined
  /** Whether the reply rings for its addressee; on, as in the client. */
  ping?: boolean | undefined
  /** Id of a message that is passed on; the text is left out then. */
  forward?: string | undefined
  attachments?: readonly File[] | undefined
  /** Time of an older message, in milliseconds since 1970. */
  at?: number | undefined
}>

/** What people do. Everything goes through the same rules and permissions that the bot meets. */
export class People {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** Says something as typed in a client: `@Name`, `@role` and `#channel` become mentions. */
  say(person: string, place: string, text: string, saying: Saying = {}): Message {
    const world = this.#world
    const author = findPerson(world, person)
    const channel = findPlace(world, place, author.id)
    const source = saying.forward === undefined ? undefined : this.#message(saying.forward)
    const parse = ['users', 'roles', 'everyone'] as const
    const { message } = postMessage(world, {
      authorId: author.id,
      channelId: channel.id,
      content: source ? '' : resolveTyped(world, channel, text),
      allowedMentions: { parse, replied_user: saying.ping ?? true },
      replyTo: saying.replyTo === undefined ? undefined : { messageId: saying.replyTo, failIfMissing: true },
      forward: source && { channelId: source.channelId, messageId: source.id },
      attachments: saying.attachments?.map(one => this.#store(channel.id, one)),
      at: saying.at,
    })
    return message
  }

  edit(person: string, messageId: string, text: string): Message {
    const { channelId } = this.#message(messageId)
    const content = resolveTyped(this.#world, this.#world.channel(channelId), text)
    return editMessage(this.#world, findPerson(this.#world, person).id, { channelId, messageId }, { content })
  }

  delete(person: string, messageId: string): void {
    deleteMessage(this.#world, findPerson(this.#world, person).id, this.#message(messageId).channelId, messageId)
  }

  /** Deletes many messages of one place at once, as a moderator's tool does. */
  bulkDelete(person: string, place: string, messageIds: readonly string[]): void {
    bulkDelete(this.#world, findPerson(this.#world, person).id, findPlace(this.#world, place).id, messageIds)
  }

  react(person: string, messageId: string, emoji: string): void {
    react(this.#world, this.#reacting(person, messageId, emoji))
  }

  unreact(person: string, messageId: string, emoji: string): void {
    const reacting = this.#reacting(person, messageId, emoji)
    unreact(this.#world, reacting.personId, reacting)
  }

  /** Sweeps a message clean of all reactions, or of all with one emoji; needs Manage Messages. */
  clearReactions(person: string, messageId: string, emoji?: string): void {
    const { id } = findPerson(this.#world, person)
    clearReactions(this.#world, id, this.#message(messageId), emoji === undefined ? undefined : parseEmoji(emoji))
  }

  /** Clicks a button by its custom id or label. */
  click(person: string, messageId: string, button: string): Interaction {
    return clickButton(this.#world, findPerson(this.#world, person).id, messageId, button)
  }

  /** Gives a slash command, such as `/aeries forget` with `{ what: 'all' }`. */
  command(person: string, place: string, typed: string, options: Readonly<Record<string, string>> = {}): Interaction {
    const { id } = findPerson(this.#world, person)
    return giveCommand(this.#world, id, findPlace(this.#world, place, id).id, typed, options)
  }

  /** Types an option of a slash command; what it may be is `shown` on the interaction once the application has answered. */
  complete(person: string, place: string, typed: string, option: string, text: string): Interaction {
    const { id } = findPerson(this.#world, person)
    return typeOption(this.#world, id, findPlace(this.#world, place, id).id, typed, option, text)
  }

  /** Picks a command from the menu of a message. */
  pick(person: string, messageId: string, name: string): Interaction {
    return pickFromMenu(this.#world, findPerson(this.#world, person).id, messageId, name)
  }

  /** Sends the form that an interaction was answered with, its fields by their custom ids. */
  submit(interactionId: string, fields: Readonly<Record<string, string>> = {}): Interaction {
    return sendForm(this.#world, this.interaction(interactionId), fields)
  }

  startTyping(person: string, place: string): void {
    const { id } = findPerson(this.#world, person)
    startTyping(this.#world, id, findPlace(this.#world, place, id).id)
  }

  /** Whether a person, or the bot, is seen to type in a place now. */
  isTyping(person: string, place: string): boolean {
    const { id } = findPerson(this.#world, person)
    return isTyping(this.#world, id, findPlace(this.#world, place, id).id)
  }

  /** What stands in a place, oldest first; private answers only to the person `as` whom it is read. */
  messages(place: string, as?: string): readonly Message[] {
    const reader = as === undefined ? undefined : findPerson(this.#world, as)
    const all = this.#world.messages.inChannel(findPlace(this.#world, place, reader?.id).id)
    return all.filter(one => one.ephemeralFor === undefined || one.ephemeralFor === reader?.id)
  }

  /** A message as it is now, with its film strip; also a deleted one. */
  message(messageId: string): Message {
    return this.#message(messageId)
  }

  interaction(id: string): Interaction {
    const interaction = this.#world.interactions.get(id)
    if (!interaction) throw new Error(`There is no interaction "${id}"`)
    return interaction
  }

  /** Tells of a message once more, as Discord does at times. */
  redeliver(messageId: string): void {
    this.#world.emit({ type: 'message', message: this.#message(messageId) })
  }

  /** The preview of a link arrives: a MESSAGE_UPDATE with an embed, which is no edit. */
  unfurl(messageId: string): Message {
    const message = this.#message(messageId)
    const links = message.versions.at(-1)?.unfurls ?? []
    const embeds = links.map(url => ({ type: 'link', url, title: url }))
    const changed = this.#world.messages.replace({ ...message, embeds: [...message.embeds, ...embeds] })
    this.#world.emit({ type: 'edited', message: changed })
    return changed
  }

  #message(id: string): Message {
    const message = this.#world.messages.find(id)
    if (!message) throw new Error(`There is no message "${id}"`)
    return message
  }

  #reacting(person: string, messageId: string, emoji: string): Parameters<typeof react>[1] {
    const { channelId } = this.#message(messageId)
    return { personId: findPerson(this.#world, person).id, channelId, messageId, emoji: parseEmoji(emoji) }
  }

  #store(channelId: string, { name, contentType = 'text/plain', text = '', base64 }: File): Attachment {
    const bytes = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64')
    const id = this.#world.ids.next()
    this.#world.files.set(id, { bytes, contentType, filename: name })
    const url = `${this.#world.origin}/attachments/${channelId}/${id}/${encodeURIComponent(name)}`
    return { id, filename: name, contentType, size: bytes.length, url }
  }
}
