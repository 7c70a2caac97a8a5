import type { ServerEvent as DiscordEvent } from '#playground/discord-server/control/server-event.ts'
import type { InsideView } from '#playground/page/inside-view.ts'
import type {
  AboutView,
  PageEvent,
  PromptsView,
  ServiceLineView,
  SignView,
  SlackView,
  Snapshot,
  WriteView,
} from '#playground/page/wire.ts'
import type { ServiceLine } from '#playground/service-line.ts'
import type { ServerEvent as SlackEvent } from '#playground/slack-server/control/server-event.ts'
import type { Stage } from '#playground/stage.ts'
import { Feed } from '#playground/stand-in/feed.ts'
import { callView } from './call-view.ts'
import { watchCalls } from './call-watch.ts'
import { discordMessage, discordScene, interactionView } from './discord-view.ts'
import { watchInside } from './inside-watch.ts'
import { Lately } from './lately.ts'
import { promptsView, sessionView, slackMessage, slackScene, slackView } from './slack-view.ts'
import { WeatherDesk } from './weather-desk.ts'
import { discordWrite, slackWrite } from './write-view.ts'

const shownCalls = 40
/** Of what changes often only the newest state is kept for a page that is opened later. */
const states = ['budget', 'queue']

/** Everything that happens, as the page is told it, and how it all stands for a page that is just opened. */
export class PageFeed implements Disposable {
  readonly events = new Feed<PageEvent>()
  readonly weather: WeatherDesk
  readonly #stage: Stage
  readonly #about: AboutView
  readonly #parts = new DisposableStack()
  readonly #writes = new Lately<WriteView>(200)
  readonly #inside = new Lately<InsideView>(200)
  readonly #states = new Map<string, InsideView>()
  readonly #lines = new Lately<ServiceLineView>(200)
  readonly #views = new Map<string, SlackView>()
  readonly #signs = new Map<string, SignView>()
  readonly #prompts = new Map<string, PromptsView>()
  #commands: unknown

  constructor(stage: Stage, about: AboutView, signal: AbortSignal) {
    this.#stage = stage
    this.#about = about
    this.weather = new WeatherDesk(stage, weather => this.#tell({ type: 'weather', weather }), signal)
    this.#parts.defer(stage.discord.events.on(event => this.#discord(event)))
    this.#parts.defer(stage.slack.events.on(event => this.#slack(event)))
    this.#parts.defer(stage.service.events.on(event => event.type === 'line' && this.#line(event.line)))
    this.#parts.use(watchCalls(stage.model.calls, event => this.#called(event)))
    this.#parts.use(watchInside(stage.service, inside => this.#seen(inside)))
  }

  get snapshot(): Snapshot {
    const { discord, slack, model } = this.#stage
    const now = Date.now()
    return {
      about: this.#about,
      scenes: { discord: discordScene(discord), slack: slackScene(slack) },
      messages: [...discord.world.messages.all().map(discordMessage), ...slack.world.messages.all().map(slackMessage)],
      signs: [...this.#signs.values()].filter(({ until }) => until > now),
      views: [...this.#views.values()],
      sessions: slack.scene.snapshot().sessions.map(sessionView),
      prompts: [...this.#prompts.values()],
      calls: model.calls().slice(-shownCalls).map(callView),
      writes: this.#writes.all,
      inside: [...this.#inside.all, ...this.#states.values()],
      weather: this.weather.now,
      lines: this.#lines.all,
    }
  }

  [Symbol.dispose](): void {
    this.#parts.dispose()
  }

  #tell(event: PageEvent): void {
    this.events.emit(event)
  }

  #discord(event: DiscordEvent): void {
    switch (event.type) {
      case 'message':
        this.#sign({ ...silence('discord', event.message.channelId), person: event.message.authorId })
        this.#tell({ type: 'message', message: discordMessage(event.message) })
        return
      case 'edited':
      case 'reaction':
      case 'reactions-cleared':
        this.#tell({ type: 'message', message: discordMessage(event.message) })
        return
      case 'deleted':
        for (const message of event.messages) this.#tell({ type: 'message', message: discordMessage(message) })
        return
      case 'typing': {
        const until = event.at + this.#stage.discord.rules.typingMs
        const about = { ...silence('discord', event.channelId), person: event.personId }
        this.#sign({ ...about, words: 'is typing…', until })
        return
      }
      case 'interaction':
      case 'interaction-changed':
        this.#tell({ type: 'interaction', interaction: interactionView(event.interaction) })
        return
      case 'request': {
        const write = discordWrite(event.entry)
        if (write) this.#wrote(write)
        this.#commandsChanged()
        return
      }
      case 'gateway':
        return
      default:
        this.#tell({ type: 'scene', scene: discordScene(this.#stage.discord) })
    }
  }

  /** The application registers its commands by a request that nothing else tells of. */
  #commandsChanged(): void {
    const { commands } = this.#stage.discord.world.application
    if (commands === this.#commands) return
    this.#commands = commands
    this.#tell({ type: 'scene', scene: discordScene(this.#stage.discord) })
  }

  #slack(event: SlackEvent): void {
    switch (event.type) {
      case 'message':
      case 'changed':
      case 'streamed':
      case 'deleted':
      case 'reaction':
        this.#tell({ type: 'message', message: slackMessage(event.message) })
        return
      case 'status': {
        const { channelId, threadTs: thread, status, loading } = event
        const words = loading[0] ?? status
        const person = slackScene(this.#stage.slack).bot
        const until = status === '' ? 0 : Date.now() + this.#stage.slack.rules.statusMs
        this.#sign({ ...silence('slack', channelId), thread, person, words, until })
        return
      }
      case 'view': {
        const view = slackView(event.view)
        this.#views.set(view.id, view)
        this.#tell({ type: 'view', view })
        return
      }
      case 'session':
        this.#tell({ type: 'session', session: sessionView(event.session) })
        return
      case 'prompts': {
        const prompts = promptsView(event)
        this.#prompts.set(prompts.place, prompts)
        this.#tell({ type: 'prompts', prompts })
        return
      }
      case 'request': {
        const write = slackWrite(event.entry)
        write && this.#wrote(write)
        return
      }
      case 'channel':
      case 'member':
      case 'person':
      case 'team':
        this.#tell({ type: 'scene', scene: slackScene(this.#stage.slack) })
        return
      default:
    }
  }

  #sign(sign: SignView): void {
    const key = [sign.platform, sign.place, sign.thread, sign.person].join(' ')
    if (sign.until === 0 && !this.#signs.delete(key)) return
    if (sign.until > 0) this.#signs.set(key, sign)
    this.#tell({ type: 'sign', sign })
  }

  #wrote(write: WriteView): void {
    this.#writes.add(write)
    this.#tell({ type: 'write', write })
  }

  #called(event: PageEvent): void {
    if (event.type === 'call' && event.call.kind === 'chat') this.weather.called(event.call.receivedAt)
    this.#tell(event)
  }

  #seen(inside: InsideView): void {
    if (states.includes(inside.name)) this.#states.set(inside.name, inside)
    else this.#inside.add(inside)
    this.#tell({ type: 'inside', inside })
  }

  #line({ level, at, part = 'aeries', words }: ServiceLine): void {
    const line = { level, at: at?.getTime() ?? Date.now(), part, words }
    this.#lines.add(line)
    this.#tell({ type: 'line', line })
  }
}

function silence(platform: SignView['platform'], place: string): SignView {
  return { platform, place, thread: undefined, person: '', words: '', until: 0 }
}
