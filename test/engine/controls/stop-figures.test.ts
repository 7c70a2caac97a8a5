import { expect, it } from 'vitest'
import { aHouse } from '#test/engine/a-house.ts'
import { anEvent, dm } from '#test/support/an-event.ts'

/** To the last visible change of a stopped answer, with what Discord takes of one channel, five writes in five seconds. */
const lastChangeMs = 1_500

it.for(Array.from({ length: 25 }, (_, at) => 400 + at * 270))(
  'a stop after %i ms ends the request at once, and the words soon after',
  async stopAfterMs => {
    const words = Array.from({ length: 2_000 }, (_, at) => [25, `word${at} `]).flat()
    const { clock, engine, hear, model, turns } = aHouse(() => words)
    const { surface, event } = hear({ text: 'tell me' }, { latencyMs: 120 })
    await clock.advance(stopAfterMs)
    const stoppedAt = clock.now().getTime()
    engine.event({ ...anEvent({ surface, text: 'stop' }), person: event.person, place: dm })
    await clock.advance(0)
    expect(model.aborted).toBe(1)
    await clock.advance(60_000)
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['stopped'])
    const begun = stoppedAt - stopAfterMs
    const last = Number(surface.film.at(-1)?.split(' ')[0] ?? 0) + begun
    expect(last - stoppedAt).toBeLessThanOrEqual(lastChangeMs)
    expect(surface.shown.at(-1)).toMatch(/\bword\d+\n\(Stopped\.\)$/)
  },
)
