import { buildConnector } from 'undici'
import type { Clock } from '#src/core/clock.ts'

/** A connector that gives up after exactly so many milliseconds, address look-up and TLS included. */
export function timedConnector(ms: number, clock: Clock): buildConnector.connector {
  // undici's own time-out comes up to half a second late: it only clears away what we no longer wait for.
  const connect = buildConnector({ timeout: ms, allowH2: false })
  return (options, done) => {
    let late = false
    const timer = clock.after(ms, () => {
      late = true
      done(new ConnectTimeout(`no connection within ${ms} ms`), null)
    })
    connect(options, (error, socket) => {
      timer[Symbol.dispose]()
      if (late) socket?.destroy()
      else if (error) done(error, null)
      else done(null, socket)
    })
  }
}

class ConnectTimeout extends Error {
  readonly code = 'ETIMEDOUT'
}
