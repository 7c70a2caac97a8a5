import { describe, expect, it } from 'vitest'
import { UnavailableError } from '#src/core/errors.ts'
import type { ChatRequest } from '#src/core/model.ts'
import { questionOf } from '#test/engine/a-house.ts'
import { minute } from '#test/engine/a-world.ts'
import { aFile } from '#test/engine/files/a-file.ts'
import { aDesk } from './a-desk.ts'
import { numbered } from './scripts.ts'

const wordsOf = (text: string) => text.match(/\S+\s*/g) ?? []

describe('🔁', () => {
  it('gives the newest answer anew in its place, and taking it back brings the earlier one back', async () => {
    const { house, react, say, surface, clock, history } = await aDesk(numbered)
    await say('hello')
    await clock.advance(1_000)
    await react('🔁', 'added', { name: 'Jonas' })
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Answer 0.'])
    await react('🔁')
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Answer 1.'])
    expect(await history()).toEqual(['Q: hello', 'A: Answer 1.'])
    expect(house.model.requests.map(({ seed }) => seed)).toEqual([undefined, 1])
    expect(house.model.requests[1]?.messages.map(({ content }) => content).join()).not.toContain('Answer 0.')
    await react('🔁', 'removed')
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Answer 0.'])
    expect(await history()).toEqual(['Q: hello', 'A: Answer 0.'])
    expect(house.model.requests).toHaveLength(2)
  })

  it('taken back while the new answer is written ends it, and brings the earlier text back byte for byte', async () => {
    const text = 'A *first* text,  with `code`.\n\n- and\n- a list'
    const { house, react, say, surface, clock, history } = await aDesk((_, count) =>
      count === 0 ? [text] : ['Another one. ', 5_000, 'Too late.'],
    )
    await say('hello')
    await clock.advance(5_000)
    const [before] = surface.shown
    await react('🔁')
    await clock.advance(1_000)
    expect(surface.shown).toEqual(['Another one.'])
    await react('🔁', 'removed')
    await clock.advance(10_000)
    expect(surface.shown).toEqual([before])
    expect(await history()).toEqual(['Q: hello', `A: ${text}`])
    expect(house.model.aborted).toBe(1)
  })

  it('answers with what was said before the question, not with what came after it', async () => {
    const { house, react, say, clock, shownAs, surface, history } = await aDesk(numbered)
    await say('first')
    await clock.advance(minute)
    await say('second')
    await clock.advance(minute)
    await say('third')
    await clock.advance(minute)
    await react('🔁', 'added', { message: shownAs(1) })
    await clock.advance(5_000)
    const words = house.model.requests.at(-1)?.messages.map(({ content }) => content.split('\n\n<')[0])
    expect(words?.slice(1)).toEqual(['first', 'Answer 0.', 'second'])
    expect(surface.shown).toEqual(['Answer 0.', 'Answer 1.', 'Answer 2.', 'Answer 3.'])
    expect(await history()).toEqual([
      ...['Q: first', 'A: Answer 0.', 'Q: second', 'A: Answer 3.', 'Q: third', 'A: Answer 2.'],
    ])
  })

  it('gives an older answer anew below it, which taking it back takes away again', async () => {
    const { react, say, surface, clock, history } = await aDesk(numbered)
    await say('hello')
    await clock.advance(16 * minute)
    await react('🔁')
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Answer 0.', 'Answer 1.'])
    expect(await history()).toEqual(['Q: hello', 'A: Answer 1.'])
    await react('🔁', 'removed')
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Answer 0.'])
    expect(await history()).toEqual(['Q: hello', 'A: Answer 0.'])
  })

  it('keeps the answer when the model gives no other', async () => {
    const { react, say, surface, clock, history } = await aDesk((_, count) =>
      count === 0 ? ['Answer 0.'] : [new UnavailableError('away')],
    )
    await say('hello')
    await clock.advance(1_000)
    await react('🔁')
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Answer 0.'])
    expect(await history()).toEqual(['Q: hello', 'A: Answer 0.'])
  })

  it('keeps the word that a first answer introduces Aeries with, also when the earlier answer comes back', async () => {
    const { react, say, surface, clock } = await aDesk(numbered, { mode: 'ask' })
    const asks = /\n\(Aeries is an AI\. May it learn.*\)\n\[Yes, learn\]\n\[No\]$/
    await say('hello')
    await clock.advance(1_000)
    expect(surface.shown[0]).toMatch(asks)
    await react('🔁')
    await clock.advance(5_000)
    expect(surface.shown[0]).toMatch(/^Answer 1\./)
    expect(surface.shown[0]).toMatch(asks)
    await react('🔁', 'removed')
    await clock.advance(5_000)
    expect(surface.shown[0]).toMatch(/^Answer 0\./)
    expect(surface.shown[0]).toMatch(asks)
    await say('and now?')
    await clock.advance(5_000)
    expect(surface.shown[1]).toBe('Answer 2.')
  })

  it('reads the files of the question once more, and keeps the word about those that it could not read', async () => {
    const { house, react, say, surface, clock } = await aDesk(numbered)
    await say('what is it?', { message: { files: [aFile('notes.txt', 'Bosun'), aFile('plan.pdf', '')] } })
    await clock.advance(1_000)
    const word = '(Files: not read: the file plan.pdf (only text and code files are read).)'
    expect(surface.shown).toEqual([`Answer 0.\n${word}`])
    await react('🔁')
    await clock.advance(5_000)
    expect(surface.shown).toEqual([`Answer 1.\n${word}`])
    expect(house.model.requests[1]?.messages.at(-1)?.content).toContain('> Bosun')
    await react('🔁', 'removed')
    await clock.advance(5_000)
    expect(surface.shown).toEqual([`Answer 0.\n${word}`])
  })

  it('that a crash interrupts is done after the next start, once', async () => {
    const desk = await aDesk((_, count) => (count === 0 ? ['Answer 0.'] : count === 1 ? ['Half ', 1e9] : [' whole.']))
    const { react, say, surface, clock, history } = desk
    await say('hello')
    await clock.advance(1_000)
    await react('🔁')
    await clock.advance(2_000)
    await desk.restart()
    await clock.advance(10_000)
    expect(surface.shown).toEqual(['Half  whole.'])
    expect(await history()).toEqual(['Q: hello', 'A: Half  whole.'])
  })
})

describe('a kill while another answer is given', () => {
  const second = 'Second answer, in many words that take their while to come, one behind the other.'
  const script = ({ begun = '', seed }: ChatRequest) =>
    seed === undefined ? ['First answer.'] : wordsOf(second.slice(begun.length)).flatMap(word => [word, 200])

  it.each([0, 1, 100, 250, 900, 2_000, 3_300, 10_000])('%s ms after 🔁 leaves one whole answer', async afterMs => {
    const desk = await aDesk(script)
    const { react, say, surface, clock, history } = desk
    await say('hello')
    await clock.advance(1_000)
    await react('🔁')
    await clock.advance(afterMs)
    await desk.restart()
    await clock.advance(20_000)
    expect(surface.shown).toEqual([second])
    expect(await history()).toEqual(['Q: hello', `A: ${second}`])
  })
})

it('answers as ever what is asked while another answer is given anew', async () => {
  const { react, say, surface, clock } = await aDesk(({ messages }, count) => [
    1_000,
    `${count}: ${questionOf(messages)}`,
  ])
  await say('one')
  await clock.advance(5_000)
  await react('🔁')
  await say('two')
  await clock.advance(10_000)
  expect(surface.shown).toEqual(['1: one', '2: two'])
})
