import type { Clock } from '#src/core/clock.ts'
import { eventKey, messageId, personId } from '#src/core/ids.ts'
import type { Log } from '#src/core/log.ts'
import type { ChatModel } from '#src/core/model.ts'
import type { Persona } from '#src/core/persona.ts'
import type { Place } from '#src/core/place.ts'
import type { Reply } from '#src/core/turn.ts'
import { createEngine } from '#src/engine/engine.ts'
import type { LearningParts } from '#src/engine/learning-parts.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import type { SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { TakingSurface } from './taking-surface.ts'

export const quietLog: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => quietLog }

export type TalkParts = Readonly<{
  store: SqliteStore
  model: ChatModel
  clock: Clock
  persona: Persona
  maxTokens: number
  learning?: LearningParts
  /** A turn is closed. */
  onTurn?(): void
}>

export type TalkHouse = AsyncDisposable &
  Readonly<{
    /** Says something to Aeries and resolves with the reply once its turn is closed. */
    ask(name: string, place: Place, text: string): Promise<Reply>
  }>

/** The conversation without a platform: lane, prompt, database, model, the reply as it is written. */
export function createTalkHouse(parts: TalkParts): TalkHouse {
  const { store, model, clock, persona, maxTokens, learning, onTurn } = parts
  const closed = new Map<string, (reply: Reply) => void>()
  let count = 0
  const engine = createEngine({
    store,
    model,
    clock,
    learning,
    budget: new WriteBudget(clock),
    log: quietLog,
    persona: () => persona,
    timeZone: 'UTC',
    maxTokens,
    platforms: [],
    onTurn: ({ asked }, reply) => {
      onTurn?.()
      for (const { key } of asked) closed.get(key)?.(reply)
    },
  })
  return {
    ask(name, place, text) {
      const { promise, resolve } = Promise.withResolvers<Reply>()
      const id = String(++count)
      const key = eventKey('bench', 'message', id)
      closed.set(key, resolve)
      engine.event({
        type: 'message',
        key,
        place,
        person: { id: personId('bench', place.workspace, name), name, external: false },
        at: clock.now(),
        message: {
          id: messageId('bench', place.workspace, place.channel, id),
          text,
          addressed: true,
          quotes: [],
          unread: [],
        },
        surface: new TakingSurface(place.channel),
      })
      return promise
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  }
}
