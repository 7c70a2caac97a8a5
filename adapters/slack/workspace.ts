import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import type { FileAccess } from '#src/files/fetch-file.ts'
import { ownOrigins } from '#src/files/own-origins.ts'
import { AgentThreads } from './agent-threads.ts'
import { usualOrigins } from './attached-files.ts'
import { createChannelBook } from './channel-book.ts'
import { ChannelReader } from './channel-reader.ts'
import { DmStyles } from './dm-styles.ts'
import type { Errands } from './errands.ts'
import type { Facts } from './facts.ts'
import { MethodLimits } from './method-limits.ts'
import { Moments } from './moments.ts'
import { OwnMessages } from './own-messages.ts'
import { OwnThreads } from './own-threads.ts'
import { createPeopleBook } from './people-book.ts'
import { ReadBudget } from './read-budget.ts'
import type { ChannelFacts, DmStyle, PersonFacts, Scene } from './scene.ts'
import { SlackApi } from './slack-api.ts'

/** Who we are in a workspace. */
export type Identity = Readonly<{
  team: string
  enterprise: string | undefined
  self: string
  botId: string | undefined
  token: string
}>

export type WorkspaceParts = Readonly<{
  apiUrl: string
  log: Log
  clock: Clock
  errands: Errands
  dmStyle: DmStyle | undefined
  timeoutMs: number | undefined
  /** The workspace takes the token no more. */
  onTokenRefused: (workspace: Workspace, error: string) => void
}>

/** One workspace: its token, its limits, and what this process knows of its people, channels and threads. */
export class Workspace implements Scene {
  readonly team: string
  readonly self: string
  readonly botId: string | undefined
  readonly people: Facts<PersonFacts>
  readonly channels: Facts<ChannelFacts>
  readonly threads: OwnThreads
  readonly dmStyles: DmStyles
  readonly reader: ChannelReader
  readonly limits: MethodLimits
  readonly agent: AgentThreads
  readonly log: Log
  readonly ownMessages = new OwnMessages()
  /** Channels where Slack would not start a stream: their answers are posted and updated. */
  readonly withoutStreams = new Set<string>()
  readonly #moments = new Moments()
  readonly #parts: WorkspaceParts
  #api: SlackApi
  #token: string

  constructor(identity: Identity, parts: WorkspaceParts) {
    const { team, enterprise, self, botId, token } = identity
    const { clock, errands, log, dmStyle } = parts
    const api = () => this.#api
    this.team = team
    this.self = self
    this.botId = botId
    this.log = log
    this.#parts = parts
    this.#token = token
    this.#api = this.#connect(token)
    this.limits = new MethodLimits(clock)
    this.people = createPeopleBook({ api, clock, limits: this.limits, team, enterprise })
    this.channels = createChannelBook(api, clock, this.limits)
    this.reader = new ChannelReader(api, new ReadBudget(clock), log)
    this.threads = new OwnThreads(self, this.reader)
    this.dmStyles = new DmStyles(self, this.reader, dmStyle)
    this.agent = new AgentThreads({ api, limits: this.limits, clock, errands, log })
  }

  get api(): SlackApi {
    return this.#api
  }

  /** The app was installed again: answers under way go on with the new token. */
  renew(token: string): void {
    if (token === this.#token) return
    this.#token = token
    this.#api = this.#connect(token)
  }

  files(): FileAccess {
    const origins = ownOrigins(this.#parts.apiUrl, usualOrigins)
    return { origins, headers: { authorization: `Bearer ${this.#token}` } }
  }

  person(user: string): PersonFacts | undefined {
    return this.people.get(user)
  }

  channel(id: string): ChannelFacts | undefined {
    return this.channels.get(id)
  }

  isIn(channel: string, thread: string, message: string): boolean {
    return this.threads.isIn(channel, thread, message)
  }

  momentOf(channel: string, ts: string): Date {
    return this.#moments.at(channel, ts)
  }

  dmStyle(channel: string): DmStyle {
    return this.dmStyles.get(channel)
  }

  #connect(token: string): SlackApi {
    const { apiUrl, log, timeoutMs, onTokenRefused } = this.#parts
    return new SlackApi({ token, apiUrl, log, timeoutMs, onTokenRefused: error => onTokenRefused(this, error) })
  }
}
