import { expect, it } from 'vitest'
import { cutOffNotes, interruptedNote, introduction, lateNote, notices } from '#bench/chaos/checker/words.ts'
import { turnId } from '#src/core/ids.ts'
import * as words from '#src/engine/words.ts'
import { createConsent } from '#src/observer/consent.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aPerson, dm } from '#test/support/an-event.ts'

it('the checker has its own copy of the words that may stand at the end, and it is exact', async () => {
  expect(notices).toEqual([words.restingNotice, words.offerNotice])
  expect(lateNote).toBe(words.lateNote)
  using store = openStore({ path: ':memory:' })
  const consent = createConsent({ preferences: store.preferences, mode: 'on' })
  expect(introduction).toBe((await consent.introduction(aPerson('Mira').id, dm, turnId('1')))?.note)
  expect(interruptedNote).toBe(words.interruptedNote)
  expect(cutOffNotes).toEqual([words.cutOffNote, words.abandonedNote])
})
