import { createDiscordServer, type DiscordServer } from '#playground/discord-server/discord-server.ts'
import { buildHarbour } from '#playground/discord-server/harbour.ts'
import type { Message } from '#playground/discord-server/world/message.ts'
import type { Rules } from '#playground/discord-server/world/rules.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import { discordFront } from '#test/support/open-house.ts'
import { patience } from '#test/support/patience.ts'
import type { Counts, Emoji, JourneyPlatform, JourneyWorld, Said, Spoken, Spot, Told } from './journey-platform.ts'

export const discordPlatform: JourneyPlatform<DiscordWorld> = { name: 'Discord', open, crowd: 200, nastyAnswers: 500 }

const limitsOf = {
  wide: {
    writes: { limit: 1_000, windowMs: 1_000 },
    others: { limit: 10_000, windowMs: 1_000 },
    globalPerSecond: 10_000,
  },
  // Five seconds are a quarter of one.
  own: { writes: { limit: 5, windowMs: 250 }, others: { limit: 50, windowMs: 50 }, globalPerSecond: 1_000 },
} as const satisfies Record<string, Partial<Rules>>

async function open(limits: keyof typeof limitsOf): Promise<DiscordWorld> {
  const server = await createDiscordServer({ rules: limitsOf[limits] })
  return new DiscordWorld(server, buildHarbour(server))
}

class DiscordWorld implements JourneyWorld {
  readonly server: DiscordServer
  readonly #harbour: ReturnType<typeof buildHarbour>

  constructor(server: DiscordServer, harbour: ReturnType<typeof buildHarbour>) {
    this.server = server
    this.#harbour = harbour
  }

  get fronts() {
    return [discordFront(this.server)] as const
  }

  get settings() {
    return { DISCORD_TOKEN: this.server.token, DISCORD_API_URL: this.server.apiUrl }
  }

  async meet(names: readonly string[]): Promise<void> {
    for (const name of names) {
      this.server.scene.setRoles(this.server.scene.createPerson({ name }).id, [])
    }
  }

  async say(person: string, spot: Spot, text: string): Promise<Spoken> {
    const { id, createdAt: at } = this.server.people.say(person, placeOf(spot, person), text)
    return { id, at }
  }

  openThread(person: string, { id }: Spoken): Spot {
    return { thread: this.server.places.createThread('#general', { name: 'a thread', by: person, message: id }).id }
  }

  async repeat({ id }: Spoken): Promise<void> {
    this.server.people.redeliver(id)
  }

