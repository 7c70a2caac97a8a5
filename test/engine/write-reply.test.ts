import { describe, expect, it } from 'vitest'
import { UnavailableError } from '#src/core/errors.ts'
import type { ModelEvent } from '#src/core/model.ts'
import { untold } from '#src/core/telemetry.ts'
import { ShuttingDown } from '#src/engine/interruption.ts'
import { ReplyTimes } from '#src/engine/reply-times.ts'
import type { Pace } from '#src/engine/view-parts.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { writeReply } from '#src/engine/write-reply.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { nastyAnswer, seededRandom } from '#test/support/nasty-answer.ts'
import { type RecordingOptions, RecordingSurface } from '#test/support/recording-surface.ts'
import { ScriptedModel, type Step } from '#test/support/scripted-model.ts'

function perform(
  steps: readonly Step[],
  options: Partial<RecordingOptions & { pace: Pace; ask: (signal: AbortSignal) => AsyncIterable<ModelEvent> }> = {},
  clock = new ManualClock(),
) {
  const surface = new RecordingSurface({ clock, ...options })
  const model = new ScriptedModel(clock, () => steps)
  const log = new KeptLog()
  const stop = new AbortController()
  const abort = new AbortController()
  const writing: string[] = []
  const request = { conversation: 'c' as never, person: 'p' as never, tag: 't', messages: [], maxTokens: 10 }
  const written = writeReply(
    {
      key: 't',
      surface,
      pace: options.pace ?? 'live',
      budget: new WriteBudget(clock),
      clock,
      log,
      times: new ReplyTimes({ telemetry: untold, clock }),
      ask: options.ask ?? ((signal): AsyncIterable<ModelEvent> => model.stream(request, signal)),
      stop: stop.signal,
      explain: (_, hasWords) => ({ outcome: hasWords ? 'cut off' : 'failed', words: hasWords ? 'cut' : 'resting' }),
      isOfAnother: () => false,
      onWriting: () => writing.push('writing'),
      onDraft: () => {},
      onShown: (part, message) => void writing.push(`part ${part} is ${message}`),
      remove: async message => void (await surface.remove(message)),
    },
    abort.signal,
  )
  const reply = written.then(({ reply }) => reply)
  reply.catch(() => {})
  return { surface, model, log, stop, abort, writing, clock, reply, written }
}

