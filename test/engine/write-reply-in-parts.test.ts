import { describe, expect, it } from 'vitest'
import { nastyAnswer, seededRandom } from '#test/support/nasty-answer.ts'
import type { Step } from '#test/support/scripted-model.ts'
import { perform } from './perform-reply.ts'

describe('writeReply, of a long answer,', () => {
  it('splits a long answer into messages whose texts together are the answer', async () => {
    const text = Array.from({ length: 30 }, (_, i) => `Tide ${i} follows the moon, more or less, twice a day. `).join(
      '',
    )
    const { surface, clock, reply } = perform([text], { limit: 500 })
    await clock.advance(60_000)
    expect((await reply).messages).toHaveLength(surface.messages.size)
    expect(surface.messages.size).toBeGreaterThan(3)
    expect(surface.shown.join(' ').replace(/\s+/g, ' ')).toBe(text.trim())
    for (const shown of surface.shown) expect(shown.length).toBeLessThanOrEqual(500)
  })

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('never takes back a word that a message has shown (%i)', async seed => {
    const random = seededRandom(seed)
    const text = Array.from({ length: 12 }, (_, i) => nastyAnswer(seed * 100 + i, { maxLength: 1_500 })).join('\n\n')
    const steps: Step[] = []
    for (let at = 0; at < text.length; ) {
      const length = 1 + Math.floor(random() * 9)
      steps.push(text.slice(at, at + length), 25)
      at += length
    }
    const { surface, clock, reply } = perform(steps, { limit: 600, latencyMs: 60, channel: 'test:wide' })
    await clock.advance(600_000)
    await reply
    const seen = new Map<string, string>()
    for (const line of surface.film) {
      const [, id, json] = /#(\d+) (.*)$/.exec(line) as unknown as [string, string, string]
      const shown = JSON.parse(json) as string
      expect(shown.startsWith(seen.get(id) ?? '')).toBe(true)
      seen.set(id, shown)
    }
    expect(surface.film.length).toBeGreaterThan(surface.messages.size)
  })

  it('fills five messages and puts the rest into a file', async () => {
    const sentences = Array.from({ length: 300 }, (_, i) => `Sentence number ${i} of a very long story. `)
    const { surface, clock, reply } = perform(
      sentences.flatMap((text): Step[] => [text, 10]),
      { limit: 800 },
    )
    await clock.advance(60_000)
    await reply
    expect(surface.shown).toHaveLength(5)
    expect(surface.shown[4]).toMatch(/comes as a file/)
    expect((await reply).messages).toHaveLength(6)
    const words = (text: string) =>
      text
        .replace(/\n\(The rest.*\)/, '')
        .replace(/\s+/g, ' ')
        .trim()
    expect(words([...surface.shown, ...surface.files].join(' '))).toBe(sentences.join('').trim())
  })

  it('puts the rest into further messages where no file is taken', async () => {
    const sentences = Array.from({ length: 300 }, (_, i) => `Sentence number ${i} of a very long story. `)
    const { surface, clock, reply } = perform(
      sentences.flatMap((text): Step[] => [text, 10]),
      { limit: 800, files: false },
    )
    await clock.advance(120_000)
    const { outcome } = await reply
    expect(outcome).toBe('done')
    expect(surface.shown.join(' ').replace(/\s+/g, ' ').trim()).toBe(sentences.join('').trim())
  })

  it('goes on showing whole sentences near the end of a message, also when it waited without one', async () => {
    const begin = Array.from({ length: 140 }, (_, i) => `word${i}${i % 6 === 5 ? '. ' : ' '}`).join('')
    const oneSentence = Array.from({ length: 60 }, (_, i): Step[] => [`long${i} `, 120]).flat()
    const sentences = Array.from({ length: 30 }, (_, i): Step[] => [`s${i} `, 150, 'tide. ', 150]).flat()
    const { surface, clock, reply } = perform([begin, ...oneSentence, ...sentences], { limit: 1_700 })
    await clock.advance(60_000)
    await reply
    const times = surface.film.map(line => Number.parseInt(line, 10))
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0))
    // The sentence that crosses the line goes on for 2.5 s; after it there is one every 300 ms.
    expect(Math.max(...gaps)).toBeLessThan(4_000)
  })
})
