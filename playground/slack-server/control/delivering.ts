import { setTimeout as sleep } from 'node:timers/promises'
import type { Transport } from '#playground/slack-server/events/delivery.ts'
import { HttpTarget } from '#playground/slack-server/events/http-target.ts'
import type { SocketHub } from '#playground/slack-server/events/socket-hub.ts'
import type { World } from '#playground/slack-server/world/world.ts'

type Parts = Readonly<{ world: World; sockets: SocketHub; signal: AbortSignal }>

type Storm = Readonly<{ times: number; everyMs: number }>

/** By which way the app is told, and what happens to its sockets. Socket Mode unless an address is set. */
export class Delivering {
  readonly #parts: Parts
  #http: HttpTarget | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get transport(): Transport {
    return this.#http ?? this.#parts.sockets
  }

  get http(): HttpTarget | undefined {
    return this.#http
  }

  /** Sends events to the app's own address from now on, and asks it first to prove itself; false when it does not. */
  async useHttp(url: string): Promise<boolean> {
    this.#http = new HttpTarget(url, this.#parts.world, this.#parts.signal)
    return await this.#http.verify()
  }

  useSockets(): void {
    this.#http = undefined
  }

  /** A storm of refreshes: so many times, each after a pause, every open socket is told to go. */
  async storm({ times, everyMs }: Storm, signal?: AbortSignal): Promise<void> {
    const both = signal ? AbortSignal.any([signal, this.#parts.signal]) : this.#parts.signal
    for (let round = 0; round < times; round += 1) {
      this.#parts.sockets.disconnect('refresh_requested')
      if (round < times - 1) await sleep(everyMs, undefined, { signal: both })
    }
  }
}
