import type { AccessSettings } from '#src/core/access.ts'
import type { Event } from '#src/core/event.ts'
import type { ChatMessage, ChatRequest } from '#src/core/model.ts'
import type { Persona } from '#src/core/persona.ts'
import type { Store } from '#src/core/store.ts'
import type { Telling } from '#src/core/telemetry.ts'
import type { Reply, Turn } from '#src/core/turn.ts'
import type { HouseFacts } from '#src/engine/commands/house-facts.ts'
import { createEngine } from '#src/engine/engine.ts'
import type { LearningParts } from '#src/engine/learning-parts.ts'
import type { Platform } from '#src/engine/platform.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aLife, type Life } from '#test/engine/a-life.ts'
import { anEvent, type EventSketch } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { type RecordingOptions, RecordingSurface } from '#test/support/recording-surface.ts'
import { ScriptedModel, type Step } from '#test/support/scripted-model.ts'

export type HouseOptions = Readonly<{
  clock?: ManualClock
  store?: Store
  platforms?: readonly Platform[]
  learning?: LearningParts
  patienceMs?: number
  buttons?: 'dm' | 'off'
  access?: AccessSettings
  personas?: readonly Persona[]
  house?: HouseFacts
  images?: 'auto' | 'on' | 'off'
  /** How long the process lives; for good unless said. */
  life?: Life
}>

const usual: Persona = { name: 'Aeries', voice: 'You are Aeries.' }

/** An engine between a scripted model, recording surfaces, a real store and a clock that the test turns. */
export function aHouse(script: (request: ChatRequest) => readonly Step[] = echo, options: HouseOptions = {}) {
  const { clock = new ManualClock(), store = openStore({ path: ':memory:' }), platforms = [] } = options
  const { personas = [usual], life = aLife() } = options
  const time = life.clock(clock)
  const model = new ScriptedModel(time, script)
  const turns: { turn: Turn; reply: Reply }[] = []
  const log = new KeptLog()
  const told: Telling[] = []
  const engine = createEngine({
    store: life.lent(store),
    model,
    platforms,
    clock: time,
    log,
    budget: new WriteBudget(time),
    persona: (_, chosen) => personas.find(({ name }) => name === chosen) ?? usual,
    personas: () => personas,
    timeZone: 'UTC',
    maxTokens: 1_024,
    learning: options.learning,
    ...(options.images && { images: options.images }),
    ...(options.house && { house: options.house }),
    ...(options.access && { access: options.access }),
    ...(options.buttons && { buttons: options.buttons }),
    ...(options.patienceMs && { patienceMs: options.patienceMs }),
    telemetry: { tell: telling => void told.push(telling) },
    onTurn: (turn, reply) => turns.push({ turn, reply }),
  })
  const event = (said: Event) =>
    engine.event(said.type === 'message' ? { ...said, surface: life.lent(said.surface) } : said)
  const hear = (sketch: Omit<EventSketch, 'surface'> = {}, surfaceOptions: Partial<RecordingOptions> = {}) => {
    const surface = new RecordingSurface({ clock, ...surfaceOptions })
    const said = anEvent({ ...sketch, surface })
    event(said)
    return { surface, event: said }
  }
  return { clock, store, model, engine: { ...engine, event }, turns, log, told, hear }
}

/** What was asked, without the context block. */
export function questionOf(messages: readonly ChatMessage[]): string {
  return messages.at(-1)?.content.split('\n\n<context>')[0] ?? ''
}

export function echo({ messages }: ChatRequest): readonly Step[] {
  return [100, `You said: ${questionOf(messages)}`]
}
