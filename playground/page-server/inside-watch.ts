import { setTimeout as sleep } from 'node:timers/promises'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import type { InsideView } from '#playground/page/inside-view.ts'
import type { Service } from '#playground/service.ts'
import { readInside } from './read-inside.ts'

const againAfterMs = 300

/** Looks inside the service from its start to its end, and again when it starts again. */
export function watchInside(service: Service, tell: (inside: InsideView) => void): Disposable {
  const leaving = new AbortController()
  let following = new AbortController()
  const stop = service.events.on(event => {
    if (event.type === 'lost' || !event.line.url?.endsWith('/inside')) return
    following.abort()
    following = new AbortController()
    void follow(event.line.url, tell, AbortSignal.any([leaving.signal, following.signal]))
  })
  return {
    [Symbol.dispose]() {
      stop()
      leaving.abort()
    },
  }
}

/** A connection that broke with its service is not tried for long: the next one tells its own address. */
async function follow(url: string, tell: (inside: InsideView) => void, signal: AbortSignal): Promise<void> {
  for (let tries = 0; tries < 3 && !signal.aborted; tries++) {
    try {
      const { body } = await fetch(url, { signal })
      if (body === null) return
      const events = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
      for await (const { event = '', data } of events) {
        const inside = readInside(event, data, Date.now())
        if (inside !== undefined) tell(inside)
      }
    } catch {
      // It is gone, or not yet there.
    }
    await sleep(againAfterMs, undefined, { signal }).catch(() => {})
  }
}
