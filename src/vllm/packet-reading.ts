import type { OnReadOpts, Socket } from 'node:net'

/** All sockets read into it: what came is copied before the next one reads. As much as Node reads at once. */
const shared = Buffer.allocUnsafeSlow(64 * 1_024)

/**
 * Hands each packet of a socket to its reader in the moment when it comes. By itself a socket gives each packet 64 KB of new
 * memory, keeps it in a queue and tells of it a turn later, which takes as long as all that an answer's client does with it.
 * To its reader it is the same socket: `readable` is told, and `read` gives what there is.
 */
export class PacketReading {
  /** For the socket that is to be read so. */
  readonly onread: OnReadOpts
  #socket: Socket | undefined
  /** Being told of now, and not read yet. */
  #packet: Buffer | undefined
  #isTelling = false

  constructor() {
    this.onread = { buffer: shared, callback: (length, bytes) => this.#came(length, bytes) }
  }

  /** Before anything came: a server speaks when it is asked. */
  begin(socket: Socket): void {
    this.#socket = socket
    const read = socket.read.bind(socket)
    socket.read = size => (this.#isTelling && size !== 0 && socket.readableLength === 0 ? this.#take() : read(size))
  }

  /** False: nothing more is to be read for now. */
  #came(length: number, bytes: Uint8Array): boolean {
    const socket = this.#socket
    if (socket === undefined) return true
    const packet = Buffer.from(bytes.subarray(0, length))
    // What waits to be read, or is put back, comes first.
    if (socket.readableLength > 0) return socket.push(packet)
    this.#packet = packet
    this.#isTelling = true
    try {
      socket.emit('readable')
    } finally {
      this.#isTelling = false
    }
    // Its reader has to pause.
    const left = this.#take()
    return left === null || socket.push(left)
  }

  #take(): Buffer | null {
    const packet = this.#packet ?? null
    this.#packet = undefined
    return packet
  }
}
