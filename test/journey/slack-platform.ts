import { createSlackAdapter } from '#adapters/slack/slack-adapter.ts'
import type { SlackParts } from '#adapters/slack/slack-parts.ts'
import { buildHarbour, type Harbour } from '#playground/slack-server/harbour.ts'
import { createSlackServer, type SlackServer } from '#playground/slack-server/slack-server.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Front } from '#test/support/build-house.ts'
import { patience } from '#test/support/patience.ts'
import type { Counts, Emoji, JourneyPlatform, JourneyWorld, Said, Spoken, Spot, Told } from './journey-platform.ts'
import { type SwiftClock, swiftClock } from './swift-clock.ts'

export const slackPlatform: JourneyPlatform<SlackWorld> = { name: 'Slack', open, crowd: 60, nastyAnswers: 100 }

/** What waits for a limit's minute waits for a second and a half. */
const speed = 40

/**
 * Always under its own limits: Aeries keeps them from what it knows of each method, whatever Slack would let pass. Both
 * live by one swift clock; only what Slack waits for with a timer of its own takes as long as ever.
 */
async function open(): Promise<SlackWorld> {
  const clock = swiftClock(speed)
  const now = () => clock.now().getTime()
  const server = await createSlackServer({ rules: { retryDelaysMs: [0, 200, 1_000] }, now })
  return new SlackWorld(server, buildHarbour(server), clock)
}

class SlackWorld implements JourneyWorld {
  readonly server: SlackServer
  readonly #harbour: Harbour
  readonly #weather = new DisposableStack()
  readonly #clock: SwiftClock

  constructor(server: SlackServer, harbour: Harbour, clock: SwiftClock) {
    this.#clock = clock
    this.server = server
    this.#harbour = harbour
  }

