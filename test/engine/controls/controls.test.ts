import { describe, expect, it } from 'vitest'
import { openToAll, subjectOf } from '#src/core/access.ts'
import { UnavailableError } from '#src/core/errors.ts'
import { ignoredPreference } from '#src/core/ignored.ts'
import type { ChatRequest } from '#src/core/model.ts'
import { scopeOf } from '#src/core/preferences.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { questionOf } from '#test/engine/a-house.ts'
import { minute } from '#test/engine/a-world.ts'
import { aFile } from '#test/engine/files/a-file.ts'
import { channel, dm } from '#test/support/an-event.ts'
import { aDesk } from './a-desk.ts'

const numbered = (_: unknown, count: number) => [100, `Answer ${count}.`]
const wordsOf = (text: string) => text.match(/\S+\s*/g) ?? []
const long = () => ['Once upon a time. ', 5_000, 'The end.']

describe('🛑', () => {
  it('ends the answer for its asker: the words that are there stay, and say that they were stopped', async () => {
    const { house, react, say, surface, clock, history } = await aDesk(long)
    await say('tell me')
    await clock.advance(1_000)
    await react('🛑', 'added', { name: 'Jonas' })
    expect(house.model.aborted).toBe(0)
    const stoppedAt = clock.now().getTime()
    await react('🛑')
    expect(house.model.aborted).toBe(1)
    await clock.advance(1_500)
    expect(surface.shown).toEqual(['Once upon a time.\n(Stopped.)'])
    expect(house.turns.map(({ reply }) => reply.outcome)).toEqual(['stopped'])
    const last = Number(surface.film.at(-1)?.split(' ')[0])
    expect(last - (stoppedAt - new Date('2026-11-23T12:00:00.000Z').getTime())).toBeLessThanOrEqual(1_500)
    expect(await history()).toEqual(['Q: tell me', 'A: Once upon a time. '])
  })

  it('may be a message that says nothing else, which is no turn and ends what is given alone', async () => {
    const { house, say, tell, surface, clock, history } = await aDesk(long)
    await say('tell me')
    await clock.advance(1_000)
    const stop = await say('Stop!')
    await clock.advance(2_000)
    expect(surface.shown).toEqual(['Once upon a time.\n(Stopped.)'])
    await say('again')
    await tell(stop)
    await clock.advance(20_000)
    expect(house.turns.map(({ reply }) => reply.outcome)).toEqual(['stopped', 'done'])
    expect((await history()).filter(line => line.startsWith('Q'))).toEqual(['Q: tell me', 'Q: again'])
  })

  it('does not end what was asked after it was said, however late it is heard', async () => {
    const { say, surface, clock } = await aDesk(() => ['Half. ', 5_000, 'Whole.'])
    const before = clock.now()
    await clock.advance(1_000)
    await say('tell me')
    await clock.advance(1_000)
    await say('stop', { at: before })
    await clock.advance(10_000)
    expect(surface.shown).toEqual(['Half. Whole.'])
  })

  it('is not "wait", which is asked next', async () => {
    const { house, say, clock } = await aDesk(long)
    await say('tell me')
    await clock.advance(1_000)
    await say('wait')
    await clock.advance(30_000)
    expect(house.turns.map(({ reply }) => reply.outcome)).toEqual(['done', 'done'])
  })
})

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

describe('▶️', () => {
  it('goes on with an answer that was stopped, in place', async () => {
    const { house, react, say, surface, clock, history } = await aDesk((_, count) =>
      count === 0 ? long() : ['there was more.'],
    )
    await say('tell me')
    await clock.advance(1_000)
    await react('🛑')
    await clock.advance(2_000)
    await react('▶️', 'added', { name: 'Jonas' })
    await react('▶️')
    await clock.advance(5_000)
    expect(surface.shown).toEqual(['Once upon a time. there was more.'])
    expect(house.model.requests.map(({ begun }) => begun)).toEqual([undefined, 'Once upon a time. '])
    expect(await history()).toEqual(['Q: tell me', 'A: Once upon a time. there was more.'])
  })

  it('goes on with one that hit its length, with as much room again, and not with a whole one', async () => {
    const { house, react, say, surface, clock } = await aDesk((_, count) =>
      count === 0 ? [Array.from({ length: 600 }, (_, at) => `Word ${at}. `).join(''), '(length)'] : ['And so on.'],
    )
    await say('count')
    await clock.advance(20_000)
    await react('▶️')
    await clock.advance(20_000)
    expect(surface.shown.join('')).toContain('Word 599. And so on.')
    expect(surface.shown.join('')).not.toContain('as long as one answer gets')
    expect(house.model.requests[1]?.maxTokens).toBeGreaterThan(900)
    await react('▶️')
    await clock.advance(5_000)
    expect(house.model.requests).toHaveLength(2)
  })
})

