import type { Dispatcher } from 'undici'

export type Head = Readonly<{ status: number; contentType: string; retryAfter: string | undefined }>

/** Takes in a body. After `end` nothing more comes. */
export interface BodySink {
  bytes(bytes: Buffer): void
  /** Without an error the body ended cleanly, which says nothing about its being whole. */
  end(error?: Error): void
}

/**
 * One request and its response, as undici hands it over: the head by a promise, the body pushed packet by packet. That is
 * a third cheaper for each token than a stream, and an answer is short enough to need no backpressure.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #head = Promise.withResolvers<Head>()
  #controller: Dispatcher.DispatchController | undefined
  #abandoned: Error | undefined
  #ended: Readonly<{ error: Error | undefined }> | undefined
  #sink: BodySink | undefined
  /** What came before somebody took it. */
  #early: Buffer[] = []

  /** Rejects if the connection breaks, or the request is abandoned, before the head came. */
  get head(): Promise<Head> {
    return this.#head.promise
  }

  /** Hands the body over, from its begin. */
  take(sink: BodySink): void {
    this.#sink = sink
    for (const bytes of this.#early) sink.bytes(bytes)
    this.#early = []
    if (this.#ended) sink.end(this.#ended.error)
  }

  /** Closes the connection if the response is not over yet. */
  abandon(reason: Error): void {
    if (this.#ended || this.#abandoned) return
    this.#abandoned = reason
    this.#head.reject(reason)
    // Without a controller it is not connected yet: undici hears of it once it is.
    this.#controller?.abort(reason)
    this.#end(reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#abandoned) controller.abort(this.#abandoned)
  }

  onResponseStart(_: unknown, status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void {
    // 1xx announces a response and is none.
    if (status < 200) return
    const contentType = String(headers['content-type'] ?? '').toLowerCase()
    this.#head.resolve({ status, contentType, retryAfter: headers['retry-after']?.toString() })
  }

  onResponseData(_: unknown, bytes: Buffer): void {
    if (this.#ended) return
    if (this.#sink) this.#sink.bytes(bytes)
    else this.#early.push(bytes)
  }

  onResponseEnd(): void {
    this.#end(undefined)
  }

  onResponseError(_: unknown, error: Error): void {
    this.#head.reject(error)
    this.#end(error)
  }

  #end(error: Error | undefined): void {
    if (this.#ended) return
    this.#ended = { error }
    this.#sink?.end(error)
  }
}
