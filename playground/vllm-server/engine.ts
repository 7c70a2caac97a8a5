import { CallLog } from './call-log.ts'
import type { ChatRequest } from './chat-request.ts'
import type { Exchange } from './exchange.ts'
import { type Latency, latencyOf } from './latency.ts'
import { Metrics } from './metrics.ts'
import { PrefixCache } from './prefix-cache.ts'
import { Random } from './random.ts'
import { Scheduler } from './scheduler.ts'
import type { Script } from './script.ts'
import { ScriptQueue } from './script-queue.ts'
import type { ServerOptions } from './server-options.ts'
import { patched, type ServerState, type StatePatch } from './server-state.ts'
import { Ticker } from './ticker.ts'
import { Tokenizer } from './tokenizer.ts'
import { type WireProfile, wireProfiles } from './wire-profile.ts'

const randomFaultTokens = 24 // a random fault strikes within so many tokens

/** What stands behind the wire: slots, cache, weather, and the memory of what happened. */
export class Engine {
  readonly options: ServerOptions
  readonly profile: WireProfile
  readonly tokenizer = new Tokenizer()
  readonly ticker = new Ticker()
  readonly scripts = new ScriptQueue()
  readonly random: Random
  readonly cache: PrefixCache
  readonly scheduler: Scheduler
  readonly log: CallLog
  readonly startedAt = Math.floor(Date.now() / 1_000)
  readonly fingerprint: string
  /** Requests that are being answered; a change of weather wakes them. */
  readonly live = new Set<Exchange>()
  metrics = new Metrics()
  /** Tokens in use by running requests. */
  kvTokens = 0
  /** How often it was told that all is well. */
  cures = 0
  #state: ServerState

  constructor(options: ServerOptions, changed: () => void) {
    this.options = options
    this.profile = wireProfiles[options.profile]
    this.random = new Random(options.seed)
    this.cache = new PrefixCache(options.kvCacheTokens)
    this.scheduler = new Scheduler({ policy: options.schedulingPolicy, maxNumSeqs: options.maxNumSeqs })
    this.log = new CallLog(changed)
    this.fingerprint = `vllm-${this.profile.version}-${this.random.hex(8)}`
    this.#state = Engine.#fairWeather(options)
  }

  get state(): ServerState {
    return this.#state
  }

  get latency(): Latency {
    return latencyOf(this.#state.latency)
  }

  get isDead(): boolean {
    return this.#state.health === 'dead'
  }

  /** Requests are taken in, and nothing is computed. */
  get isFrozen(): boolean {
    return this.#state.health === 'hang' || this.#state.door === 'silent'
  }

  change(patch: StatePatch): void {
    const wasDead = this.isDead
    this.#state = patched(this.#state, patch)
    if (patch.health === 'ok') this.cures += 1
    if (this.isDead || wasDead || patch.door === 'refusing') this.cache.clear() // a new process starts empty
    this.scheduler.pause(this.isFrozen || this.#state.asleep)
    for (const exchange of [...this.live]) exchange.wake()
    this.log.note()
  }

  reset(): void {
    this.scripts.clear()
    this.log.clear()
    this.cache.clear()
    this.random.restart()
    this.metrics = new Metrics()
    this.change(Engine.#fairWeather(this.options))
  }

  /** The script that this request gets: the first that fits, else nothing but the weather's own faults. */
  scriptFor(request: ChatRequest): Script {
    const script = this.scripts.take(request)
    if (script) return script
    const faults = this.#state.randomFaults
    if (!faults || this.random.unit() >= faults.rate) return {}
    const kind = this.random.pick(faults.kinds) ?? 'stall'
    return { name: `random ${kind}`, fault: { kind, at: Math.floor(this.random.unit() * randomFaultTokens) } }
  }

  metricsPage(): string {
    return this.metrics.page({
      model: this.#state.model,
      running: this.scheduler.running,
      waiting: this.scheduler.waiting,
      kvUsage: Math.min(1, this.kvTokens / this.options.kvCacheTokens),
      asleep: this.#state.asleep,
    })
  }

  static #fairWeather(options: ServerOptions): ServerState {
    return {
      health: 'ok',
      asleep: false,
      door: 'open',
      model: options.model,
      maxModelLen: options.maxModelLen,
      latency: options.latency,
      randomFaults: null,
    }
  }
}
