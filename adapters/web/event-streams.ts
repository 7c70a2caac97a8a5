import type { ServerResponse } from 'node:http'
import type { Clock } from '#src/core/clock.ts'

/** Proxies close what is silent for longer; a comment keeps it open. */
const commentEveryMs = 15_000

const head = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
} as const

const here = ': here\n\n'

/** Tells what is new since it was last asked, as framed events, and whether that was the end. */
export type Source = () => Readonly<{ frames: string; isEnd: boolean }>

/** The event streams that are open. Nothing is buffered: of a reader who is slow the source is not asked before they took the last. */
export class EventStreams implements Disposable {
  readonly #clock: Clock
  readonly #open = new Map<ServerResponse, () => void>()
  #timer: Disposable | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get count(): number {
    return this.#open.size
  }

  /** Begins one; to be poked when the source may have something. `onClose`: the reader is gone, or has read all. */
  begin(
    res: ServerResponse,
    headers: Readonly<Record<string, string>>,
    source: Source,
    onClose: () => void,
  ): () => void {
    let isBlocked = false
    const poke = () => {
      if (isBlocked || res.writableEnded || res.destroyed) return
      const { frames, isEnd } = source()
      if (isEnd) res.end(frames)
      else if (frames !== '') isBlocked = !res.write(frames)
    }
    res.on('drain', () => {
      isBlocked = false
      poke()
    })
    res.on('close', () => {
      this.#open.delete(res)
      onClose()
    })
    // A reader who is gone is told of by `close`.
    res.on('error', () => {})
    res.writeHead(200, { ...head, ...headers })
    res.flushHeaders()
    this.#open.set(res, poke)
    this.#timer ??= this.#clock.after(commentEveryMs, () => this.#comment())
    poke()
    // Whoever reads knows now that it is all there is, and a proxy has something to pass on.
    if (!res.writableEnded) res.write(here)
    return poke
  }

  /** Ends all, as a proxy would: whoever reads comes back for the rest. */
  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    for (const res of this.#open.keys()) res.end()
  }

  #comment(): void {
    this.#timer = undefined
    for (const res of this.#open.keys()) if (!res.writableNeedDrain) res.write(here)
    if (this.#open.size > 0) this.#timer = this.#clock.after(commentEveryMs, () => this.#comment())
  }
}
