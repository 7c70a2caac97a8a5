import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Awaitable } from '#src/core/awaitable.ts'
import type { Clock } from '#src/core/clock.ts'
import type { InsideFeed } from './inside-feed.ts'

/** Something that is looked at again and again while somebody watches, and told when it has changed. */
export type Glance = Readonly<{ name: string; everyMs: number; look(): Awaitable<unknown> }>

export type InsideParts = Readonly<{ feed: InsideFeed; glances: readonly Glance[]; clock: Clock }>

const keepAliveMs = 15_000 // below the idle timeouts of browsers and proxies
/** Who reads more slowly than things happen is cut off at so many bytes: the process must not grow for a watcher's sake. */
const mostUnread = 8 * 1024 * 1024
const loopback = ['127.0.0.1', '[::1]', 'localhost']

/** Tells what happens inside as a stream of server-sent events, from now on, until the watcher leaves. */
export function tellInside({ feed, glances, clock }: InsideParts, request: IncomingMessage, response: ServerResponse) {
  if (!isOwn(request)) {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('It answers to its own address only.\n')
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(':\n\n')
  const send = (name: string, value: unknown) => {
    response.write(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`)
    if (response.writableLength > mostUnread) response.destroy()
  }
  const leaving = new AbortController()
  const watching = feed.watch(({ type, ...sighting }) => send(type, sighting))
  for (const glance of glances) void keepLooking(glance, send, clock, leaving.signal)
  const pulse = { name: 'pulse', everyMs: keepAliveMs, look: () => void response.write(':\n\n') }
  void keepLooking(pulse, () => {}, clock, leaving.signal)
  response.once('close', () => {
    watching[Symbol.dispose]()
    leaving.abort()
  })
}

async function keepLooking(
  { name, everyMs, look }: Glance,
  send: (name: string, value: unknown) => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let before: string | undefined
  while (!signal.aborted) {
    try {
      const seen = await look()
      const now = JSON.stringify(seen)
      if (now !== before && !signal.aborted) send(name, seen)
      before = now
    } catch {
      // What cannot be looked at now is looked at again.
    }
    await clock.sleep(everyMs, signal).catch(() => {})
  }
}

/** A web page may reach for a loopback port: by a name that was bound anew to 127.0.0.1, or across sites. */
function isOwn({ headers: { host = '', origin }, socket }: IncomingMessage): boolean {
  const own = loopback.map(name => `${name}:${socket.localPort}`)
  return own.includes(host) && (origin === undefined || own.some(one => origin === `http://${one}`))
}