describe('🗑️', () => {
  it('takes the answer off the platform and out of prompts, for its asker', async () => {
    const { house, react, say, surface, clock, history } = await aDesk(numbered)
    await say('something silly')
    await clock.advance(1_000)
    await react('🗑️', 'added', { name: 'Jonas' })
    expect(surface.shown).toEqual(['Answer 0.'])
    await react('🗑️')
    await clock.advance(1_000)
    expect(surface.shown).toEqual([])
    await say('something else')
    await clock.advance(1_000)
    expect(house.model.requests[1]?.messages.map(({ content }) => content).join()).not.toMatch(/silly|Answer 0/)
    expect(await history()).toEqual(['Q: something else', 'A: Answer 1.'])
  })

  it('is a moderator’s, too, in a shared place, and of nobody else', async () => {
    const { react, say, surface, clock } = await aDesk(numbered)
    await say('hello', { place: channel })
    await clock.advance(1_000)
    await react('🗑️', 'added', { name: 'Jonas', place: channel })
    await react('🗑️', 'added', { name: 'Jonas', place: { ...channel, workspace: 'elsewhere' }, standing: 'admin' })
    await clock.advance(1_000)
    expect(surface.shown).toEqual(['Answer 0.'])
    await react('🗑️', 'added', { name: 'Jonas', place: channel, standing: 'moderator' })
    await clock.advance(1_000)
    expect(surface.shown).toEqual([])
  })

  it('ends an answer that is being written', async () => {
    const { house, react, say, surface, clock, history, store } = await aDesk(long)
    await say('tell me')
    await clock.advance(1_000)
    await react('🗑️')
    await clock.advance(10_000)
    expect(surface.shown).toEqual([])
    expect(house.model.aborted).toBe(1)
    expect(await store.turns.open()).toEqual([])
    expect(await history()).toEqual([])
  })

  it('that a crash interrupts is done after the next start', async () => {
    const desk = await aDesk(numbered)
    const { say, surface, clock, store, shownAs } = desk
    await say('hello')
    await clock.advance(1_000)
    const turn = await store.turns.showing(shownAs())
    if (turn) await store.revisions.withdraw(turn, clock.now())
    expect(surface.shown).toEqual(['Answer 0.'])
    await desk.restart()
    await clock.advance(1_000)
    expect(surface.shown).toEqual([])
    expect(await store.revisions.removals('test')).toEqual([])
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

it('gives whoever wants to be left alone no other answer, and still lets them delete the one that is there', async () => {
  const { house, say, tap, store, surface, clock } = await aDesk(numbered)
  const { person } = await say('tell me')
  await clock.advance(1_000)
  await store.preferences.choose(ignoredPreference, scopeOf(person.id), 'on')
  expect(await tap('control:regenerate')).toEqual([expect.stringContaining('`/aeries ignore off`')])
  expect(house.model.requests).toHaveLength(1)
  expect(await tap('control:delete')).toEqual([])
  expect(surface.shown).toEqual([])
})

it('does nothing for somebody who was denied by name since, and tells them nothing, whether they react or tap', async () => {
  const { house, say, react, tap, store, surface, clock } = await aDesk(numbered)
  const { person } = await say('tell me')
  await clock.advance(1_000)
  const film = surface.film.length
  await store.accessRules.rule(workspaceOf(dm), subjectOf('person', person.id), 'deny', person.id, clock.now())
  await react('🔁')
  await clock.advance(5_000)
  expect(await tap('control:regenerate')).toEqual([])
  expect(house.model.requests).toHaveLength(1)
  expect(surface.film).toHaveLength(film)
})

it('lets nobody else work its buttons, which tell them nothing', async () => {
  const { house, say, tap, surface, clock } = await aDesk(numbered)
  await say('tell me')
  await clock.advance(1_000)
  for (const control of ['stop', 'regenerate', 'continue', 'delete']) {
    expect(await tap(`control:${control}`, { name: 'Jonas', standing: 'admin' })).toEqual([])
  }
  expect(house.model.requests).toHaveLength(1)
  expect(surface.shown).toHaveLength(1)
})

describe('limits', () => {
  it('hold for answers that are asked for anew, which count as a message each', async () => {
    const limits = { perMinute: 2, perDay: 0, characters: 0, tokensPerDay: 0 }
    const { house, react, say, clock } = await aDesk(numbered, { access: { ...openToAll, limits } })
    await say('tell me')
    await clock.advance(1_000)
    await react('🔁')
    await clock.advance(1_000)
    expect(house.turns).toHaveLength(2)
    await react('🔁', 'removed')
    await react('🔁')
    await clock.advance(1_000)
    expect(house.model.requests).toHaveLength(2)
    await clock.advance(minute)
    await react('🔁', 'removed')
    await react('🔁')
    await clock.advance(1_000)
    expect(house.model.requests).toHaveLength(3)
  })
})
