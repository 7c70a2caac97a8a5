import { randomUUID } from 'node:crypto'
import type { AgentView } from '#playground/slack-server/world/agent-view.ts'
import type { Channel } from '#playground/slack-server/world/channel.ts'
import type { Json } from '#playground/slack-server/world/json.ts'
import type { File, Message } from '#playground/slack-server/world/message.ts'
import type { Person } from '#playground/slack-server/world/person.ts'
import { deleteMessage, editMessage, postMessage, threadRoot } from '#playground/slack-server/world/post-message.ts'
import { addReaction, removeReaction } from '#playground/slack-server/world/reactions.ts'
import type { Streams } from '#playground/slack-server/world/streams.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import { dmWithApp, findPerson, findPlace } from './names.ts'
import { resolveRetyped, resolveTyped } from './typed.ts'

type Attached = Readonly<{
  name: string
  contentType?: string | undefined
  text?: string | undefined
  base64?: string | undefined
}>

type Saying = Readonly<{
  /** The ts of the message whose thread it goes into. */
  thread?: string | undefined
  /** Also shown in the channel. */
  broadcast?: boolean | undefined
  files?: readonly Attached[] | undefined
  /** What the person looks at, in the agent view. */
  context?: Json | undefined
  /** The text is sent as it stands, control sequences and all. */
  raw?: boolean | undefined
  /** Time of an older message, in milliseconds since 1970. */
  at?: number | undefined
}>

type Parts = Readonly<{ world: World; streams: Streams; agentView: AgentView }>

/** What people do in their Slack. A message is named by its place and ts. */
export class People {
  readonly #world: World
  readonly #streams: Streams
  readonly #agentView: AgentView

  constructor({ world, streams, agentView }: Parts) {
    this.#world = world
    this.#streams = streams
    this.#agentView = agentView
  }

  /** Says something as typed in a client: `@Name`, `@group`, `@channel` and `#channel` become mentions. */
  say(person: string, place: string, text: string, saying: Saying = {}): Message {
    const { author, channel } = this.#speaking(person, place)
    const { thread, files, raw = false } = saying
    const threadTs = thread === undefined ? undefined : threadRoot(this.#world, channel.id, thread)
    if (thread !== undefined && threadTs === undefined) throw new Error(`There is no thread "${thread}"`)
    return postMessage(this.#world, channel, {
      channelId: channel.id,
      authorId: author.id,
      text: raw ? text : resolveTyped(this.#world, channel, text),
      clientMsgId: randomUUID(),
      threadTs,
      broadcast: saying.broadcast,
      subtype: files && files.length > 0 ? 'file_share' : undefined,
      files: files?.map(one => this.#store(author, one)),
      appContext: saying.context,
      at: saying.at,
    })
  }

  edit(person: string, place: string, ts: string, text: string): Message {
    const { author, channel } = this.#speaking(person, place)
    const before = this.message(place, ts, person)
    if (before.authorId !== author.id) throw new Error('Only their author can edit a message')
    return editMessage(this.#world, channel, before, {
      text: resolveRetyped(this.#world, channel, text, before.text),
      editedBy: author.id,
    })
  }

  /** Deletes a message of one's own, or as an admin anybody's. */
  delete(person: string, place: string, ts: string): void {
    const { author } = this.#speaking(person, place)
    const before = this.message(place, ts, person)
    if (before.authorId !== author.id && !author.admin) throw new Error('Only author and admin can delete a message')
    deleteMessage(this.#world, before)
  }

  /** Reacts with a name as Slack knows it, `thumbsup` or `+1::skin-tone-3`. */
  react(person: string, place: string, ts: string, name: string): void {
    addReaction(this.#world, this.message(place, ts, person), this.#speaking(person, place).author.id, name)
  }

  unreact(person: string, place: string, ts: string, name: string): void {
    removeReaction(this.#world, this.message(place, ts, person), this.#speaking(person, place).author.id, name)
  }

  /** Opens the app: its Messages tab is the agent view, its Home tab the page that it published. */
  openApp(person: string, tab: 'home' | 'messages' = 'messages', context?: Json): Channel {
    const who = findPerson(this.#world, person)
    const channel = dmWithApp(this.#world, who)
    this.#world.emit({ type: 'home', personId: who.id, channelId: channel.id, tab, context })
    return channel
  }

  /** Looks at something else while the app is open beside it. */
  look(person: string, context: Json): void {
    const who = findPerson(this.#world, person)
    this.#world.emit({ type: 'context', personId: who.id, channelId: dmWithApp(this.#world, who).id, context })
  }

  /** Presses the stop button of a thread; it is there while the session is processing or a stream runs. */
  stop(person: string, place: string, thread: string): void {
    const { author, channel } = this.#speaking(person, place)
    const threadTs = threadRoot(this.#world, channel.id, thread) ?? thread
    const running = this.#streams.running(channel.id, threadTs)
    const session = this.#agentView.session({ channelId: channel.id, threadTs })
    if (running.length === 0 && session?.status !== 'processing') throw new Error('There is no stop button to press')
    for (const message of running) this.#streams.stoppedByPerson(message)
    const streamingTs = running.map(one => one.ts)
    this.#world.emit({ type: 'stopped', personId: author.id, channelId: channel.id, threadTs, streamingTs })
  }

  /** The preview of a link arrives: a message_changed with an attachment, which is no edit. */
  unfurl(place: string, ts: string): Message {
    const message = this.message(place, ts)
    const links = message.versions.at(-1)?.unfurls ?? []
    const attachments = links.map((link, id) => ({ id, from_url: link, original_url: link, title: link }))
    return editMessage(this.#world, findPlace(this.#world, place), message, { attachments })
  }

  /** What stands in a place, threads and all, oldest first; private answers only to the person `as` whom it is read. */
  messages(place: string, as?: string): readonly Message[] {
    const reader = as === undefined ? undefined : findPerson(this.#world, as)
    return this.#world.messages
      .inChannel(findPlace(this.#world, place, reader).id)
      .filter(one => one.deletedAt === undefined)
      .filter(one => one.ephemeralFor === undefined || one.ephemeralFor === reader?.id)
  }

  /** A message as it is now, with its film strip; also a deleted one. */
  message(place: string, ts: string, as?: string): Message {
    const reader = as === undefined ? undefined : findPerson(this.#world, as)
    const message = this.#world.messages.find(findPlace(this.#world, place, reader).id, ts)
    if (!message) throw new Error(`There is no message "${ts}" in "${place}"`)
    return message
  }

  #speaking(person: string, place: string): Readonly<{ author: Person; channel: Channel }> {
    const author = findPerson(this.#world, person)
    const channel = findPlace(this.#world, place, author)
    if (!channel.memberIds.includes(author.id)) throw new Error(`${author.displayName} is not in "${place}"`)
    return { author, channel }
  }

  #store(author: Person, { name, contentType = 'text/plain', text = '', base64 }: Attached): File {
    const content = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64')
    const { id: ownerId, teamId } = author
    const bare = { id: this.#world.ids.next('F'), name, title: name, mimetype: contentType, content, teamId, ownerId }
    const file = { ...bare, createdAt: this.#world.now() }
    this.#world.files.set(file.id, file)
    return file
  }
}
