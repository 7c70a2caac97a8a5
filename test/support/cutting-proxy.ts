import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

export type CuttingProxy = AsyncDisposable & Readonly<{ url: string; cuts(): number }>

/** A line to a server on loopback that breaks each connection off after so many bytes, at random, in either direction. */
export async function cuttingProxy(to: string, bytes: () => number): Promise<CuttingProxy> {
  const { hostname, port } = new URL(to)
  const sockets = new Set<Socket>()
  let cuts = 0
  const server = createServer(near => {
    const far = connect(Number(port), hostname)
    let left = bytes()
    const cut = () => {
      if (left < 0) return
      left = -1
      cuts += 1
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.setNoDelay(true)
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        into.destroy()
      })
      from.on('data', data => {
        if (left < 0) return
        const passed = data.subarray(0, left)
        left -= passed.length
        into.write(passed)
        // What was passed on has left before the line breaks.
        if (passed.length < data.length || left === 0) setImmediate(cut)
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: () => cuts,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
