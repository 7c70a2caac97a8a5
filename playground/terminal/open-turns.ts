import type { Service } from '#playground/service.ts'

/**
 * Answers that the service is giving. `none`: all that was touched by then is whole. `some`: one is being given; `resting`: all wait for
 * a model that is away. `unseen`: nobody has looked since. `untold`: the service cannot be asked, for it is killed, restarting, or has no door.
 */
export type TurnsSince = 'none' | 'some' | 'resting' | 'unseen' | 'untold'

/** The page costs the service some milliseconds. */
const lookEveryMs = 100

type Look = Readonly<{ at: number; seen: Exclude<TurnsSince, 'unseen'> }>

/** Knows by the service's own gauges whether it is still giving answers, however slowly it and this process get on. */
export class OpenTurns implements Disposable {
  readonly #leaving = new AbortController()
  readonly #stopListening: () => void
  #door: string | undefined
  #last: Look | undefined
  #isLooking = false

  constructor({ events }: Pick<Service, 'events'>) {
    this.#stopListening = events.on(event => {
      if (event.type === 'lost') this.#door = undefined
      else if (event.line.part === 'ops' && event.line.url?.endsWith('/inside') === false) this.#door = event.line.url
    })
  }

  /** How it was at some moment after `touchedAt`. Unless that is `none` it is soon looked at again. */
  since(touchedAt: number): TurnsSince {
    if (this.#door === undefined) return 'untold'
    const look = this.#last
    // In the millisecond of the touch itself it may have come first.
    const isOld = look === undefined || look.at <= touchedAt
    if (isOld || look.seen !== 'none') this.#lookAgain(this.#door)
    return isOld ? 'unseen' : look.seen
  }

  [Symbol.dispose](): void {
    this.#stopListening()
    this.#leaving.abort()
  }

  #lookAgain(door: string): void {
    const at = Date.now()
    if (this.#isLooking || at - (this.#last?.at ?? 0) < lookEveryMs) return
    this.#isLooking = true
    void this.#look(door).then(seen => {
      this.#isLooking = false
      // What an earlier process had open says nothing of the one that is there now.
      if (door === this.#door) this.#last = { at, seen }
    })
  }

  async #look(door: string): Promise<Look['seen']> {
    try {
      // Once more when it failed: the connection may just have been closed for being idle.
      const page = await this.#page(door).catch(() => this.#page(door))
      const open = gauge(page, 'aeries_turns_open')
      if (open === undefined) return 'untold'
      if (open === 0) return 'none'
      return gauge(page, 'aeries_model_servers_away') === gauge(page, 'aeries_model_servers') ? 'resting' : 'some'
    } catch {
      return 'untold'
    }
  }

  async #page(door: string): Promise<string> {
    const response = await fetch(`${door}/metrics`, { signal: this.#leaving.signal })
    return await response.text()
  }
}

function gauge(page: string, name: string): number | undefined {
  const [, value] = new RegExp(`^${name} (\\S+)$`, 'm').exec(page) ?? []
  return value === undefined ? undefined : Number(value)
}
