import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conversationOf, type Place } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import type { Asked, Turn } from '#src/core/turn.ts'
import { anAsked, aReply, begun, exchanged, lines } from './an-asked.ts'
import { aPerson, channel, dm } from './an-event.ts'
import type { StoreHome } from './store-home.ts'

const inDm = conversationOf(dm)
const inChannel = conversationOf(channel)

export function orderContract(createHome: () => StoreHome): void {
  describe('order', () => {
    it('puts a reply directly behind its question, in front of what was asked while it was written', async () => {
      await using home = createHome()
      using store = await home.open()
      const ask = (at: number, name: string) =>
        begun(store, anAsked({ at, text: `${name} asks`, place: channel, person: aPerson(name) }))
      const [mira, jonas] = [await ask(1, 'Mira'), await ask(2, 'Jonas')]
      await store.turns.finish(jonas, aReply('to you, Jonas'), new Date())
      await store.turns.finish(mira, aReply('to you, Mira'), new Date())
      expect(lines(await store.history.window(inChannel, 10))).toEqual([
        'Mira: Mira asks',
        'Aeries to Mira: to you, Mira',
        'Jonas: Jonas asks',
        'Aeries to Jonas: to you, Jonas',
      ])
    })

    it('follows the clock of the platform, not the order of arrival', async () => {
      await using home = createHome()
      using store = await home.open()
      await exchanged(store, anAsked({ at: 200, text: 'later' }), 'second')
      await exchanged(store, anAsked({ at: 100, text: 'earlier, but it came late' }), 'first')
      expect(lines(await store.history.window(inDm, 10))).toEqual([
        'Mira: earlier, but it came late',
        'Aeries to Mira: first',
        'Mira: later',
        'Aeries to Mira: second',
      ])
    })

    it('puts the reply behind the last of several questions, whichever came first', async () => {
      await using home = createHome()
      using store = await home.open()
      const [last, first, joined] = [
        anAsked({ at: 3, text: 'c' }),
        anAsked({ at: 1, text: 'a' }),
        anAsked({ at: 2, text: 'b' }),
      ]
      const turn = await begun(store, last, first)
      await store.turns.receive(joined)
      await store.turns.join(turn.id, joined.key)
      await store.turns.finish(turn, aReply('abc'), new Date())
      expect(lines(await store.history.window(inDm, 10))).toEqual([
        'Mira: a',
        'Mira: b',
        'Mira: c',
        'Aeries to Mira: abc',
      ])
    })

    it('moves the reply behind a question that joins the turn', async () => {
      await using home = createHome()
      using store = await home.open()
      const turn = await begun(store, anAsked({ at: 1, text: 'a' }))
      const joined = anAsked({ at: 2, text: 'and b' })
      await store.turns.receive(joined)
      await store.turns.join(turn.id, joined.key)
      await store.turns.finish(turn, aReply('both'), new Date())
      expect(lines(await store.history.window(inDm, 10))).toEqual(['Mira: a', 'Mira: and b', 'Aeries to Mira: both'])
    })

    it('keeps every reply with its question, whatever comes in whatever order', async () => {
      await using home = createHome()
      using store = await home.open()
      let run = 0
      const check = (steps: readonly Step[]) => keepsOrder(store, { ...channel, channel: `run-${++run}` }, steps)
      await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 24 }), check), { numRuns: 100 })
    })
  })
}

/** Somebody asks at that time; a number instead answers one of the questions that are open then. */
const step = fc.oneof(
  fc.record({ at: fc.integer({ min: 0, max: 5 }), name: fc.constantFrom('Mira', 'Jonas', 'Wren') }),
  fc.nat({ max: 9 }),
)
type Step = number | Readonly<{ at: number; name: string }>

async function keepsOrder(store: Store, place: Place, steps: readonly Step[]): Promise<void> {
  const here = conversationOf(place)
  const asked: Asked[] = []
  const open: Turn[] = []
  const answered = new Set<Asked>()
  for (const one of steps) {
    if (typeof one !== 'number') {
      const { at, name } = one
      asked.push(anAsked({ at, text: `${asked.length}`, place, person: aPerson(name) }))
      open.push(await begun(store, asked.at(-1)!))
    } else if (open.length > 0) {
      const [turn] = open.splice(one % open.length, 1)
      answered.add(turn!.asked[0]!)
      await store.turns.finish(turn!, aReply(`to ${turn!.asked[0]!.message.text}`), new Date())
    }
  }
  // By time, in the same millisecond by arrival (a stable sort); an answer stands behind its question.
  const byTime = asked.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  const known = byTime.filter(one => answered.has(one))
  expect(await texts(store.history.window(here, 100))).toEqual(
    known.flatMap(({ message: { text } }) => [text, `to ${text}`]),
  )
  expect(await texts(store.history.last(here, 100))).toEqual(
    byTime.flatMap(one => (answered.has(one) ? [one.message.text, `to ${one.message.text}`] : [one.message.text])),
  )
  const positions = (await store.history.last(here, 100)).map(({ position }) => position)
  expect(positions.toSorted()).toEqual(positions)
}

async function texts(history: ReturnType<Store['history']['last']>): Promise<readonly string[]> {
  return (await history).map(({ text }) => text)
}
