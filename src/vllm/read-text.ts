import type { Clock } from '#src/core/clock.ts'
import type { Exchange } from './exchange.ts'

/**
 * A small body as text: at most so many bytes of it, and what came within a second. One that breaks is cut short, too: its
 * status says enough. A cut body takes its connection along.
 */
export async function readText(body: Exchange, maxBytes: number, clock: Clock): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const parts: Buffer[] = []
  let length = 0
  body.take({
    bytes(bytes) {
      parts.push(bytes)
      length += bytes.length
      if (length >= maxBytes) resolve()
    },
    end: () => resolve(),
  })
  using _ = clock.after(smallBodyMs, resolve)
  await promise
  body.abandon(new Error('enough of the body'))
  return Buffer.concat(parts).toString('utf8', 0, maxBytes)
}

/** The body of an error or a list comes with its head. */
const smallBodyMs = 1_000
