import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '#bench/history/random.ts'
import { PacketReading } from '#src/vllm/packet-reading.ts'

describe('PacketReading', () => {
  let server: Server
  let asked: Promise<Socket>

  beforeAll(async () => {
    server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => void server.close())

  async function open() {
    asked = once(server, 'connection').then(([socket]) => (socket as Socket).setNoDelay(true))
    const reading = new PacketReading()
    const { port } = server.address() as AddressInfo
    const socket = connect({ port, host: '127.0.0.1', onread: reading.onread })
    await once(socket, 'connect')
    reading.begin(socket)
    return { socket, far: await asked }
  }

  it('gives a packet to whoever reads it when it is told', async () => {
    const { socket, far } = await open()
    const told = new Promise<string>(resolve =>
      socket.on('readable', () => {
        const packet = socket.read()
        if (packet) resolve(`${packet} then ${socket.read()}`)
      }),
    )
    far.write('one')
    expect(await told).toBe('one then null')
    far.destroy()
  })

  it('keeps what its reader leaves, and what is put back, in its order up to the end', async () => {
    const random = createRandom(5)
    const { socket, far } = await open()
    const parts: string[] = []
    let isAgain = false
    const read = () => {
      // A reader that pauses comes back of itself.
      if (random() < 0.3) return void setImmediate(read)
      for (let packet = socket.read(); packet !== null; packet = socket.read()) {
        isAgain = !isAgain && random() < 0.3
        const cut = isAgain ? Math.floor(random() * packet.length) : packet.length
        parts.push(packet.subarray(0, cut).toString())
        if (cut < packet.length) socket.unshift(packet.subarray(cut))
      }
    }
    socket.on('readable', read)
    const ended = once(socket, 'end')
    let sent = ''
    for (let count = 0; count < 500; count += 1) {
      const packet = `${count} `.repeat(1 + Math.floor(random() * 40))
      sent += packet
      far.write(packet)
      if (random() < 0.5) await new Promise(resolve => setImmediate(resolve))
    }
    far.end()
    await ended
    expect(parts.join('')).toBe(sent)
  })

  it('reads for whoever listens for data as well', async () => {
    const { socket, far } = await open()
    far.end('all of it')
    expect(String(await socket.toArray())).toBe('all of it')
  })
})
