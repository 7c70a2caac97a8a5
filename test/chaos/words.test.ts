import { expect, it } from 'vitest'
import { cutOffNotes, interruptedNote, lateNote, notices } from '#bench/chaos/checker/words.ts'
import * as words from '#src/engine/words.ts'

it('the checker has its own copy of the words that may stand at the end, and it is exact', () => {
  expect(notices).toEqual([words.restingNotice, words.offerNotice])
  expect(lateNote).toBe(words.lateNote)
  expect(interruptedNote).toBe(words.interruptedNote)
  expect(cutOffNotes).toEqual([words.cutOffNote, words.abandonedNote])
})