  get fronts() {
    const native = this.#front({ dmStyle: 'threads', nativeStream: 'all' })
    return [this.#front({}), native, this.#front({ dmStyle: 'threads', nativeStream: 'off' })] as const
  }

  get settings() {
    const { app, apiUrl } = this.server
    return { SLACK_BOT_TOKEN: this.#harbour.botToken, SLACK_APP_TOKEN: app.appToken, SLACK_API_URL: apiUrl }
  }

  /** Of all kinds, every other DM is in the agent view, where answers are native streams. */
  async meet(names: readonly string[], kinds: 'usual' | 'all'): Promise<void> {
    const { scene, people, deliveries } = this.server
    for (const [at, name] of names.entries()) {
      scene.createPerson({ name })
      scene.invite('#general', name)
      if (kinds === 'all' && at % 2 === 0) people.openApp(name)
    }
    await deliveries.idle()
  }

  /** Over two lines what is said next may overtake it, so it is told first. */
  async say(person: string, spot: Spot, text: string): Promise<Spoken> {
    const thread = typeof spot === 'object' ? spot : {}
    const { ts, versions } = this.server.people.say(person, placeOf(spot, person), text, thread)
    await this.server.deliveries.idle()
    return { id: ts, at: this.#clock.real(versions[0]?.at ?? 0) }
  }

  /** A thread is there as soon as somebody answers in it. */
  openThread(_: string, { id }: Spoken): Spot {
    return { thread: id }
  }

  /** A mention is told twice, so both of them. */
  async repeat({ id }: Spoken): Promise<void> {
    const { deliveries } = this.server
    await deliveries.idle()
    const told = deliveries.all().filter(({ payload }) => JSON.stringify(payload).includes(`"ts":"${id}"`))
    for (const delivery of told) await deliveries.repeat(delivery)
  }

  said(spot: Spot, person = 'mira'): readonly Said[] {
    const own = this.server.people.messages(placeOf(spot, person)).filter(({ botId }) => botId !== undefined)
    const here = typeof spot === 'object' ? own.filter(({ threadTs }) => threadTs === spot.thread) : own
    return here.map(message => this.#said(message))
  }

  async until(spot: 'dm' | 'channel', test: (text: string) => boolean): Promise<void> {
    const passes = (message: Message) => message.botId !== undefined && test(this.#said(message).text)
    await this.server.watch.until(placeOf(spot, 'mira'), passes, patience())
  }

  async react(
    person: string,
    spot: Spot,
    message: MessageId,
    emoji: Emoji,
    change: 'added' | 'removed',
  ): Promise<void> {
    const { people, deliveries } = this.server
    const args = [person, placeOf(spot, 'mira'), nativeMessageId(message), names[emoji]] as const
    if (change === 'added') people.react(...args)
    else people.unreact(...args)
    await deliveries.idle()
  }

  async edit(person: string, spot: Spot, { id }: Spoken, text: string): Promise<void> {
    this.server.people.edit(person, placeOf(spot, person), id, text)
    await this.server.deliveries.idle()
  }

  async unsay(person: string, spot: Spot, { id }: Spoken): Promise<void> {
    this.server.people.delete(person, placeOf(spot, person), id)
    await this.server.deliveries.idle()
  }

  async moderator(): Promise<string> {
    const { scene, deliveries } = this.server
    scene.createPerson({ name: 'warden', admin: true })
    scene.invite('#general', 'warden')
    await deliveries.idle()
    return 'warden'
  }

  async takeAway(moderator: string): Promise<void> {
    const { people, deliveries } = this.server
    const newest = people.messages('#general').findLast(({ botId }) => botId !== undefined)
    people.delete(moderator, '#general', newest?.ts ?? '')
    await deliveries.idle()
  }

  async press(person: string, spot: Spot, id: string, label: string): Promise<void> {
    await this.server.interactions.click(person, placeOf(spot, 'mira'), id, label)
  }

  told(person: string, spot: Spot): readonly Told[] {
    const all = this.server.people.messages(placeOf(spot, person), person)
    const own = all.filter(one => one.ephemeralFor !== undefined)
    return own.map(({ ts, versions, blocks }) => ({
      id: ts,
      text: versions.at(-1)?.shown ?? '',
      buttons: labelsOf(blocks),
    }))
  }

  async openReasons(message: MessageId): Promise<void> {
    await this.press('mira', 'dm', nativeMessageId(message), 'Bad answer')
  }

  message({ channel }: Parameters<JourneyWorld['message']>[0], id: Parameters<JourneyWorld['message']>[1]): Said {
    return this.#said(this.server.people.message(channel, nativeMessageId(id)))
  }

  everSaid(): number {
    return this.server.scene.record().filter(({ botId }) => botId !== undefined).length
  }

  withNote(text: string, note: string): string {
    return `${text}\n${note}`
  }

  mentionForms(): readonly string[] {
    const { mira, general } = this.#harbour
    const group = this.server.scene.createGroup('crew', ['mira', 'jonas']).id
    return [
      ...['channel', 'here', 'everyone', 'group', 'here|here'].map(word => `<!${word}>`),
      ...[`<!subteam^${group}>`, `<!subteam^${group}|@crew>`, `<@${mira}>`, `<@${mira}|mira>`, `<#${general}|general>`],
      ...[
        `\`<@${mira}>\``,
        `\`\`\`\n<!channel>\n\`\`\``,
        `[x](<!here>)`,
        `<<!here>>`,
        `&lt;!channel&gt; @channel @mira`,
      ],
      ...[`<https://a.example|<!channel>>`, `> <!everyone>`, `\\<!channel>`, `<!date^1^{date}|<@${mira}>>`],
    ]
  }

  storm(): void {
    const { faults, streams, events } = this.server
    for (const method of ['chat.*', 'conversations.*']) {
      faults.add({ kind: 'reset', accepted: true, chance: 0.06, method })
      faults.add({ kind: 'reset', chance: 0.06, method })
      faults.add({ kind: 'error', status: 503, chance: 0.04, method })
      faults.add({ kind: 'error', status: 500, accepted: true, chance: 0.04, method })
    }
    faults.add({ kind: 'rate-limit', retryAfterS: 1, chance: 0.03, method: 'chat.*' })
    let appended = 0
    const unwatch = events.on(event => {
      if (event.type === 'streamed' && ++appended % 15 === 0) streams.expire(event.message)
    })
    this.#weather.defer(unwatch)
  }

  counts(): Counts {
    const { log, unknownCalls } = this.server
    const before = new Map<string | undefined, string>()
    const edits = log.filter(({ method, accepted }) => method === 'chat.update' && accepted)
    const identical = edits.filter(({ ts, args }) => {
      const isSame = before.get(ts) === JSON.stringify(args)
      before.set(ts, JSON.stringify(args))
      return isSame
    })
    return {
      refused: log.filter(({ retryAfterS }) => retryAfterS !== undefined).length,
      identical: identical.length,
      struck: log.filter(({ fault }) => fault !== undefined).length,
      typing: log.filter(({ method }) => method === 'assistant.threads.setStatus').length,
      unknownCalls,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#weather.dispose()
    await this.server[Symbol.asyncDispose]()
  }

  #said({ versions, threadTs, files }: Message): Said {
    return {
      // A file's message has no words of its own.
      text: files.length > 0 ? '' : (versions.at(-1)?.shown ?? ''),
      film: versions.map(({ at, shown: text }) => ({ at: this.#clock.real(at), text })),
      answers: threadTs,
      files: files.map(({ content }) => String(content)),
      pings: versions.flatMap(({ pings }) => pings.map(({ written }) => written)),
      unfurls: versions.flatMap(({ unfurls }) => unfurls),
    }
  }

  #front(parts: Partial<SlackParts>): Front {
    const { apiUrl, app } = this.server
    return {
      clock: this.#clock,
      writesPerSecond: {},
      createAdapter: base =>
        createSlackAdapter({
          apiUrl,
          access: { type: 'token', botToken: this.#harbour.botToken },
          delivery: { type: 'socket', appToken: app.appToken },
          port: 0,
          dmStyle: undefined,
          nativeStream: 'dm',
          timing: { helloMs: speed * 10_000, rotateStreamMs: 60_000 },
          ...base,
          ...parts,
        }),
    }
  }
}

const names: Readonly<Record<Emoji, string>> = {
  '🛑': 'octagonal_sign',
  '🔁': 'repeat',
  '▶️': 'arrow_forward',
  '🗑️': 'wastebasket',
  '👍': '+1',
  '👍🏽': 'thumbsup::skin-tone-4',
  '👎': '-1',
  '✂️': 'scissors',
  '😂': 'joy',
}

function labelsOf(blocks: Message['blocks']): readonly string[] {
  type Row = Readonly<{ type?: unknown; elements?: readonly Readonly<{ text: { text: string } }>[] }>
  const rows = blocks.filter(({ type }) => type === 'actions') as readonly Row[]
  return rows.flatMap(({ elements = [] }) => elements.map(({ text }) => text.text))
}

function placeOf(spot: Spot, person: string): string {
  return spot === 'dm' ? `dm:${person}` : '#general'
}
