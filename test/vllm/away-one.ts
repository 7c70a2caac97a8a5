import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { aChatModel, hear } from './chat-client.ts'
import { chatServer, fail } from './chat-server.ts'

/** A server that failed three times in a row, and its client. */
export async function awayOne() {
  const server = await chatServer(fail)
  const clock = new ManualClock()
  const log = new KeptLog()
  const model = aChatModel(server.url, { clock, log, random: () => 0 })
  for (let n = 0; n < 3; n++) await hear(model)
  return {
    server,
    clock,
    log,
    model,
    async [Symbol.asyncDispose]() {
      await model[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}
