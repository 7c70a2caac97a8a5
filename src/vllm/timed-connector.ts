import { buildConnector } from 'undici'
import type { Clock } from '#src/core/clock.ts'
import { PacketReading } from './packet-reading.ts'

/** A connector that gives up after exactly so many milliseconds, address look-up and TLS included. */
export function timedConnector(ms: number, clock: Clock): buildConnector.connector {
  // undici's own time-out comes up to half a second late: it only clears away what we no longer wait for.
  const limits = { timeout: ms, allowH2: false }
  const encrypted = buildConnector(limits)
  return (options, done) => {
    let late = false
    const timer = clock.after(ms, () => {
      late = true
      done(new ConnectTimeout(`no connection within ${ms} ms`), null)
    })
    // What is decrypted comes by another way.
    const reading = options.protocol === 'https:' ? undefined : new PacketReading()
    const connect = reading ? buildConnector({ ...limits, onread: reading.onread }) : encrypted
    connect(options, (error, socket) => {
      timer[Symbol.dispose]()
      if (late) socket?.destroy()
      else if (error) done(error, null)
      else {
        reading?.begin(socket)
        done(null, socket)
      }
    })
  }
}

class ConnectTimeout extends Error {
  readonly code = 'ETIMEDOUT'
}
