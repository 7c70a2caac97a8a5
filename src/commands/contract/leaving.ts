import { setTimeout as sleep } from 'node:timers/promises'
import { type Check, fault, ok, skipped, warning } from './check.ts'
import type { Target } from './target.ts'

const running = 'vllm:num_requests_running'
const waiting = 'vllm:num_requests_waiting'

export const leaving: Check = {
  number: 10,
  name: 'an answer that nobody wants frees its slot',
  async run(target) {
    const before = await target.metric(running)
    if (before === undefined) return skipped('the server tells not how many answers run')
    // Where there are few slots, some of these wait when they are left.
    const streams = await Promise.all([1, 2, 3].map(() => target.stream(story(target))))
    await streams[0]?.read(3)
    for (const stream of streams) stream.leave()
    const began = performance.now()
    for (;;) {
      const [now = 0, queued = 0] = await Promise.all([target.metric(running), target.metric(waiting)])
      const ms = Math.round(performance.now() - began)
      if (now <= before && queued === 0) return ok(`after ${ms} ms`)
      const cure = 'Something between keeps the connection open: what people stop goes on at the server.'
      if (ms > withinMs) return fault(`${now} still run and ${queued} wait ${ms} ms after the client left`, cure)
      await sleep(pollMs, undefined, { signal: target.signal })
    }
  },
}

function story(target: Target) {
  return target.chat('Tell me a long story.', { max_tokens: 1_000, ignore_eos: true })
}

const withinMs = 2_000
const pollMs = 25

export const priority: Check = {
  number: 16,
  name: 'what people wait for goes first',
  async run(target) {
    const accepted = await target.post('/v1/chat/completions', target.chat('Hello', { max_tokens: 1, priority: 10 }))
    if (accepted.status !== 200)
      return fault(
        `priority is refused with ${accepted.status}`,
        'Update the server, or start it with --scheduling-policy priority.',
      )
    const long = await target.stream(story(target))
    await long.read(1)
    const [learning, chat] = [await waitingOne(target, 10), await waitingOne(target, 0)]
    await sleep(pollMs, undefined, { signal: target.signal })
    const isFull = ((await target.metric(waiting)) ?? 0) >= 2
    long.leave()
    const first = await Promise.race([learning.ended.then(() => 'learning'), chat.ended.then(() => 'chat')])
    await Promise.all([learning.ended, chat.ended])
    if (!isFull) return ok('accepted; there are free slots, so nobody overtook anybody')
    if (first === 'chat') return ok('a chat overtook learning that waited')
    return warning('accepted and ignored: who comes first goes first', 'Start it with --scheduling-policy priority.')
  },
}

/** A short request, once the server has taken it. */
async function waitingOne(target: Target, priority: number) {
  const stream = await target.stream(target.chat('Hello', { max_tokens: 1, priority }))
  return { ended: stream.read() }
}
