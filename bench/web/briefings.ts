import { setTimeout as sleep } from 'node:timers/promises'
import { Timings } from '#bench/frame/timings.ts'
import { WebClient } from '#test/support/web-client.ts'

const briefings = 300
/** Only then there is something to tell. */
const learntWithinMs = 30_000

/** How long the briefing takes of somebody of whom something is known, on one connection, again and again. */
export async function briefingMs(url: string, signal: AbortSignal): Promise<Timings> {
  await using client = new WebClient(url)
  const id = await client.begin()
  await using stream = await client.chat(id, 'Please call me Mo, keep it short, and I work with TypeScript.')
  await stream.over
  const path = `/api/briefing?conversationId=${id}`
  const late = AbortSignal.any([signal, AbortSignal.timeout(learntWithinMs)])
  while (((await client.ask('GET', path)).json['lines'] as readonly unknown[]).length === 0) {
    await sleep(100, undefined, { signal: late })
  }
  const timings = new Timings()
  for (let asked = 0; asked < briefings; asked += 1) {
    await timings.measure(() => client.ask('GET', path))
    if (asked % 50 === 0) await sleep(1, undefined, { signal })
  }
  return timings
}
