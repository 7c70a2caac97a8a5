import type { ServerResponse } from 'node:http'
import type { Awaitable } from '#src/core/awaitable.ts'
import type { Clock } from '#src/core/clock.ts'

/** Proxies close what is silent for longer; a comment keeps it open. */
const commentEveryMs = 15_000

export const streamHead = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
} as const

const here = ': here\n\n'

type How = Readonly<{ headers: Readonly<Record<string, string>>; session: string | undefined }>

/** Tells what is new since it was last asked, as framed events, and whether that was the end. */
export type Source = () => Readonly<{ frames: string; isEnd: boolean }>

/** The event streams that are open. Nothing is buffered: of a reader who is slow the source is not asked before they took the last. */
export class EventStreams implements Disposable {
  readonly #clock: Clock
  readonly #isSession: (session: string) => Awaitable<boolean>
  /** With the session that each is of, where people sign in. */
  readonly #open = new Map<ServerResponse, string | undefined>()
  #timer: Disposable | undefined

  /** `isSession`: whether one still lasts. */
  constructor(clock: Clock, isSession: (session: string) => Awaitable<boolean>) {
    this.#clock = clock
    this.#isSession = isSession
  }

  get count(): number {
    return this.#open.size
  }

  /** Begins one; to be poked when the source may have something. `onClose`: the reader is gone, or has read all. */
  begin(res: ServerResponse, { headers, session }: How, source: Source, onClose: () => void): () => void {
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
    res.writeHead(200, { ...streamHead, ...headers })
    res.flushHeaders()
    this.#open.set(res, session)
    this.#timer ??= this.#clock.after(commentEveryMs, () => this.#comment())
    poke()
    // Whoever reads knows now that it is all there is, and a proxy has something to pass on.
    if (!res.writableEnded) res.write(here)
    return poke
  }

  /** Who signed out reads no more, in whatever window: to go on they have to show who they are. */
  endOf(session: string): void {
    for (const [res, of] of this.#open) if (of === session) res.end()
  }

  /** Ends all, as a proxy would: whoever reads comes back for the rest. */
  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    for (const res of this.#open.keys()) res.end()
  }

  #comment(): void {
    this.#timer = undefined
    for (const res of this.#open.keys()) if (!res.writableNeedDrain) res.write(here)
    for (const session of new Set(this.#open.values())) if (session !== undefined) void this.#look(session)
    if (this.#open.size > 0) this.#timer = this.#clock.after(commentEveryMs, () => this.#comment())
  }

  /** A session may run out, or be taken away elsewhere, while it reads. Whether it has is asked again if the store does not say it now. */
  async #look(session: string): Promise<void> {
    try {
      if (!(await this.#isSession(session))) this.endOf(session)
    } catch {}
  }
}
