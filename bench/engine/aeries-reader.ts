import type { MessageEvent } from '#src/core/event.ts'
import { eventKey, messageId, personId } from '#src/core/ids.ts'
import { createEngine } from '#src/engine/engine.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import { PassingSurface } from './passing-surface.ts'
import { quiet } from './quiet.ts'
import type { Books, ReadAnswer } from './read-answer.ts'

/** The whole way of an answer but the platform: lane, prompt, SQLite in memory, vLLM's client, the reply as it is written. */
export function readAsAeries(url: string, books: Books): ReadAnswer {
  const clock = systemClock
  const finished = new Map<string, () => void>()
  // The packet server has no metrics to learn from, and nobody shall wait for a place.
  const wire = { url, model: 'bench', contextLength: 40_960, maxConcurrent: 10_000 }
  const model = createVllmChatModel({ ...wire, clock, log: quiet })
  const engine = createEngine({
    store: openStore({ path: ':memory:' }),
    model,
    budget: new WriteBudget(clock),
    clock,
    log: quiet,
    persona: () => ({ name: 'Aeries', voice: 'You are Aeries.' }),
    timeZone: 'UTC',
    maxTokens: 8_192,
    platforms: [],
    onTurn: ({ place }) => {
      books.live -= 1
      finished.get(place.channel)?.()
    },
  })
  return number => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const event = eventOf(number, books)
    finished.set(event.place.channel, resolve)
    books.live += 1
    engine.event(event)
    return promise
  }
}

/** The surface is the engine's own; what it is told first, and when, is all that is looked at. */
function eventOf(number: number, books: Books): MessageEvent {
  const channel = `channel-${number}`
  const askedAt = performance.now()
  const surface = new PassingSurface(channel, turn => {
    books.firstTextMs[turn] = performance.now() - askedAt
  })
  return {
    type: 'message',
    key: eventKey('bench', 'message', String(number)),
    place: { platform: 'bench', workspace: undefined, channel, thread: undefined, audience: 'dm' },
    person: { id: personId('bench', undefined, `person-${number}`), name: `Person ${number}`, external: false },
    at: new Date(),
    message: {
      id: messageId('bench', undefined, channel, 'question'),
      text: 'hello',
      addressed: true,
      quotes: [],
      unread: [],
    },
    surface,
  }
}
