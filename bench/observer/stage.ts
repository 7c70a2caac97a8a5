import { createTalkHouse, quietLog, type TalkHouse } from '#bench/frame/talk-house.ts'
import type { Script } from '#playground/vllm-server/script.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createObserver, type Observer } from '#src/observer/observer.ts'
import { readPersona } from '#src/read-persona.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import { TimedModel } from './timed-model.ts'

/** An H100 with an 8B model, as simulators of that card tabulate it; one slot, so that whoever is in it is in the way. */
export const card = { ttftMs: 20, itlMs: 5, prefillMsPerUncachedToken: 0.25 }

const contextLength = 16_384

/** Short: what comes after the first words is not looked at. */
function voice() {
  return { text: 'Yes, so it is.', reasoning: '' }
}

export type Stage = AsyncDisposable &
  Readonly<{ vllm: VllmServer; store: SqliteStore; model: TimedModel; observer: Observer; house: TalkHouse }>

/** Conversation and observer before one server; the observer begins whenever nobody waits. `script`: what its requests get. */
export async function openStage(path: string, script: Script | undefined): Promise<Stage> {
  await using parts = new AsyncDisposableStack()
  const served = { maxNumSeqs: 1, schedulingPolicy: 'priority', latency: card, voice } as const
  const vllm = parts.use(await createVllmServer(served))
  if (script) vllm.script({ ...script, match: { json: true }, times: 'always' })
  const store = parts.use(openStore({ path }))
  const clock = systemClock
  const wire = parts.use(
    createVllmChatModel({ url: vllm.url, model: 'Qwen/Qwen3-8B', contextLength, clock, log: quietLog }),
  )
  const model = new TimedModel(wire)
  const observer = parts.use(
    createObserver({
      ...store,
      model: wire,
      mode: 'on',
      cadence: {
        concurrency: 1,
        perMinute: Number.POSITIVE_INFINITY,
        quietMs: 0,
        beside: 0,
        timeoutMs: 20_000,
        mostWaiting: 10_000,
      },
      briefTokens: 500,
      countTokens: estimateTokens,
      clock,
      log: quietLog,
    }),
  )
  const persona = readPersona('./personas/aeries.md', contextLength)
  const onTurn = () => observer.wake()
  const house = parts.use(createTalkHouse({ store, model, clock, persona, maxTokens: 64, learning: observer, onTurn }))
  await observer.start()
  const built = parts.move()
  return { vllm, store, model, observer, house, [Symbol.asyncDispose]: () => built.disposeAsync() }
}
