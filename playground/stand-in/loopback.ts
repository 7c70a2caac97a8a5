import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens on this machine alone; port 0 takes a free one. Returns the origin. Rejects when the port is taken. */
export async function listenOnLoopback(server: Server, port: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, '127.0.0.1', resolve)
  await promise
  server.removeListener('error', reject)
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Ends all connections, and resolves once the last one is closed. */
export async function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  await promise
}
