import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** One request as it came in, and the bytes to answer it with. */
export class RawCall {
  readonly head: string
  readonly body: string
  readonly socket: Socket
  /** Resolves when the connection is gone. */
  readonly closed: Promise<void>

  constructor(head: string, body: string, socket: Socket) {
    this.head = head
    this.body = body
    this.socket = socket
    this.closed = new Promise(resolve => socket.once('close', () => resolve()))
  }

  get json(): Record<string, unknown> {
    return JSON.parse(this.body)
  }

  write(bytes: string | Uint8Array): this {
    this.socket.write(bytes)
    return this
  }

  /** The head of a streamed answer. */
  start(contentType = 'text/event-stream; charset=utf-8'): this {
    return this.write(`HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\ntransfer-encoding: chunked\r\n\r\n`)
  }

  chunk(text: string | Uint8Array): this {
    const bytes = Buffer.from(text)
    return this.write(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]))
  }

  /** Records of a stream, one packet for all of them. */
  send(...records: readonly (object | string)[]): this {
    return this.chunk(records.map(sse).join(''))
  }

  end(): this {
    return this.write('0\r\n\r\n')
  }

  /** A whole response at once. */
  reply(status: number, body: string, contentType = 'application/json'): this {
    const length = Buffer.byteLength(body)
    return this.write(
      `HTTP/1.1 ${status} X\r\ncontent-type: ${contentType}\r\ncontent-length: ${length}\r\n\r\n${body}`,
    )
  }
}

export type RawServer = AsyncDisposable &
  Readonly<{ url: string; calls: readonly RawCall[]; sockets: ReadonlySet<Socket>; readonly connections: number }>

/** A server for what no honest HTTP server does: it answers with the bytes that the test says. `n` counts from 0. */
export async function rawServer(answer: (call: RawCall, n: number) => unknown): Promise<RawServer> {
  const calls: RawCall[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer(socket => {
    sockets.add(socket)
    connections++
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    let input = ''
    socket.setEncoding('latin1')
    socket.on('data', bytes => {
      input += bytes
      for (let request = takeRequest(input); request; request = takeRequest(input)) {
        input = request.rest
        const call = new RawCall(request.head, Buffer.from(request.body, 'latin1').toString(), socket)
        calls.push(call)
        Promise.resolve(answer(call, calls.length - 1)).catch(error => socket.destroy(error))
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    sockets,
    get connections() {
      return connections
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export function sse(record: object | string): string {
  return `data: ${typeof record === 'string' ? record : JSON.stringify(record)}\n\n`
}

export function delta(content: string | null, more: object = {}): object {
  return { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content }, finish_reason: null, ...more }] }
}

export function finish(reason = 'stop', content = ''): object {
  return delta(content, { finish_reason: reason })
}

export const role = delta('', { delta: { role: 'assistant', content: '' } })
export const usage = { choices: [], usage: { prompt_tokens: 5, total_tokens: 8, completion_tokens: 3 } }
export const done = '[DONE]'

function takeRequest(input: string): Readonly<{ head: string; body: string; rest: string }> | undefined {
  const end = input.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const head = input.slice(0, end)
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
  const start = end + 4
  if (input.length < start + length) return undefined
  return { head, body: input.slice(start, start + length), rest: input.slice(start + length) }
}
