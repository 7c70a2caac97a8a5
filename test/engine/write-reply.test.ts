import { describe, expect, it } from 'vitest'
import type { ModelEvent } from '#src/core/model.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import type { Step } from '#test/support/scripted-model.ts'
import { perform } from './perform-reply.ts'

describe('writeReply', () => {
  it('shows a short answer in one write', async () => {
    const { surface, reply } = perform(['Hi', ' there'])
    expect(await reply).toMatchObject({ outcome: 'done', text: 'Hi there' })
    expect(surface.film).toEqual(['0 ms: final #1 "Hi there"'])
  })

  it('lets words lie unread until a write takes them, and reads what they have grown to by then', async () => {
    const clock = new ManualClock()
    const { said, reads, ask } = growingWords(clock)
    const { surface, stop, reply } = perform([], { ask }, clock)
    await clock.advance(300)
    said.push('two')
    await clock.advance(99)
    expect(reads()).toBe(0)
    said.push('three')
    await clock.advance(5_000)
    expect(surface.film.at(-1)).toMatch(/interim #1 "Tea is made like this. one two three"/)
    expect(reads()).toBe(1)
    stop.abort(new Error('stopped'))
    expect(await reply).toMatchObject({ text: 'Tea is made like this. one two three' })
  })

  it('shows words that lie unread also when a timer rings a moment before they may be shown', async () => {
    const clock = new EarlyClock()
    const { ask } = growingWords(clock)
    const { surface, stop, reply } = perform([], { ask }, clock)
    await clock.advance(1_000)
    expect(surface.film.at(-1)).toMatch(/interim #1 "Tea is made like this. one"/)
    stop.abort(new Error('stopped'))
    await reply
  })

  it('gathers the first text for 150 ms and no longer', async () => {
    const { surface, clock, reply } = perform(['I', 100, ' think', 100, ' so', 2_000, ' too'])
    await clock.advance(149)
    expect(surface.film).toEqual([])
    await clock.advance(3_000)
    await reply
    expect(surface.film[0]).toBe('150 ms: first #1 "I think"')
    expect(surface.shown).toEqual(['I think so too'])
  })

  it('shows the first text at a sentence end or at 40 characters without waiting', async () => {
    const sentence = perform(['Yes. ', 1_000, 'Of course'])
    const long = perform(['a b c d e f g h i j k l m n o p q r s t u', 1_000, ' v'])
    await sentence.clock.advance(1)
    await long.clock.advance(1)
    expect(sentence.surface.film).toEqual(['0 ms: first #1 "Yes."'])
    expect(long.surface.film[0]).toMatch('0 ms: first #1 "a b c')
  })

  it('edits in an even step with the newest text, and the end at once', async () => {
    const steps = Array.from({ length: 40 }, (_, i): Step[] => [`word${i}. `, 100]).flat()
    const { surface, clock, reply } = perform(steps)
    await clock.advance(10_000)
    await reply
    const times = surface.film.map(line => Number.parseInt(line, 10))
    expect(times).toEqual([0, 400, 1_625, 2_850, 4_000])
    expect(surface.shown).toEqual([Array.from({ length: 40 }, (_, i) => `word${i}.`).join(' ')])
  })

  it('shows the words before a pause at once, and gathers those behind it for 400 ms', async () => {
    const words = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i): Step[] => [`word${from + i}. `, 100]).flat()
    const steps = [...words(0, 10), 200, '(pause)', 2_000, ...words(10, 15), 200, '(pause)', 1_000]
    const { surface, clock, reply } = perform(steps)
    await clock.advance(6_000)
    await reply
    expect(surface.film.map(line => line.replace(/"word0.* (\w+)\."/, '"… $1."'))).toEqual([
      '0 ms: first #1 "word0."',
      '400 ms: interim #1 "… word3."',
      '1200 ms: interim #1 "… word9."',
      '3600 ms: interim #1 "… word13."',
      // So soon after the first one, a second pause hurries nothing.
      '4825 ms: interim #1 "… word14."',
    ])
  })

  it('never waits for the platform with reading, and takes the text at the moment of sending', async () => {
    const steps = Array.from({ length: 20 }, (_, i): Step[] => [`w${i}. `, 10]).flat()
    const { surface, clock, reply } = perform(steps, { latencyMs: 5_000 })
    await clock.advance(20_000)
    await reply
    expect(surface.film).toHaveLength(2)
    expect(surface.film[1]).toMatch(/^10000 ms: final #1 "w0. w1. .* w19."$/)
  })

  it('writes nothing twice in a row', async () => {
    const { surface, clock, reply } = perform(['All said.', 5_000, ' ', 5_000, '\n'])
    await clock.advance(20_000)
    await reply
    expect(surface.film).toEqual(['0 ms: first #1 "All said."'])
  })

  it('is edited at most every 3 s when it is calm, and whole at its end at once', async () => {
    const steps = Array.from({ length: 80 }, (_, i): Step[] => [`word${i}. `, 100]).flat()
    const { surface, clock, reply } = perform(steps, { pace: 'calm' })
    await clock.advance(20_000)
    await reply
    expect(surface.film.map(line => Number.parseInt(line, 10))).toEqual([0, 3_000, 6_000, 8_000])
  })

  it('is posted once and whole when streaming is off', async () => {
    const { surface, clock, reply } = perform(['One. ', 5_000, 'Two.'], { pace: 'off' })
    await clock.advance(20_000)
    await reply
    expect(surface.film).toEqual(['5000 ms: final #1 "One. Two."'])
  })

  it('ends a model that says the same over and over, and tells the history only its first copy', async () => {
    const loop = 'and the sea is a sailor, '
    const steps = ['Once upon a time ', ...Array.from({ length: 200 }, (): Step[] => [loop, 20]).flat()]
    const { surface, model, clock, reply } = perform(steps)
    await clock.advance(60_000)
    const { text, outcome } = await reply
    expect(outcome).toBe('done')
    expect(text.trim()).toBe(`Once upon a time ${loop}`.trim())
    expect(surface.shown.at(-1)).toMatch(/\(Aeries began to repeat itself here and stopped.\)$/)
    expect(surface.shown.join('').length).toBeLessThan(2_000)
    expect(model.aborted).toBe(0)
  })

  it('says so under an answer that ran into its limit of length', async () => {
    const { surface, reply } = perform(['A long story', '(length)'])
    expect(await reply).toMatchObject({ outcome: 'done' })
    expect(surface.shown[0]).toMatch(/^A long story\n\(This is as long as one answer gets/)
  })
})

/** A sentence, and after 200 ms words that are what they have grown to when they are read. */
function growingWords(clock: ManualClock) {
  const said = ['one']
  let reads = 0
  const words = {
    type: 'text' as const,
    get text() {
      reads += 1
      return said.join(' ')
    },
  }
  const ask = async function* (signal: AbortSignal): AsyncIterable<ModelEvent> {
    yield { type: 'text', text: 'Tea is made like this. ' }
    await clock.sleep(200, signal)
    yield words
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  }
  return { said, reads: () => reads, ask }
}

/** Timers count by a clock of their own, so that one may ring a moment before the clock on the wall is as far. */
class EarlyClock extends ManualClock {
  override after(ms: number, call: () => void): Disposable {
    return super.after(ms > 1 ? ms - 1 : ms, call)
  }
}
