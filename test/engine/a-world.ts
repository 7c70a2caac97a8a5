import type { MessageEvent } from '#src/core/event.ts'
import type { ChatRequest } from '#src/core/model.ts'
import { conversationOf } from '#src/core/place.ts'
import type { PlaceRead } from '#src/core/platform.ts'
import type { Platform } from '#src/engine/platform.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { anEvent, type EventSketch } from '#test/support/an-event.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { type RecordingOptions, RecordingSurface } from '#test/support/recording-surface.ts'
import type { Step } from '#test/support/scripted-model.ts'
import { aHouse, type HouseOptions } from './a-house.ts'
import { aLife, type Life } from './a-life.ts'

export const minute = 60_000
export const notice = 'Aeries is resting. Try again in a moment.'

/** What outlives a process: the database, the platform with what it shows, the clock on the wall. */
export function aWorld(options: Partial<RecordingOptions> = {}) {
  const clock = new ManualClock()
  const store = openStore({ path: ':memory:' })
  const surface = new RecordingSurface({ clock, ...options })
  /** What a look back finds, one after the other; a promise takes its time. */
  const missed: (MessageEvent | PlaceRead | Promise<never>)[] = []
  const asked: { since: Date; places: number; readUntil: ReadonlyMap<string, Date> }[] = []
  const platform: Platform = {
    platform: 'test',
    surface: () => surface,
    async *missed({ since, places, readUntil = new Map() }) {
      asked.push({ since, places: places.length, readUntil: new Map(readUntil) })
      yield* missed
    },
  }
  const say = (sketch: Omit<EventSketch, 'surface'> = {}) => anEvent({ at: clock.now(), ...sketch, surface })
  let life: Life | undefined
  /** A process from its start on. The one before is killed, in the middle of whatever it does. */
  const start = async (script?: (request: ChatRequest) => readonly Step[], options: HouseOptions = {}) => {
    life?.kill()
    const own = aLife()
    life = own
    const platforms = [{ ...platform, surface: () => own.lent(surface) }]
    const house = aHouse(script, { clock, store, platforms, life: own, ...options })
    await house.engine.recall()
    house.engine.resume('test')
    const hear = async (event: MessageEvent) => {
      house.engine.event(event)
      await clock.advance(0)
    }
    return { ...house, hear }
  }
  return { clock, store, surface, missed, asked, say, start }
}

/** A process that got this far and was killed. */
export async function begun(world: ReturnType<typeof aWorld>, text: string, shown: boolean) {
  const { store, surface, say } = world
  const event = say({ text: 'tell me' })
  const { surface: _, type: __, ...asked } = event
  await store.turns.receive(asked)
  const id = await store.turns.begin(conversationOf(event.place), event.person.id, [event.key], event.at)
  if (text !== '') await store.turns.draft(id, { text, end: undefined })
  if (shown) {
    const write = { key: `${id}:0`, part: 0, phase: 'first', text: text === '' ? notice : text } as const
    const outcome = await surface.write(write, new AbortController().signal)
    if (outcome.outcome === 'written') await store.turns.shown(id, 0, outcome.message)
  }
  return { id, event, asked }
}
