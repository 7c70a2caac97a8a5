import { Child, inEnvironment } from '#bench/frame/child.ts'
import { createSlackServer, type SlackServer } from '#playground/slack-server/slack-server.ts'
import type { LogEntry } from '#playground/slack-server/web-api/log-entry.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { Setting } from './scenario.ts'
import { slowDown } from './slow-down.ts'
import type { LoggedWrite, ShownMessage, Stage, StagePlan } from './stage.ts'

const readyWithinMs = 30_000
const askers = 6
/** Chances one after the other that come to a fifth of all requests. */
const chance = 0.0543
const writing: Readonly<Record<string, LoggedWrite['method']>> = {
  'chat.postMessage': 'POST',
  'chat.startStream': 'POST',
  'chat.update': 'PATCH',
  'chat.appendStream': 'PATCH',
  'chat.stopStream': 'PATCH',
}

/** A Slack workspace of its own with all of its limits on, and the contender connected to it by Socket Mode. */
export async function openSlackStage(
  { contender: { name, plans }, environment, latencyMs = 0 }: StagePlan,
  signal: AbortSignal,
): Promise<Stage> {
  const parts = new AsyncDisposableStack()
  try {
    const slack = parts.use(await createSlackServer())
    const { installation } = slack.scene.createTeam({ name: 'Bench' })
    const people = Array.from({ length: askers }, (_, asker) => slack.scene.createPerson({ name: `asker${asker}` }).id)
    if (latencyMs > 0) slowDown(slack.faults, latencyMs)
    const own = {
      SLACK_BOT_TOKEN: installation?.token ?? '',
      SLACK_APP_TOKEN: slack.app.appToken,
      SLACK_API_URL: slack.apiUrl,
    }
    const child = parts.use(new Child(inEnvironment(plans.slack, { ...environment, ...own })))
    const within = AbortSignal.any([signal, child.ended, AbortSignal.timeout(readyWithinMs)])
    await slack.events.next(event => (event.type === 'socket' && event.change === 'greeted') || undefined, within)
    return new SlackStage(name, slack, people, child, parts)
  } catch (error) {
    await parts.disposeAsync()
    throw error
  }
}

class SlackStage implements Stage {
  readonly platform = 'slack'
  readonly contender: string
  readonly lost: AbortSignal
  readonly #slack: SlackServer
  readonly #people: readonly string[]
  readonly #parts: AsyncDisposableStack
  /** Whose conversation with the app a place is, where it is one. */
  readonly #owners = new Map<string, string>()

  constructor(
    contender: string,
    slack: SlackServer,
    people: readonly string[],
    child: Child,
    parts: AsyncDisposableStack,
  ) {
    this.contender = contender
    this.lost = child.ended
    this.#slack = slack
    this.#people = people
    this.#parts = parts
  }

  open(name: string, setting: Setting, weather: boolean): string {
    const channelId = setting === 'channel' ? this.#openChannel(name) : this.#openAgentView(name)
    if (!weather) return channelId
    const { faults } = this.#slack
    faults.add({ kind: 'rate-limit', retryAfterS: 1, channelId, chance })
    faults.add({ kind: 'error', status: 502, channelId, chance })
    faults.add({ kind: 'reset', accepted: true, channelId, chance })
    faults.add({ kind: 'hang', accepted: true, channelId, chance })
    return channelId
  }

  #openChannel(name: string): string {
    return this.#slack.scene.createChannel({ name, members: [...this.#people, 'bot'] }).id
  }

  /** The tab that a person has with the app: every question in it begins a thread. */
  #openAgentView(name: string): string {
    const owner = this.#slack.scene.createPerson({ name }).id
    const { id } = this.#slack.people.openApp(owner)
    this.#owners.set(id, owner)
    return id
  }

  ask(channel: string, asker: number, words: string): number {
    const owner = this.#owners.get(channel)
    const asked = owner === undefined ? `@Aeries ${words}` : words
    const { versions } = this.#slack.people.say(owner ?? this.#people[asker] ?? '', channel, asked)
    return versions[0]?.at ?? Number.NaN
  }

  messages(channel: string): readonly ShownMessage[] {
    const { messages } = this.#slack.world
    const isAlone = this.#owners.has(channel)
    return messages
      .inChannel(channel)
      .filter(isByApp)
      .map(message => shownOf(message, isAlone))
  }

  writes(): readonly LoggedWrite[] {
    return this.#slack.log.flatMap(writeOf)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.disposeAsync()
  }
}

function isByApp({ botId, ephemeralFor }: Message): boolean {
  return botId !== undefined && ephemeralFor === undefined
}

/** What a contender says under its first answer to somebody, and the model did not; in italics where it ends a stream. */
const smallPrint = /\n*_?Aeries is an AI\._?$/

/** Of a native stream in a channel nobody but its asker sees more than the begin before it ends. */
function shownOf({ ts, versions, deletedAt, files }: Message, isAlone: boolean): ShownMessage {
  return {
    id: ts,
    frames: versions.map(({ at, shown, others }) => ({
      at,
      content: (isAlone ? shown : others).replace(smallPrint, ''),
      forAsker: shown.replace(smallPrint, ''),
    })),
    isDeleted: deletedAt !== undefined,
    file: files.map(({ content }) => content.toString()).join(''),
  }
}

function writeOf(entry: LogEntry): readonly LoggedWrite[] {
  const method = writing[entry.method]
  if (method === undefined || entry.channelId === undefined) return []
  return [
    {
      at: entry.at,
      answeredAt: entry.answeredAt,
      method,
      channel: entry.channelId,
      message: entry.ts,
      content: entry.method === 'chat.update' ? contentOf(entry.args) : undefined,
      status: entry.status,
      isAccepted: entry.accepted,
      isStruck: entry.fault !== undefined && entry.fault !== 'slow',
      // Slack publishes none.
      bucket: undefined,
    },
  ]
}

/** All that an update puts into a message. Blocks come as text. */
function contentOf({ text, markdown_text: markdown, blocks }: LogEntry['args']): string {
  return JSON.stringify([text, markdown, blocks])
}
