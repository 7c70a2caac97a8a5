import { describe, expect, it } from 'vitest'
import { filmOf, messagesOf } from '#bench/stream/film.ts'
import { compareLetters, lettersOf } from '#bench/stream/letters.ts'
import type { ShownMessage } from '#bench/stream/stage.ts'

const message = (id: string, ...contents: readonly (readonly [at: number, content: string])[]): ShownMessage => ({
  id,
  frames: contents.map(([at, content]) => ({ at, content })),
  isDeleted: false,
  file: '',
})

describe('filmOf', () => {
  it('tells how much of an answer is before people, over all of its messages', () => {
    const messages = [message('1', [10, 'One **two**'], [30, 'One two.']), message('2', [40, 'Three']), message('3')]
    expect(filmOf(lettersOf('One two. Three four.'), messages)).toEqual([
      { at: 10, letters: 6 },
      { at: 30, letters: 6 },
      { at: 40, letters: 11 },
    ])
  })

  it('ends where the text goes wrong', () => {
    expect(filmOf('abcdef', [message('1', [10, 'abxdef'])])).toEqual([{ at: 10, letters: 2 }])
  })

  it('takes the words of a file for those of its message', () => {
    const file = { ...message('2', [20, 'The rest is a file']), file: 'Three four' }
    expect(filmOf(lettersOf('One two. Three four.'), [message('1', [10, 'One two.']), file])).toEqual([
      { at: 10, letters: 6 },
      { at: 20, letters: 15 },
    ])
  })
})

describe('messagesOf', () => {
  it('finds the messages of an answer among those of others, also the second part', () => {
    const all = [
      message('1', [1, '...'], [2, 'tale1x near a window']),
      message('2', [3, 'tale2x near a window']),
      message('3', [4, 'and over the long bridge']),
      message('4', [5, '...']),
    ]
    const found = messagesOf(lettersOf('tale1x near a window and over the long bridge'), all)
    expect(found.map(({ id }) => id)).toEqual(['1', '3'])
  })
})

describe('compareLetters', () => {
  it.each([
    { delivered: 'one two three', lost: 0, doubled: 0 },
    { delivered: '**one** two\n\nthree.', lost: 0, doubled: 0 },
    { delivered: 'one three', lost: 3, doubled: 0 },
    { delivered: 'one two', lost: 5, doubled: 0 },
    { delivered: 'one two two three', lost: 0, doubled: 3 },
    { delivered: '', lost: 11, doubled: 0 },
  ])('counts what "$delivered" lost and doubled', ({ delivered, lost, doubled }) => {
    expect(compareLetters('one two three', delivered)).toEqual({ lost, doubled })
  })
})
