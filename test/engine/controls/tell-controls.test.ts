import { expect, it } from 'vitest'
import { eventKey } from '#src/core/ids.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aLearning } from '#test/engine/a-learning.ts'
import { minute } from '#test/engine/a-world.ts'
import { aPerson, dm } from '#test/support/an-event.ts'
import { aDesk } from './a-desk.ts'

const words = (many: number) => Array.from({ length: many }, (_, at) => `word${at} `).join('')
const mira = aPerson('Mira').id

async function desk(answers: readonly number[]) {
  const { parts } = aLearning(openStore({ path: ':memory:' }).preferences)
  const learnt = await aDesk((_, count) => [words(answers[count] ?? 100), 60_000, 'The end.'], { learning: parts })
  const { clock, store, say } = learnt
  const signals = async () =>
    (await store.ownData.signals(mira)).map(({ kind, key, value, weight }) => [kind, key, value, weight])
  return {
    ...learnt,
    consent: parts.consent,
    signals,
    /** Asks, waits till the words stand there, and says that it is enough. */
    async stopped(by: '🛑' | 'stop' | 'button' = '🛑') {
      await say('tell me')
      await clock.advance(2_000)
      const message = learnt.shownAs(learnt.surface.messages.size - 1)
      if (by === '🛑') await learnt.react('🛑', 'added', { message })
      else if (by === 'stop') await say('stop')
      else {
        const control = { type: 'stop', message } as const
        const key = eventKey('test', 'stop', '1')
        const respond = async () => {}
        await learnt.tell({
          type: 'control',
          key,
          place: dm,
          person: aPerson('Mira'),
          at: clock.now(),
          control,
          respond,
        })
      }
      await clock.advance(5_000)
    },
  }
}

const tooLong = [
  ['stopped', 'reply_length', 'long', -0.7],
  ['stopped', 'reply_length', 'short', 0.7],
]

it.for(['🛑', 'stop', 'button'] as const)('%s on an answer of which much was read says that it is long', async by => {
  const { stopped, signals, house } = await desk([80])
  await stopped(by)
  expect(house.turns.map(({ reply }) => reply.outcome)).toEqual(['stopped'])
  expect(await signals()).toEqual(tooLong)
})

it('a stop soon after the first words says nothing', async () => {
  const { stopped, signals } = await desk([50])
  await stopped()
  expect(await signals()).toEqual([])
})

it('much is what is much of the answers that this person usually has there', async () => {
  const { say, clock, stopped, signals } = await desk([20, 20, 20, 16])
  for (let at = 0; at < 3; at += 1) {
    await say('tell me')
    await clock.advance(2 * minute)
  }
  await stopped()
  expect(await signals()).toEqual(tooLong)
})

it('another try is wanted because of the quality, as far as anybody can tell, until it is taken back', async () => {
  const { say, clock, react, signals } = await desk([200, 200])
  await say('tell me')
  await clock.advance(2 * minute)
  await react('🔁')
  await clock.advance(2 * minute)
  expect(await signals()).toEqual([['regenerated', 'quality', 'good', -1]])
  await react('🔁', 'removed')
  await clock.advance(minute)
  expect(await signals()).toEqual([])
})

it('nothing is learnt from a control during a pause', async () => {
  const { say, clock, react, stopped, signals, consent } = await desk([10, 80, 80])
  await consent.pause(mira, new Date('2100-01-01'))
  await say('tell me')
  await clock.advance(2 * minute)
  await react('🔁')
  await clock.advance(2 * minute)
  await stopped()
  expect(await signals()).toEqual([])
})
