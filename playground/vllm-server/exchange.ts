import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiError } from './api-error.ts'
import { errorBody } from './api-error.ts'
import type { Ticker } from './ticker.ts'
import type { WireProfile } from './wire-profile.ts'

/** One request and its answer, with waits that end early when the client leaves or the engine changes. */
export class Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly requestId: string
  readonly #ticker: Ticker
  readonly #onClose: (() => void)[] = []
  #wake: (() => void) | undefined
  #isClosed = false

  constructor(req: IncomingMessage, res: ServerResponse, requestId: string, ticker: Ticker) {
    this.req = req
    this.res = res
    this.requestId = requestId
    this.#ticker = ticker
    res.once('close', () => this.#close())
  }

  /** Whether nobody listens any more, or everything was said. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  onClose(run: () => void): void {
    if (this.#isClosed) run()
    else this.#onClose.push(run)
  }

  json(status: number, body: string, contentType = 'application/json'): void {
    this.res.statusCode = status
    if (contentType !== '') this.res.setHeader('content-type', contentType)
    this.res.setHeader('content-length', Buffer.byteLength(body))
    this.res.end(body)
  }

  refuse(error: ApiError, profile: WireProfile): void {
    this.json(error.status, errorBody(error, profile))
  }

  /** Until `due`, a time of `performance.now()`; earlier when woken. */
  sleepUntil(due: number): Promise<void> {
    return this.pause(done => {
      const tick = this.#ticker.at(due, done)
      return () => {
        tick.cancelled = true
      }
    })
  }

  /** Until `arrange`'s callback is called; earlier when woken. What it returns tidies up after an early end. */
  pause(arrange: (done: () => void) => (() => void) | undefined): Promise<void> {
    if (this.#isClosed) return Promise.resolve()
    return new Promise(resolve => {
      let isDone = false
      const done = () => {
        isDone = true
        this.#wake = undefined
        resolve()
      }
      const tidy = arrange(done)
      if (isDone) return
      this.#wake = () => {
        tidy?.()
        done()
      }
    })
  }

  /** Ends the wait that is going on, so that whoever waits looks at the world again. */
  wake(): void {
    this.#wake?.()
  }

  #close(): void {
    this.#isClosed = true
    this.wake()
    for (const run of this.#onClose.splice(0)) run()
  }
}
