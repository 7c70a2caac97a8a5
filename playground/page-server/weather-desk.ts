import type { PlatformName, WeatherAct, WeatherView } from '#playground/page/wire.ts'
import type { Stage } from '#playground/stage.ts'

type Told = (weather: WeatherView) => void

/** Every second write is refused, and may come again so soon after that. */
const refusal = { chance: 0.5, discordMs: 1_500, slackS: 1 } as const

/** The switches of the weather, and how they stand. */
export class WeatherDesk {
  readonly #stage: Stage
  readonly #told: Told
  readonly #signal: AbortSignal
  readonly #limits: Partial<Record<PlatformName, () => void>> = {}
  #model: WeatherView['model'] = 'fair'
  #cutAfter: number | undefined
  #service: WeatherView['service'] = 'starting'

  constructor(stage: Stage, told: Told, signal: AbortSignal) {
    this.#stage = stage
    this.#told = told
    this.#signal = signal
    stage.service.events.on(event => {
      if (event.type === 'lost') this.#serviceIs('stopped')
    })
  }

  get now(): WeatherView {
    const limits = { discord: this.#limits.discord !== undefined, slack: this.#limits.slack !== undefined }
    return { model: this.#model, cutsNext: this.#cutAfter !== undefined, limits, service: this.#service }
  }

  /** A call began after the switch was turned: that is the one that is cut. */
  called(at: number): void {
    if (this.#cutAfter === undefined || at < this.#cutAfter) return
    this.#cutAfter = undefined
    this.#told(this.now)
  }

  /** Brings the service up. Rejects with `ServiceFailed` when it does not come. */
  async start(): Promise<void> {
    if (this.#stage.service.isRunning) return
    this.#serviceIs('starting')
    try {
      await this.#stage.service.start(this.#signal)
      this.#serviceIs('running')
    } catch (error) {
      this.#serviceIs('stopped')
      throw error
    }
  }

  async act(act: WeatherAct, platform: PlatformName): Promise<void> {
    const { model, service } = this.#stage
    switch (act) {
      case 'up':
        return await this.#turnModel('fair')
      case 'slow':
      case 'down':
        return await this.#turnModel(act)
      case 'cut':
        if (this.#cutAfter === undefined) model.weather.cutNext()
        this.#cutAfter = Date.now()
        return this.#told(this.now)
      case 'limits':
        this.#turnLimits(platform)
        return this.#told(this.now)
      case 'drop':
        return this.#drop(platform)
      case 'kill':
        await service.kill()
        this.#serviceIs('stopped')
        return await this.start()
      case 'restart':
        await this.#stop()
        return await this.start()
      case 'stop':
        return await this.#stop()
      case 'start':
        return await this.start()
      default:
        act satisfies never
    }
  }

  async #turnModel(to: WeatherView['model']): Promise<void> {
    await this.#stage.model.weather.turn(to)
    this.#model = to
    this.#told(this.now)
  }

  #turnLimits(platform: PlatformName): void {
    const { discord, slack } = this.#stage
    const takeAway = this.#limits[platform]
    if (takeAway) {
      takeAway()
      delete this.#limits[platform]
    } else if (platform === 'discord') {
      const { chance, discordMs: retryAfterMs } = refusal
      const id = discord.faults.add({ kind: 'rate-limit', retryAfterMs, chance })
      this.#limits.discord = () => discord.faults.remove(id)
    } else {
      const { chance, slackS: retryAfterS } = refusal
      const id = slack.faults.add({ kind: 'rate-limit', method: 'chat.*', retryAfterS, chance })
      this.#limits.slack = () => slack.faults.remove(id)
    }
  }

  #drop(platform: PlatformName): void {
    if (platform === 'discord') this.#stage.discord.gateway.drop()
    else this.#stage.slack.sockets.drop()
  }

  async #stop(): Promise<void> {
    this.#serviceIs('stopping')
    await this.#stage.service.stop()
    this.#serviceIs('stopped')
  }

  #serviceIs(state: WeatherView['service']): void {
    this.#service = state
    this.#told(this.now)
  }
}
