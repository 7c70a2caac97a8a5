import { describe, expect, it } from 'vitest'
import { DefectError } from '#src/core/errors.ts'
import { type TurnId, turnId } from '#src/core/ids.ts'
import type { Draft, GrownReply } from '#src/core/turns.ts'
import { DraftBook } from '#src/engine/draft-book.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

const one = turnId('one')
const other = turnId('other')
const third = turnId('third')
const words = (text: string): Draft => ({ text, end: undefined })

/** What was told, each line a unit of work. */
function aLedger(gone?: TurnId) {
  const clock = new ManualClock()
  const told: string[] = []
  const take = (grown: readonly GrownReply[]) => {
    if (grown.some(({ turn }) => turn === gone)) throw new DefectError('it is closed')
    told.push(grown.map(({ turn, draft }) => `${turn}: ${draft.text}`).join(', '))
  }
  const book = new DraftBook({ draft: (turn, draft) => take([{ turn, draft }]), drafts: take }, clock)
  const put = async (turn: TurnId, text: string, isUrgent = false) => book.put(turn, words(text), isUrgent)
  return { clock, told, put }
}

describe('DraftBook', () => {
  it('tells at once what comes alone', async () => {
    const { clock, told, put } = aLedger()
    await put(one, 'Once')
    await clock.advance(10)
    await put(one, 'Once upon')
    expect(told).toEqual(['one: Once', 'one: Once upon'])
    expect(clock.pending).toBe(0)
  })

  it('tells together what comes within a moment, and lets nobody show it before', async () => {
    const { clock, told, put } = aLedger()
    await put(one, 'Once')
    let written = 0
    const both = [put(one, 'Once upon'), put(other, 'Upon')].map(put => put.then(() => (written += 1)))
    await clock.advance(9)
    expect([told, written]).toEqual([['one: Once'], 0])
    await clock.advance(1)
    await Promise.all(both)
    expect(told).toEqual(['one: Once', 'one: Once upon, other: Upon'])
    expect(clock.pending).toBe(0)
  })

  it('tells first words before all that waits', async () => {
    const { clock, told, put } = aLedger()
    await put(one, 'Once')
    const waits = put(one, 'Once upon')
    await put(other, 'Upon', true)
    expect(told).toEqual(['one: Once', 'other: Upon'])
    await clock.advance(10)
    await waits
    expect(told).toEqual(['one: Once', 'other: Upon', 'one: Once upon'])
    expect(clock.pending).toBe(0)
  })

  it('loses no other for one that the ledger does not take', async () => {
    const { clock, told, put } = aLedger(other)
    await put(one, 'Once')
    const all = Promise.allSettled([put(one, 'Once upon'), put(other, 'Upon'), put(third, 'A')])
    await clock.advance(10)
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(told).toEqual(['one: Once', 'one: Once upon', 'third: A'])
  })
})
