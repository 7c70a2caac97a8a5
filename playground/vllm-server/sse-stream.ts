import type { Exchange } from './exchange.ts'
import type { Script } from './script.ts'
import type { Ticker } from './ticker.ts'

type Options = Readonly<Pick<Script, 'framing' | 'comments' | 'bom' | 'splitBytes' | 'coalesce'>>

const resetGraceMs = 25 // a reset throws away what the client has not read yet

/**
 * Writes records as server-sent events. Records of one moment go out in one write, as the real server merges what is
 * ready; a script may spoil framing and packets.
 */
export class SseStream {
  readonly #exchange: Exchange
  readonly #options: Options
  readonly #ticker: Ticker
  #pending: string
  /** Bytes that still wait for a packet of their own. */
  #writing: Promise<void> = Promise.resolve()
  #isOver = false
  /** Every record twice, as after a proxy's retry. */
  doubles = false

  constructor(exchange: Exchange, options: Options, ticker: Ticker) {
    this.#exchange = exchange
    this.#options = options
    this.#ticker = ticker
    this.#pending = options.bom ? '\uFEFF' : ''
    if (options.comments !== undefined) this.#comment(options.comments, 1)
  }

  record(json: string): void {
    const text = framed(json, this.#options.framing)
    this.#pending += this.doubles ? text + text : text
  }

  /** Text as it is, which need not be a record. */
  raw(text: string): void {
    this.#pending += text
  }

  done(): void {
    this.#pending += framed('[DONE]', this.#options.framing)
  }

  /** Lets out what waits, unless everything is held back to the end. */
  flush(): void {
    if (this.#options.coalesce !== 'all') this.#send()
  }

  async end(): Promise<void> {
    this.#isOver = true
    const { res } = this.#exchange
    if (this.#options.splitBytes === undefined) {
      res.end(this.#pending)
      return
    }
    this.#send()
    await this.#writing
    res.end()
  }

  /** FIN in the middle of a record, after what was sent so far. */
  async cutFin(): Promise<void> {
    await this.#letOut()
    const { socket, chunkedEncoding } = this.#exchange.res
    // Half a record, in a chunk that says it is longer: the reader sees that something is missing. Without chunks it
    // cannot see that, which is the trap of such bodies.
    socket?.end(`${chunkedEncoding ? '4000\r\n' : ''}data: {"id":"chatcmpl-`)
  }

  async cutRst(): Promise<void> {
    await this.#letOut()
    await this.#exchange.sleepUntil(performance.now() + resetGraceMs)
    this.#exchange.res.socket?.resetAndDestroy()
  }

  async #letOut(): Promise<void> {
    this.#isOver = true
    this.#send()
    await this.#writing
    // The bytes are corked until the next turn of the loop.
    await new Promise(resolve => setImmediate(resolve))
  }

  #send(): void {
    const text = this.#pending
    this.#pending = ''
    if (text === '' || this.#exchange.isClosed) return
    const { splitBytes } = this.#options
    if (splitBytes === undefined) this.#exchange.res.write(text)
    else this.#writing = this.#writing.then(() => this.#sendPieces(cut(Buffer.from(text), splitBytes)))
  }

  async #sendPieces(pieces: readonly Buffer[]): Promise<void> {
    for (const piece of pieces) {
      if (this.#exchange.isClosed) return
      this.#exchange.res.write(piece)
      // Another turn of the loop is another packet: the socket has no delay switched on.
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  #comment(everyMs: number, count: number): void {
    const tick = this.#ticker.at(performance.now() + everyMs, () => {
      if (this.#isOver || this.#exchange.isClosed) return
      this.#pending += count % 2 === 1 ? ': keep-alive\n\n' : 'event: ping\ndata:\n\n'
      this.flush()
      this.#comment(everyMs, count + 1)
    })
    this.#exchange.onClose(() => {
      tick.cancelled = true
    })
  }
}

function framed(json: string, framing: Options['framing']): string {
  switch (framing) {
    case undefined:
    case 'lf':
      return `data: ${json}\n\n`
    case 'crlf':
      return `data: ${json}\r\n\r\n`
    case 'cr':
      return `data: ${json}\r\r`
    case 'nospace':
      return `data:${json}\n\n`
    case 'multiline':
      return `${spread(json)
        .split('\n')
        .map(line => `data: ${line}`)
        .join('\n')}\n\n`
    default:
      return framing satisfies never
  }
}

// One JSON value over several data lines: the reader joins them with newlines, which JSON takes as white space.
function spread(json: string): string {
  return json === '[DONE]' ? json : JSON.stringify(JSON.parse(json), null, 1)
}

function cut(bytes: Buffer, how: NonNullable<Options['splitBytes']>): readonly Buffer[] {
  const size = how === 'perByte' ? 1 : how
  const pieces: Buffer[] = []
  let from = 0
  for (let at = 1; at < bytes.length; at += 1) {
    // A continuation byte, 10xxxxxx: whatever ends before it ends inside a character.
    const isHere = size === 'midUtf8' ? ((bytes[at] ?? 0) & 0xc0) === 0x80 : at - from >= size
    if (!isHere) continue
    pieces.push(bytes.subarray(from, at))
    from = at
  }
  return [...pieces, bytes.subarray(from)]
}