  said(spot: Spot, person = 'mira'): readonly Said[] {
    const { people, botId } = this.server
    const own = people.messages(placeOf(spot, person)).filter(({ authorId }) => authorId === botId)
    return own.map(message => this.#said(message))
  }

  async until(spot: Spot, test: (text: string) => boolean): Promise<void> {
    const { watch, botId } = this.server
    const passes = ({ authorId, content }: Message) => authorId === botId && test(content)
    await watch.until(placeOf(spot, 'mira'), passes, patience())
  }

  async react(
    person: string,
    _: unknown,
    message: MessageId,
    emoji: Emoji,
    change: 'added' | 'removed',
  ): Promise<void> {
    const { people } = this.server
    if (change === 'added') people.react(person, nativeMessageId(message), emoji)
    else people.unreact(person, nativeMessageId(message), emoji)
  }

  async edit(person: string, _: unknown, { id }: Spoken, text: string): Promise<void> {
    this.server.people.edit(person, id, text)
  }

  async unsay(person: string, _: unknown, { id }: Spoken): Promise<void> {
    this.server.people.delete(person, id)
  }

  async moderator(): Promise<string> {
    const { scene } = this.server
    scene.setRoles('wren', [scene.createRole({ name: 'wardens', permissions: ['manageMessages'] }).id])
    return 'wren'
  }

  async takeAway(moderator: string): Promise<void> {
    const { people, botId } = this.server
    const newest = people.messages('#general').findLast(({ authorId }) => authorId === botId)
    people.delete(moderator, newest?.id ?? '')
  }

  async press(person: string, _: unknown, id: string, label: string): Promise<void> {
    this.server.people.click(person, id, label)
  }

  told(person: string, spot: Spot): readonly Told[] {
    const all = this.server.people.messages(placeOf(spot, person), person)
    return all
      .filter(one => one.ephemeralFor !== undefined)
      .map(({ id, content, components }) => ({ id, text: content, buttons: labelsOf(components) }))
  }

  async openReasons(message: MessageId): Promise<void> {
    await this.press('mira', 'dm', nativeMessageId(message), 'Feedback')
  }

  message(_: unknown, id: Parameters<JourneyWorld['message']>[1]): Said {
    return this.#said(this.server.people.message(nativeMessageId(id)))
  }

  everSaid(): number {
    const { scene, botId } = this.server
    return scene.record().filter(({ authorId }) => authorId === botId).length
  }

  withNote(text: string, note: string): string {
    return `${text}\n-# ${note}`
  }

  mentionForms(): readonly string[] {
    const { mira, guild, general } = this.#harbour
    const { scene } = this.server
    // Everybody may call all, and anybody this role: nothing but what Aeries says of its message keeps it silent.
    const role = scene.createRole({ name: 'crew', mentionable: true }).id
    scene.setRoles(mira, [role])
    return [
      ...['@everyone', '@here', '@Mira', '@crew', `<@${mira}>`, `<@!${mira}>`, `<@&${role}>`, `<@&${guild}>`],
      ...[`<#${general}>`, `<id:customize>`, `</stop:${mira}>`, `\`<@${mira}>\``, `\`\`\`\n@everyone\n\`\`\``],
      ...[`[x](@everyone)`, `<<@${mira}>>`, `> @here`, `\\@everyone`, `@\u200beveryone @everyone`, `**@every**one`],
    ]
  }

  storm(): void {
    const { faults } = this.server
    for (const method of ['POST', 'PATCH']) {
      faults.add({ kind: 'reset', accepted: true, chance: 0.06, method })
      faults.add({ kind: 'reset', chance: 0.06, method })
      faults.add({ kind: 'error', status: 503, chance: 0.04, method })
      faults.add({ kind: 'error', status: 500, accepted: true, chance: 0.04, method })
      faults.add({ kind: 'rate-limit', retryAfterMs: 100, chance: 0.03, method })
    }
  }

  counts(): Counts {
    const { log, unknownCalls } = this.server
    const writes = log.filter(({ messageId, content, accepted }) => accepted && messageId && content !== undefined)
    const before = new Map<string | undefined, string>()
    const identical = writes.filter(({ messageId, content, components }) => {
      const look = `${content}\n${components}`
      const isSame = before.get(messageId) === look
      before.set(messageId, look)
      return isSame
    })
    return {
      refused: log.filter(({ status }) => status === 429).length,
      identical: identical.length,
      struck: log.filter(({ fault }) => fault !== undefined).length,
      typing: log.filter(({ route }) => route === '/channels/:channel/typing').length,
      unknownCalls,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]()
  }

  #said({ content, versions, reference, attachments }: Message): Said {
    const files = attachments.map(({ id }) => this.server.world.files.get(id)?.bytes)
    return {
      text: content,
      film: versions.map(({ at, content: text }) => ({ at, text })),
      answers: reference?.messageId,
      files: files.map(bytes => new TextDecoder().decode(bytes)),
      pings: versions.flatMap(({ pings }) => pings.personIds),
      unfurls: versions.flatMap(({ unfurls }) => unfurls),
    }
  }
}

function labelsOf(rows: Message['components']): readonly string[] {
  return rows.flatMap(row => (row['components'] as readonly { label: string }[]).map(({ label }) => label))
}

function placeOf(spot: Spot, person: string): string {
  if (spot === 'dm') return `dm:${person}`
  return spot === 'channel' ? '#general' : spot.thread
}
