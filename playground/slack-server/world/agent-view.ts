import type { Json } from './json.ts'
import type { World } from './world.ts'
import type { Session, WorldEvent } from './world-event.ts'

type Where = Readonly<{ channelId: string; threadTs: string }>

/** What people see of the app beside its messages: that it thinks, that it can be stopped, what it suggests to ask. */
export class AgentView {
  readonly sessions = new Map<string, Session>()
  /** The status lines that stand now, by channel and thread. */
  readonly statuses = new Map<string, string>()
  readonly prompts = new Map<string, readonly Json[]>()
  readonly titles = new Map<string, string>()
  readonly #world: World
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor(world: World) {
    this.#world = world
    world.onEvent(event => this.#clearWhenAnswered(event))
  }

  setStatus(where: Where, status: string, loading: readonly string[]): void {
    const key = keyOf(where)
    clearTimeout(this.#timers.get(key))
    if (status === '') this.statuses.delete(key)
    else {
      this.statuses.set(key, status)
      const timer = setTimeout(() => this.setStatus(where, '', []), this.#world.rules.statusMs)
      this.#timers.set(key, timer.unref())
    }
    this.#world.emit({ type: 'status', ...where, status, loading })
  }

  session(where: Where): Session | undefined {
    return this.sessions.get(keyOf(where))
  }

  setSession(session: Session): Session {
    this.sessions.set(keyOf(session), session)
    this.#world.emit({ type: 'session', session })
    return session
  }

  setPrompts(channelId: string, threadTs: string | undefined, title: string, prompts: readonly Json[]): void {
    this.prompts.set(keyOf({ channelId, threadTs: threadTs ?? '' }), prompts)
    this.#world.emit({ type: 'prompts', channelId, threadTs, title, prompts })
  }

  setTitle(where: Where, title: string): void {
    this.titles.set(keyOf(where), title)
    const session = this.session(where)
    this.setSession(session ? { ...session, title } : { ...where, status: 'active', title })
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  /** Slack takes the status away when the app writes into the thread. */
  #clearWhenAnswered(event: WorldEvent): void {
    if (event.type !== 'message' || event.message.botId === undefined) return
    const { channelId, ts, threadTs = ts } = event.message
    if (this.statuses.has(keyOf({ channelId, threadTs }))) this.setStatus({ channelId, threadTs }, '', [])
  }
}

function keyOf({ channelId, threadTs }: Where): string {
  return `${channelId}:${threadTs}`
}
