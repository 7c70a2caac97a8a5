import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { aSignal, aStatement } from '#test/support/a-lesson.ts'
import { aQueue, hangs, JobsInMemory, learnsNothing, setsBack } from './a-queue.ts'

describe('the queue of the observer', () => {
  it('works jobs off, oldest first, those that wait together as one, and says why nothing was learnt', async () => {
    const { queue, jobs, observed, clock, say, log } = aQueue()
    for (const text of ['one', 'two', 'three', 'four']) jobs.add(text, clock.now())
    await queue.start()
    await clock.advance(0)
    await clock.advance(0)
    expect(observed).toEqual([['one', 'two', 'three'], ['four']])
    say('five')
    await clock.advance(0)
    expect(observed.at(-1)).toEqual(['five'])
    expect(jobs.states).toEqual(['done', 'done', 'done', 'done', 'done'])
    expect(log.lines.at(-1)).toMatchObject({
      event: 'nothing was learnt from an exchange',
      fields: { why: 'nothing claimed' },
    })
    await queue[Symbol.asyncDispose]()
    expect(clock.pending).toBe(0)
  })

  it.each([
    [1, 1, 'learnt from an exchange', {}],
    [0, 1, 'only habits were learnt from an exchange', { noStatement: 'nothing claimed' }],
    [0, 0, 'nothing was learnt from an exchange', { why: 'nothing claimed' }],
  ])(
    'says of %i statements and %i signals in one event what came of it, and nothing else',
    async (statements, signals, event, fields) => {
      const { queue, clock, say, log, told } = aQueue({
        observe: async (job, signal) => {
          const observed = await learnsNothing(job, signal)
          const lesson = {
            ...observed.lesson,
            statements: Array.from({ length: statements }, () => aStatement()),
            signals: Array.from({ length: signals }, () => aSignal()),
          }
          return { ...observed, lesson, why: statements > 0 ? undefined : observed.why }
        },
      })
      say('hello')
      await clock.advance(0)
      const learnt = { jobs: 1, exchanges: 1, statements, signals, forgotten: 0 }
      expect(log.lines).toEqual([{ level: 'info', event, fields: { ...learnt, ...fields } }])
      expect(told).toMatchObject([{ outcome: statements + signals > 0 ? 'learnt' : 'nothing' }])
      await queue[Symbol.asyncDispose]()
    },
  )

  it('begins nothing while somebody waits for a reply, and a while after', async () => {
    const { queue, observed, clock, say } = aQueue()
    const [one, other] = [queue.claim(), queue.claim()]
    say('hello')
    await clock.advance(60_000)
    one[Symbol.dispose]()
    one[Symbol.dispose]()
    await clock.advance(60_000)
    expect(observed).toEqual([])
    other[Symbol.dispose]()
    await clock.advance(900)
    using _ = queue.claim()
    await clock.advance(60_000)
    expect(observed).toEqual([])
    _[Symbol.dispose]()
    await clock.advance(1_000)
    expect(observed).toEqual([['hello']])
  })

  it('ends what is running when a reply starts to wait, and puts it back without counting a try', async () => {
    let tries = 0
    const { queue, jobs, clock, say } = aQueue({
      observe: (job, signal) => (++tries === 1 ? hangs : learnsNothing)(job, signal),
    })
    say('hello')
    await clock.advance(0)
    expect(jobs.states).toEqual(['taken'])
    const claim = queue.claim()
    await clock.advance(0)
    expect(jobs.states).toEqual(['waiting'])
    claim[Symbol.dispose]()
    await clock.advance(1_000)
    expect(jobs.states).toEqual(['done'])
  })

  it('goes on beside as many replies as it is allowed to', async () => {
    const { queue, jobs, clock, say } = aQueue({ observe: hangs, cadence: { beside: 1 } })
    using _ = queue.claim()
    say('hello')
    await clock.advance(0)
    expect(jobs.states).toEqual(['taken'])
    using __ = queue.claim()
    await clock.advance(0)
    expect(jobs.states).toEqual(['waiting'])
  })

  it('tries a job that failed again and again, later each time, then gives it up with the reason', async () => {
    const { jobs, observed, clock, say } = aQueue({
      observe: async () => {
        throw new SyntaxError('Mira said: {')
      },
    })
    say('hello')
    await clock.advance(0)
    expect(jobs.states).toEqual(['waiting 1 SyntaxError'])
    await clock.advance(29_000)
    expect(observed).toHaveLength(1)
    await clock.advance(1_000 + 120_000 + 480_000 + 1_920_000)
    expect(observed).toHaveLength(5)
    expect(jobs.states).toEqual(['dead 4 SyntaxError'])
    await clock.advance(24 * 3_600_000)
    expect(observed).toHaveLength(5)
  })

  it('takes a job for failed that does not end in time, even if it does not heed being told', async () => {
    const { jobs, clock, say } = aQueue({ observe: () => new Promise(() => {}) })
    say('hello')
    await clock.advance(20_000)
    expect(jobs.states).toEqual(['waiting 1 not done after 20 s'])
  })

  it('holds it against no job that the model is away, and rests longer each time', async () => {
    let isAway = true
    const { jobs, observed, clock, say } = aQueue({
      observe: (job, signal) => (isAway ? setsBack('when back') : learnsNothing)(job, signal),
    })
    say('hello')
    await clock.advance(0)
    say('again')
    await clock.advance(4_999)
    expect(observed).toHaveLength(1)
    await clock.advance(3_600_000)
    expect(observed.length).toBeGreaterThan(10)
    expect(observed.length).toBeLessThan(25)
    expect(jobs.states).toEqual(['waiting', 'waiting'])
    isAway = false
    await clock.advance(300_000)
    expect(jobs.states).toEqual(['done', 'done'])
  })

  it('takes no exchange for done that the model did not answer for as it should, and keeps what was found without it', async () => {
    const { jobs, clock, say, events } = aQueue({ observe: setsBack('never') })
    say('hello')
    await clock.advance(0)
    expect(jobs.lessons).toHaveLength(1)
    expect(jobs.states).toEqual(['dead words'])
    expect(events().at(-1)).toBe('an exchange is given up: another try would bring the same')
  })

  it('tries once more where that may bring more', async () => {
    const { jobs, clock, say } = aQueue({ observe: setsBack('later') })
    say('hello')
    await clock.advance(0)
    expect(jobs.states).toEqual(['waiting 1 words'])
  })

  it('gives up what is too long ago, and the oldest when too many wait', async () => {
    const { queue, jobs, clock, events } = aQueue({ cadence: { mostWaiting: 2 } })
    const claim = queue.claim()
    for (const text of ['one', 'two', 'three']) jobs.add(text, clock.now())
    queue.wake()
    await clock.advance(25 * 3_600_000)
    expect(jobs.states).toEqual(['dead too many waited', 'waiting', 'waiting'])
    claim[Symbol.dispose]()
    await clock.advance(1_000)
    expect(jobs.states).toEqual(['dead too many waited', 'dead too long ago', 'dead too long ago'])
    expect(events()).toEqual([
      'nothing is learnt from the oldest exchanges: too many wait',
      'nothing is learnt from an exchange: it is too long ago',
    ])
  })

  it('does not read what was said by somebody who said no since', async () => {
    const { jobs, observed, clock, say, events } = aQueue({ allows: () => false })
    say('hello')
    await clock.advance(0)
    expect(observed).toEqual([])
    expect(jobs.states).toEqual(['done'])
    expect(jobs.lessons).toMatchObject([{ statements: [], signals: [] }])
    expect(events()).toEqual(['nothing is learnt from an exchange: its asker does not want that'])
  })

  it('keeps nothing of what it was just reading when its asker says no', async () => {
    let mayLearn = true
    const { jobs, clock, say } = aQueue({
      allows: () => mayLearn,
      observe: async (job, signal) => {
        mayLearn = false
        const observed = await learnsNothing(job, signal)
        return { ...observed, lesson: { ...observed.lesson, signals: [aSignal()] } }
      },
    })
    say('hello')
    await clock.advance(0)
    expect(jobs.lessons).toMatchObject([{ statements: [], signals: [] }])
    expect(jobs.states).toEqual(['done'])
  })

  it('puts back what is running when it is disposed of, and takes up what another process left taken', async () => {
    const jobs = new JobsInMemory()
    const first = aQueue({ jobs, observe: hangs })
    first.say('hello')
    await first.clock.advance(0)
    expect(jobs.states).toEqual(['taken'])
    await first.queue[Symbol.asyncDispose]()
    expect(jobs.states).toEqual(['waiting'])
    for (const row of jobs.rows) row.state = 'taken'
    const second = aQueue({ jobs })
    await second.queue.start()
    await second.clock.advance(0)
    expect(jobs.states).toEqual(['done'])
    expect(second.log.lines[0]).toMatchObject({ fields: { waiting: 1, released: 1 } })
  })

  it('goes on after its rows could not be read', async () => {
    const jobs = new JobsInMemory()
    const { nextJobAt } = jobs.port
    let isLocked = true
    const port = jobs.port as { nextJobAt: typeof nextJobAt }
    port.nextJobAt = () => {
      if (isLocked) throw new Error('locked')
      return nextJobAt()
    }
    const { clock, say, events } = aQueue({ jobs })
    say('hello')
    await clock.advance(0)
    isLocked = false
    await clock.advance(5_000)
    expect(jobs.states).toEqual(['done'])
    expect(events()[0]).toBe('the jobs of the observer could not be read or written down')
  })

  it('begins no more jobs than it may in a minute', async () => {
    // p-queue counts the machine's own time, which passes here as the test says.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const begun: number[] = []
    const { jobs, queue, clock } = aQueue({
      cadence: { perMinute: 600 },
      observe: async (job, signal) => {
        begun.push(Date.now())
        return await learnsNothing(job, signal)
      },
    })
    // Three jobs of three exchanges each.
    for (let i = 0; i < 9; i++) jobs.add(`${i}`, clock.now())
    await queue.start()
    while (begun.length < 3) {
      await clock.advance(1)
      await vi.advanceTimersByTimeAsync(1)
    }
    const [first = 0, second = 0, third = 0] = begun
    expect([second - first, third - second]).toEqual([100, 100])
    await queue[Symbol.asyncDispose]()
  })
})
