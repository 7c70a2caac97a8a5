import { setTimeout as sleep } from 'node:timers/promises'
import { Timings } from '#bench/frame/timings.ts'
import { createVllmServer, type VllmServer } from '#playground/vllm-server/vllm-server.ts'
import { WebClient, type WebStream } from '#test/support/web-client.ts'

export const model = () => createVllmServer({ maxNumSeqs: 2_000 })

export type Talk = Readonly<{ client: WebClient; id: string; question: string; said: string }>

/** So many people before one door, each with a conversation and an answer of their own to come. */
export async function talkers(url: string, vllm: VllmServer, count: number, tokens: number, itlMs: number) {
  const talks: Talk[] = []
  for (let at = 0; at < count; at += 1) {
    const client = new WebClient(url)
    const question = `question ${at} of ${count}.`
    const words = Array.from({ length: tokens }, (_, word) => `w${at}-${word} `)
    vllm.script({ tokens: words, itlMs, ttftMs: 50, match: { question } })
    talks.push({ client, id: await client.begin(), question, said: words.join('') })
  }
  return talks
}

/** Each asks so long after the one before; resolves with all streams as soon as all have words. */
export async function askAll(
  talks: readonly Talk[],
  apartMs: number,
  signal: AbortSignal,
): Promise<readonly WebStream[]> {
  const streams: Promise<WebStream>[] = []
  for (const { client, id, question } of talks) {
    streams.push(client.chat(id, question).then(stream => stream.until(({ events }) => events.length > 0)))
    await sleep(apartMs, undefined, { signal })
  }
  return await Promise.all(streams)
}

/** From the model's first token to its event in the client's hands. */
export function firstTokenMs(vllm: VllmServer, talks: readonly Talk[], streams: readonly WebStream[]): Timings {
  const timings = new Timings()
  for (const [at, { question }] of talks.entries()) {
    const call = vllm.calls.find(({ body }) => JSON.stringify(body).includes(question))
    const event = streams[at]?.events.find(({ token }) => token !== undefined)
    if (call?.firstTokenAt === undefined || event === undefined) continue
    timings.add(performance.timeOrigin + event.at - call.firstTokenAt)
  }
  return timings
}
