import { Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { Clock } from '#src/core/clock.ts'

/** A connector that gives up after exactly so many milliseconds, address look-up and TLS included. */
export function timedConnector(ms: number, clock: Clock): buildConnector.connector {
  // undici's own time-out is half a second coarse: it stands behind ours, and is never the first to tell.
  const connect = buildConnector({ timeout: ms + backstopMs, allowH2: false })
  return (options, done) => {
    let [late, isOver] = [false, false]
    const giveUp = () => {
      if (isOver) return
      late = true
      if (socket instanceof Socket) socket.destroy()
      done(new ConnectTimeout(`no connection within ${ms} ms`), null)
    }
    // After a machine stood still timers are called first: a connection that stands since then is told in the same turn of the loop.
    const timer = clock.after(ms, () => setImmediate(giveUp))
    // undici returns what it connects, and declares no type for that.
    const socket: unknown = connect(options, (error, socket) => {
      timer[Symbol.dispose]()
      isOver = true
      if (late) socket?.destroy()
      else if (error) done(error, null)
      else done(null, socket)
    })
  }
}

/** Our own clock may stand still for a while; undici’s goes on. */
const backstopMs = 5_000

class ConnectTimeout extends Error {
  readonly code = 'ETIMEDOUT'
}