describe('writeReply', () => {
  it('shows a short answer in one write', async () => {
    const { surface, reply } = perform(['Hi', ' there'])
    expect(await reply).toMatchObject({ outcome: 'done', text: 'Hi there' })
    expect(surface.film).toEqual(['0 ms: final #1 "Hi there"'])
  })

  it('lets words lie unread until a write takes them, and reads what they have grown to by then', async () => {
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
    const clock = new ManualClock()
    const { surface, stop, reply } = perform([], { ask }, clock)
    await clock.advance(300)
    said.push('two')
    await clock.advance(99)
    expect(reads).toBe(0)
    said.push('three')
    await clock.advance(5_000)
    expect(surface.film.at(-1)).toMatch(/interim #1 "Tea is made like this. one two three"/)
    expect(reads).toBe(1)
    stop.abort(new Error('stopped'))
    expect(await reply).toMatchObject({ text: 'Tea is made like this. one two three' })
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
    expect(times).toEqual([0, 400, 1_650, 2_900, 4_000])
    expect(surface.shown).toEqual([Array.from({ length: 40 }, (_, i) => `word${i}.`).join(' ')])
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

  it('repeats a lost send under its key, so that one message stands there, with the whole text in the end', async () => {
    const fate = (_: unknown, count: number) => (count === 0 ? ('lost' as const) : undefined)
    const { surface, clock, reply } = perform(['One. ', 100, 'Two. ', 100, 'Three.'], { fate })
    await clock.advance(10_000)
    expect(await reply).toMatchObject({ outcome: 'done' })
    expect(surface.shown).toEqual(['One. Two. Three.'])
  })

  it('repeats a lost send though more has come meanwhile and another bucket would be next', async () => {
    const away = { outcome: 'unknown', cause: new Error('reset') } as const
    const steps: Step[] = [
      'One. ',
      50,
      ...Array.from({ length: 60 }, (_, i): Step[] => [`more words ${i}. `, 20]).flat(),
    ]
    const { surface, clock, reply } = perform(steps, { limit: 300, fate: (_, count) => (count < 3 ? away : undefined) })
    await clock.advance(60_000)
    expect(await reply).toMatchObject({ outcome: 'done' })
    expect(surface.shown.join(' ')).toMatch(/^One\. more words 0\./)
  })

  it('lands the last text after a platform that was away comes back', async () => {
    const away = { outcome: 'unknown', cause: new Error('502') } as const
    const { surface, clock, reply } = perform(['One. ', 100, 'Two.'], {
      fate: (_, count) => (count > 0 && count < 6 ? away : undefined),
    })
    await clock.advance(30_000)
    expect(await reply).toMatchObject({ outcome: 'done' })
    expect(surface.shown).toEqual(['One. Two.'])
  })

  it('waits as long as a 429 says', async () => {
    const { surface, clock, reply } = perform(['One. ', 500, 'Two. ', 500, 'Three.'], {
      fate: (_, count) => (count === 1 ? { outcome: 'rate-limited', retryAfterMs: 3_000 } : undefined),
    })
    await clock.advance(10_000)
    await reply
    expect(surface.film).toEqual([
      '0 ms: first #1 "One."',
      '500 ms: interim rate-limited',
      '3500 ms: final #1 "One. Two. Three."',
    ])
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

  it('leaves what was seen when it is ended by a shutdown that cannot wait', async () => {
    const { abort, clock, reply } = perform(['One. ', 100, 'Two', 60_000, ' three'])
    await clock.advance(50)
    abort.abort(new ShuttingDown())
    expect(await reply).toMatchObject({ outcome: 'cut off', text: 'One. ' })
    await clock.advance(1)
    expect(clock.pending).toBe(0)
  })

  it('stops asking when the message is gone', async () => {
    const { model, clock, reply } = perform(['One. ', 5_000, 'Two. ', 5_000, 'Three.'], {
      fate: (_, count) => (count === 1 ? { outcome: 'gone', cause: undefined } : undefined),
    })
    await clock.advance(6_000)
    expect(await reply).toMatchObject({ outcome: 'stopped' })
    expect(model.aborted).toBe(1)
  })

  it('puts the notice in the place of an answer that never came, once', async () => {
    const { surface, reply } = perform([new UnavailableError('away')])
    expect(await reply).toMatchObject({ outcome: 'failed', text: '' })
    expect(surface.film).toEqual(['0 ms: final #1 "resting"'])
  })

  it('keeps the words of an answer that broke, and says so under them', async () => {
    const { surface, clock, reply } = perform(['One. ', 100, 'Two', 2_000, new UnavailableError('cut')])
    await clock.advance(3_000)
    expect(await reply).toMatchObject({ outcome: 'cut off', text: 'One. Two' })
    expect(surface.shown).toEqual(['One. Two\n(cut)'])
  })

  it('says so under an answer that ran into its limit of length', async () => {
    const { surface, reply } = perform(['A long story', '(length)'])
    expect(await reply).toMatchObject({ outcome: 'done' })
    expect(surface.shown[0]).toMatch(/^A long story\n\(This is as long as one answer gets/)
  })

  it('writes nothing once it is aborted, even with words at hand', async () => {
    const { surface, abort, writing, clock, reply } = perform(['I', 100, ' am', 1_000])
    await clock.advance(100)
    abort.abort(new Error('asked anew'))
    await clock.advance(2_000)
    await expect(reply).rejects.toThrow('asked anew')
    expect(surface.film).toEqual([])
    expect(writing).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('lands what is there when it is told to stop', async () => {
    const { surface, stop, clock, reply } = perform(['One. Two', 5_000, ' three'])
    await clock.advance(10)
    stop.abort(new Error('stop'))
    await clock.advance(1_000)
    expect(await reply).toMatchObject({ outcome: 'cut off', text: 'One. Two' })
    expect(surface.shown).toEqual(['One. Two\n(cut)'])
  })
})
