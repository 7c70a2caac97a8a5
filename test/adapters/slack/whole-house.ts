import { EventEmitter, once } from 'node:events'
import { createSlackAdapter } from '#adapters/slack/slack-adapter.ts'
import type { SlackParts, Timing } from '#adapters/slack/slack-parts.ts'
import { buildHarbour, type Harbour } from '#playground/slack-server/harbour.ts'
import { createSlackServer, type SlackServer } from '#playground/slack-server/slack-server.ts'
import type { Rules } from '#playground/slack-server/world/rules.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { startApp } from '#src/app.ts'
import type { Clock } from '#src/core/clock.ts'
import type { Reply, Turn } from '#src/core/turn.ts'
import { createEngine } from '#src/engine/engine.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import { KeptLog } from '#test/support/kept-log.ts'

export type World = AsyncDisposable & Readonly<{ slack: SlackServer; harbour: Harbour; vllm: VllmServer }>

/** Slack and vLLM on loopback, where a minute of limits takes a second and a half. */
export async function openWorld(rules: Partial<Rules> = {}): Promise<World> {
  const scaled = {
    retryDelaysMs: [0, 200, 1_000],
    windowMs: 60_000 / speed,
    posts: { everyMs: 1_000 / speed, burst: 3 },
  }
  const slack = await createSlackServer({ rules: { ...scaled, ...rules } })
  const vllm = await createVllmServer()
  const harbour = buildHarbour(slack)
  return {
    slack,
    harbour,
    vllm,
    async [Symbol.asyncDispose]() {
      await slack[Symbol.asyncDispose]()
      await vllm[Symbol.asyncDispose]()
    },
  }
}

const speed = 40

/** Time that passes so much faster: what waits for a limit's minute waits for a moment. */
const swiftClock: Clock = {
  now: () => new Date(started + (Date.now() - started) * speed),
  sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
  after: (ms, call) => systemClock.after(ms / speed, call),
}
const started = Date.now()

export type WholeHouse = AsyncDisposable &
  Readonly<{
    log: KeptLog
    /** All closed turns, once there are so many. */
    closed(count: number): Promise<readonly Readonly<{ turn: Turn; reply: Reply }>[]>
  }>

export type WholeHouseOptions = Readonly<{
  databasePath?: string
  parts?: Partial<SlackParts>
  timing?: Partial<Timing>
}>

/** The whole of Aeries in this process, as main builds it: the real Bolt, undici and SQLite. */
export async function openWholeHouse(world: World, options: WholeHouseOptions = {}): Promise<WholeHouse> {
  const clock = swiftClock
  const log = new KeptLog()
  const turns: { turn: Turn; reply: Reply }[] = []
  const closing = new EventEmitter()
  const house = new AsyncDisposableStack()
  const store = house.use(openStore({ path: options.databasePath ?? ':memory:' }))
  const { url } = world.vllm
  const model = house.use(createVllmChatModel({ url, model: 'Qwen/Qwen3-8B', clock: systemClock, log }))
  const adapter = house.use(
    createSlackAdapter({
      apiUrl: world.slack.apiUrl,
      access: { type: 'token', botToken: world.harbour.botToken },
      delivery: { type: 'socket', appToken: world.slack.app.appToken },
      port: 0,
      dmStyle: undefined,
      nativeStream: 'dm',
      log,
      clock,
      timing: { helloMs: speed * 10_000, ...options.timing },
      ...options.parts,
    }),
  )
  const engine = house.use(
    createEngine({
      store,
      model,
      platforms: [adapter],
      budget: new WriteBudget(clock),
      clock,
      log,
      persona: () => ({ name: 'Aeries', voice: 'You are Aeries.' }),
      pace: () => 'live',
      timeZone: 'UTC',
      maxTokens: 5_000,
      onTurn: (turn, reply) => {
        turns.push({ turn, reply })
        closing.emit('turn')
      },
    }),
  )
  house.use(await startApp({ adapters: [adapter], engine }, AbortSignal.timeout(10_000)))
  const closed = async (count: number) => {
    const signal = AbortSignal.timeout(30_000)
    while (turns.length < count) await once(closing, 'turn', { signal })
    return turns
  }
  return { log, closed, [Symbol.asyncDispose]: () => house.disposeAsync() }
}
