import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { systemClock } from '#src/system-clock.ts'
import { timedConnector } from '#src/vllm/timed-connector.ts'

it('takes a connection that stands, although this process stood still for longer than it may take', async () => {
  await using server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const connect = timedConnector(20, systemClock)
  const connected = new Promise<string>(resolve => {
    const where = { hostname: '127.0.0.1', host: '127.0.0.1', protocol: 'http:', port: `${port}` }
    connect(where, (error, socket) => {
      socket?.destroy()
      resolve(error?.message ?? 'connected')
    })
  })
  for (const until = performance.now() + 60; performance.now() < until; );
  expect(await connected).toBe('connected')
})
