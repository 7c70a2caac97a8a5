import { expect, it } from 'vitest'
import type { ModelEvent } from '#src/core/model.ts'
import type { Hear } from '#src/vllm/hear.ts'
import { HeardAnswer } from '#src/vllm/heard-answer.ts'
import { never } from './chat-client.ts'

const said = (text: string): ModelEvent => ({ type: 'text', text })

/** An answer that says what the test tells it to. */
function anAnswer() {
  const over = Promise.withResolvers<void>()
  let hear: Hear = () => {}
  let signal: AbortSignal = never
  const answer = new HeardAnswer((hears, ends) => {
    hear = hears
    signal = ends
    ends.addEventListener('abort', () => over.reject(ends.reason))
    return over.promise
  }, never)
  return { answer, over, say: (text: string) => hear(said(text)), isLeft: () => signal.aborted }
}

it('gives each word to who waits for it, and what nobody asked for as one piece', async () => {
  const { answer, say } = anAnswer()
  const first = answer.next()
  say('Tea')
  say(' it')
  say(' is.')
  expect(await first).toEqual({ done: false, value: said('Tea') })
  expect(await answer.next()).toEqual({ done: false, value: said(' it is.') })
})

it('tells what breaks it once, behind all of its words', async () => {
  const { answer, over, say } = anAnswer()
  const first = answer.next()
  say('Tea')
  await first
  say(' it')
  over.reject(new Error('cut'))
  expect(await answer.next()).toEqual({ done: false, value: said(' it') })
  await expect(answer.next()).rejects.toThrow('cut')
  expect(await answer.next()).toEqual({ done: true, value: undefined })
})

it('ends when its reader leaves, and has nothing more to say', async () => {
  const { answer, say, isLeft } = anAnswer()
  const first = answer.next()
  say('Tea')
  await first
  say(' it')
  await answer.return()
  expect(isLeft()).toBe(true)
  expect(await answer.next()).toEqual({ done: true, value: undefined })
})

it('is not asked for before somebody wants its first word', async () => {
  let asked = 0
  const answer = new HeardAnswer(async () => void asked++, never)
  await answer.return()
  await answer.next()
  expect(asked).toBe(0)
})
