import { expect } from 'vitest'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aChatModel, aRequest, eventsOf } from './chat-client.ts'
import { delta, rawServer, role } from './raw-server.ts'

/** A server that begins to answer, and what the client heard of it first. */
export async function begun(clock = new ManualClock()) {
  const server = await rawServer(call => call.start().send(role, delta('Tea')))
  const model = aChatModel(server.url, { clock })
  const stop = new AbortController()
  const answer = eventsOf(model.stream(aRequest(), stop.signal))
  expect(await answer.next()).toMatchObject({ done: false, value: { type: 'text', text: 'Tea' } })
  const call = server.calls[0]
  if (!call) throw new Error('no call')
  const close = async () => {
    await model[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  }
  return { clock, call, stop, answer, [Symbol.asyncDispose]: close }
}
