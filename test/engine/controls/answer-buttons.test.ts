import { describe, expect, it } from 'vitest'
import { eventKey } from '#src/core/ids.ts'
import { aHouse, type HouseOptions } from '#test/engine/a-house.ts'
import { channel, dm } from '#test/support/an-event.ts'
import type { Step } from '#test/support/scripted-model.ts'

const answer = () => ['Once upon a time there was. ', 5_000, 'The end.']
const withButtons = (script: () => readonly Step[], options: HouseOptions = {}) =>
  aHouse(script, { ...options, buttons: 'dm' })

describe('the buttons of an answer in a DM', () => {
  it('stop it while it grows, and then give another one or delete it', async () => {
    const { clock, hear } = withButtons(answer)
    const { surface } = hear({ text: 'tell me' }, { growsWithButtons: true })
    await clock.advance(1_000)
    expect(surface.shown).toEqual(['Once upon a time there was.\n[🛑 Stop]'])
    await clock.advance(10_000)
    expect(surface.shown).toEqual(['Once upon a time there was. The end.\n[🔁 Try again]\n[🗑️ Delete]'])
  })

  it('come with the last words alone where none may stand under growing ones', async () => {
    const { clock, hear } = withButtons(answer)
    const { surface } = hear({ text: 'tell me' })
    await clock.advance(1_000)
    expect(surface.shown).toEqual(['Once upon a time there was.'])
  })

  it('are put right when the last words stood there already', async () => {
    const { clock, hear } = withButtons(() => ['Once upon a time there was an answer that is whole.', 3_000])
    const { surface } = hear({ text: 'tell me' }, { growsWithButtons: true })
    await clock.advance(10_000)
    expect(surface.film.map(line => line.split(': ')[1]?.split(' ')[0])).toEqual(['first', 'final'])
    expect(surface.shown[0]).toMatch(/\n\[🔁 Try again\]\n\[🗑️ Delete\]$/)
  })

  it('stop it, and offer to go on then', async () => {
    const { clock, hear, engine, model, turns } = withButtons(answer)
    const { surface, event } = hear({ text: 'tell me' }, { growsWithButtons: true })
    await clock.advance(1_000)
    const [message] = surface.messages.keys()
    if (message === undefined) throw new Error('nothing stands there')
    const { person, at } = event
    const control = { type: 'button', action: surface.buttons[0]?.action ?? '', message } as const
    const key = eventKey('test', 'tap', '1')
    engine.event({ type: 'control', key, place: dm, person, at, control, respond: async () => {} })
    await clock.advance(2_000)
    expect(model.aborted).toBe(1)
    expect(turns.map(({ reply }) => reply.outcome)).toEqual(['stopped'])
    expect(surface.shown).toEqual(['Once upon a time there was.\n(Stopped.)\n[▶️ Go on]\n[🔁 Try again]\n[🗑️ Delete]'])
  })

  it('are nowhere else', async () => {
    const { clock, hear } = withButtons(answer)
    const { surface } = hear({ text: 'tell me', place: channel }, { growsWithButtons: true })
    await clock.advance(10_000)
    expect(surface.buttons).toEqual([])
  })
})
