import { describe, expect, it } from 'vitest'
import type { GoneEvent } from '#src/core/event.ts'
import { eventKey } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Platform } from '#src/engine/platform.ts'
import { aHouse } from '#test/engine/a-house.ts'
import { channel, dm } from '#test/support/an-event.ts'
import { RecordingSurface } from '#test/support/recording-surface.ts'

const left = (sketch: Partial<GoneEvent> = {}): GoneEvent => ({
  type: 'gone',
  key: eventKey('test', 'gone', 'general'),
  platform: 'test',
  workspace: 'harbour',
  channel: 'general',
  thread: undefined,
  at: new Date(),
  ...sketch,
})

describe('a place that is gone', () => {
  it('is forgotten, and nothing else is', async () => {
    const { clock, engine, hear, store } = aHouse()
    hear({ place: channel })
    hear({ place: { ...channel, thread: 'quay' } })
    hear()
    await clock.advance(5_000)
    engine.event(left())
    await clock.advance(5_000)
    expect(await store.history.knows(conversationOf(channel))).toBe(false)
    expect(await store.history.knows(conversationOf({ ...channel, thread: 'quay' }))).toBe(false)
    expect(await store.history.knows(conversationOf(dm))).toBe(true)
  })

  it('is gone once, however often the platform tells it', async () => {
    const { clock, engine, hear, store } = aHouse()
    engine.event(left({ channel: undefined }))
    await clock.advance(5_000)
    hear({ place: channel })
    await clock.advance(5_000)
    engine.event(left({ channel: undefined }))
    await clock.advance(5_000)
    expect(await store.history.knows(conversationOf(channel))).toBe(true)
  })

  it('ends the answers that are written there, and leaves no open turn', async () => {
    const { clock, engine, hear, store, model } = aHouse(() => ['It began', 60_000, ' and went on.'])
    hear({ place: channel })
    await clock.advance(2_000)
    engine.event(left())
    await clock.advance(5_000)
    expect(model.aborted).toBe(1)
    expect(await store.turns.open()).toEqual([])
    expect(await store.history.knows(conversationOf(channel))).toBe(false)
  })

  it('is never all of a platform', async () => {
    const { clock, engine, hear, store } = aHouse()
    hear()
    await clock.advance(5_000)
    engine.event(left({ workspace: undefined, channel: undefined }))
    await clock.advance(5_000)
    expect(await store.history.knows(conversationOf(dm))).toBe(true)
  })
})

describe('workspaces that took Aeries out while it was away', () => {
  it('are forgotten at the start', async () => {
    const { known } = await restarted(['harbour'])
    expect(known).toEqual([true, false])
  })

  it('are kept when it is in none that it knows, and the log says why', async () => {
    const { known, log } = await restarted(['somewhere else'])
    expect(known).toEqual([true, true])
    expect(log.lines.map(({ event }) => event)).toContain('Aeries is in none of the places that it was in before')
  })
})

/** What a process with the words of two workspaces finds when the platform tells of these. */
async function restarted(workspaces: readonly string[]) {
  const platform: Platform = {
    platform: 'test',
    surface: () => new RecordingSurface({ clock }),
    async *missed() {},
    workspaces: () => workspaces,
  }
  const { clock, engine, hear, store, log } = aHouse(undefined, { platforms: [platform] })
  const places = [channel, { ...channel, workspace: 'lighthouse' }]
  for (const place of places) hear({ place })
  await clock.advance(5_000)
  engine.resume('test')
  await clock.advance(5_000)
  return { known: await Promise.all(places.map(place => store.history.knows(conversationOf(place)))), log }
}

describe('words that are too old', () => {
  it('are taken out by and by while the service runs', async () => {
    const keepsDays = () => 1
    const house = {
      version: '1',
      model: 'm',
      modelAt: [],
      startedAt: new Date(),
      isModelThere: async () => true,
      keepsDays,
    }
    const { clock, engine, hear, store } = aHouse(undefined, { house })
    await engine.recall()
    hear({ at: clock.now() })
    await clock.advance(5_000)
    expect(await store.history.last(conversationOf(dm), 10)).toHaveLength(2)
    await clock.advance(26 * 3_600_000)
    expect(await store.history.last(conversationOf(dm), 10)).toEqual([])
    await engine[Symbol.asyncDispose]()
    expect(clock.pending).toBe(0)
  })
})
