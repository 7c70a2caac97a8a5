import { describe, expect, it } from 'vitest'
import type { ObserverJob } from '#src/core/observer-job.ts'
import type { Store } from '#src/core/store.ts'
import { aLesson, aStatement } from './a-lesson.ts'
import { type AskedSketch, anAsked, aReply, begun } from './an-asked.ts'
import { aPerson, channel } from './an-event.ts'
import type { StoreHome } from './store-home.ts'

const now = new Date(1_800_000_000_000)
const later = new Date(now.getTime() + 60_000)

export function jobsContract(createHome: () => StoreHome): void {
  describe('the work of the observer', () => {
    it('comes of closed turns that have words and are observed, and outlives a restart', async () => {
      await using home = createHome()
      {
        using store = await home.open()
        await closed(store, { text: 'call me Max' })
        await closed(store, { text: 'not observed' }, 'hi', false)
        await closed(store, { text: 'no answer' }, '')
      }
      using store = await home.open()
      const job = await store.learning.nextJob(now, 3)
      expect(job).toMatchObject({ person: aPerson('Mira').id, scope: 'dm', workspace: 'test:-', attempts: 0 })
      expect(texts(job)).toEqual(['call me Max → hi'])
      expect(await store.learning.nextJob(now, 3)).toBeUndefined()
    })

    it('is put together of exchanges of one person in one conversation', async () => {
      await using home = createHome()
      using store = await home.open()
      await closed(store, { text: 'one', at: 1 })
      await closed(store, { text: 'else', person: aPerson('Jonas'), at: 2 })
      await closed(store, { text: 'there', place: channel, at: 3 })
      for (const text of ['two', 'three', 'four']) await closed(store, { text, at: 4 })
      const jobs: (readonly string[])[] = []
      for (;;) {
        const job = await store.learning.nextJob(now, 3)
        if (job === undefined) break
        jobs.push(texts(job))
      }
      expect(jobs).toEqual([['one → hi', 'two → hi', 'three → hi'], ['else → hi'], ['there → hi'], ['four → hi']])
    })

    it('is put back, tried again by itself, and given up with a reason', async () => {
      await using home = createHome()
      using store = await home.open()
      for (const text of ['one', 'two']) await closed(store, { text })
      const both = await store.learning.nextJob(now, 3)
      await store.learning.park(both!.ids, now)
      const again = await store.learning.nextJob(now, 1)
      expect(again?.attempts).toBe(0)
      await store.learning.fail(again!.ids, 'no JSON', later)
      expect(texts(await store.learning.nextJob(now, 3))).toEqual(['two → hi'])
      expect(await store.learning.nextJobAt()).toEqual(later)
      const failed = await store.learning.nextJob(later, 3)
      expect([texts(failed), failed?.attempts]).toEqual([['one → hi'], 1])
      await store.learning.deadLetter(failed!.ids, 'no JSON')
      expect(await store.learning.releaseJobs()).toBe(1)
      expect(await store.learning.jobs()).toMatchObject({ waiting: 1, dead: 1 })
    })

    it('is done with what was learnt from it, or not at all', async () => {
      await using home = createHome()
      using store = await home.open()
      await closed(store, {})
      const job = await store.learning.nextJob(now, 3)
      const lesson = aLesson({ statements: [aStatement()] })
      expect(await store.learning.learn(lesson, job!.ids)).toMatchObject({ statements: 1 })
      expect(await store.learning.jobs()).toMatchObject({ waiting: 0, dead: 0 })
      // Once more, as after a crash of whoever was told: it is gone, so nothing is written.
      expect(await store.learning.learn(aLesson({ statements: [aStatement()] }), job!.ids)).toMatchObject({
        statements: 0,
        forgotten: 1,
      })
    })

    it('stays when there may be more to learn from it, and teaches nothing once it was forgotten', async () => {
      await using home = createHome()
      using store = await home.open()
      await closed(store, {})
      const job = await store.learning.nextJob(now, 3)
      const lesson = (value: string) => aLesson({ statements: [aStatement({ value })] })
      expect(await store.learning.learn(lesson('tea'), job!.ids, true)).toMatchObject({ statements: 1 })
      await store.learning.fail(job!.ids, 'too slow', now)
      const again = await store.learning.nextJob(now, 3)
      expect(again?.ids).toEqual(job?.ids)
      expect(await store.learning.learn(lesson('jazz'), again!.ids)).toMatchObject({ statements: 1 })
      expect(await store.learning.learn(lesson('bread'), again!.ids, true)).toMatchObject({ statements: 0 })
    })

    it('is given up of a turn whose place was opened or closed between its questions', async () => {
      await using home = createHome()
      using store = await home.open()
      const den = { ...channel, channel: 'den', audience: 'private' } as const
      const questions = [anAsked({ place: den }), anAsked({ at: 1, place: { ...den, audience: 'public' } })] as const
      const turn = await begun(store, ...questions)
      await store.turns.finish({ ...turn, place: questions[1].place }, aReply('hi'), now, true)
      expect(await store.learning.jobs()).toMatchObject({ waiting: 0, dead: 1 })
    })

    it('is bounded: the oldest is given up for the newest', async () => {
      await using home = createHome()
      using store = await home.open()
      for (const text of ['one', 'two', 'three']) await closed(store, { text })
      expect(await store.learning.dropJobs(2, 'too many')).toBe(1)
      expect(texts(await store.learning.nextJob(now, 3))).toEqual(['two → hi', 'three → hi'])
    })
  })
}

async function closed(store: Store, sketch: AskedSketch, reply = 'hi', isObserved = true): Promise<void> {
  const turn = await begun(store, anAsked(sketch))
  await store.turns.finish(turn, aReply(reply, { messages: [] }), now, isObserved)
}

function texts(job: ObserverJob | undefined): readonly string[] {
  return (job?.exchanges ?? []).map(({ said, reply }) => `${said.map(({ text }) => text).join(' + ')} → ${reply.text}`)
}
