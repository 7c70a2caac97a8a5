import { EventEmitter, once } from 'node:events'
import { startApp } from '#src/app.ts'
import type { AccessSettings } from '#src/core/access.ts'
import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import type { Persona } from '#src/core/persona.ts'
import type { PlatformAdapter } from '#src/core/platform.ts'
import type { Store } from '#src/core/store.ts'
import type { Reply, Turn } from '#src/core/turn.ts'
import { createEngine } from '#src/engine/engine.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { createObserver, type ObserverParts } from '#src/observer/observer.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel, type VllmOptions } from '#src/vllm/vllm-chat-model.ts'
import { KeptLog } from './kept-log.ts'
import { patience } from './patience.ts'

export type ClosedTurn = Readonly<{ turn: Turn; reply: Reply }>

export type House = AsyncDisposable &
  Readonly<{
    store: Store
    log: KeptLog
    /** All that are closed so far. */
    turns: readonly ClosedTurn[]
    /** All closed turns, once there are so many. */
    closed(count: number): Promise<readonly ClosedTurn[]>
  }>

export type HouseOptions = Readonly<{
  databasePath?: string
  vllm?: Partial<VllmOptions>
  maxTokens?: number
  buttons?: 'dm' | 'off'
  learning?: Partial<ObserverParts>
  access?: AccessSettings
  /** Other platforms that the same Aeries stands before; the clock on its wall is the first one's. */
  alsoAt?: readonly Front[]
  /** Whom one can choose beside the usual one. */
  personas?: readonly Persona[]
}>

/** What one platform brings into the house. */
export type Front = Readonly<{
  clock: Clock
  /** Of what a platform allows in a second, by its name. */
  writesPerSecond: Readonly<Record<string, number>>
  createAdapter(parts: Readonly<{ clock: Clock; log: Log; store: SqliteStore }>): PlatformAdapter
  /** Resolves once people see what was written. */
  settled?(): Promise<void>
}>

/** The whole of Aeries in this process, as main builds it: a real client library, undici and SQLite. Connected. */
export async function buildHouse(front: Front, vllmUrl: string, options: HouseOptions = {}): Promise<House> {
  const { clock } = front
  const log = new KeptLog()
  const turns: ClosedTurn[] = []
  const closing = new EventEmitter()
  await using parts = new AsyncDisposableStack()
  const store = parts.use(openStore({ path: options.databasePath ?? ':memory:' }))
  const wire = { url: vllmUrl, model: 'Qwen/Qwen3-8B', clock: systemClock, log }
  const model = parts.use(createVllmChatModel({ ...wire, ...options.vllm }))
  const fronts = [front, ...(options.alsoAt ?? [])]
  const adapters = fronts.map(one => parts.use(one.createAdapter({ clock: one.clock, log, store })))
  const observer =
    options.learning && parts.use(createObserver({ ...store, ...swift, model, clock, log, ...options.learning }))
  const engine = parts.use(
    createEngine({
      store,
      model,
      platforms: adapters,
      budget: new WriteBudget(clock, Object.assign({}, ...fronts.map(one => one.writesPerSecond))),
      clock,
      log,
      persona: (_, chosen) => options.personas?.find(({ name }) => name === chosen) ?? usual,
      personas: () => [usual, ...(options.personas ?? [])],
      timeZone: 'UTC',
      maxTokens: options.maxTokens ?? 1_024,
      buttons: options.buttons ?? 'off',
      learning: observer,
      ...(options.access && { access: options.access }),
      onTurn: (turn, reply) => {
        observer?.wake()
        turns.push({ turn, reply })
        closing.emit('turn')
      },
    }),
  )
  await observer?.start()
  parts.use(await startApp({ adapters, engine }, patience()))
  const closed = async (count: number) => {
    const signal = AbortSignal.timeout(closedWithinMs)
    while (turns.length < count) await once(closing, 'turn', { signal })
    await front.settled?.()
    return turns
  }
  const built = parts.move()
  return { store, log, turns, closed, [Symbol.asyncDispose]: () => built.disposeAsync() }
}

const usual: Persona = { name: 'Aeries', voice: 'You are Aeries.' }

/** As soon as nobody waits. */
const swift = {
  mode: 'on',
  cadence: {
    concurrency: 1,
    perMinute: Number.POSITIVE_INFINITY,
    quietMs: 0,
    beside: 0,
    timeoutMs: 3_600_000, // longer than any test, also by a clock that runs faster
    mostWaiting: 1_000,
  },
  briefTokens: 500,
  countTokens: estimateTokens,
} as const

/** Ends a wait for what never comes; it measures nothing. */
const closedWithinMs = 60_000
